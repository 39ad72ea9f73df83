//! `mixed-line-endings`: two editors that do not agree.

use memchr::memchr_iter;

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span};

pub(crate) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    let text = document.text.as_bytes();
    let endings: Vec<(usize, bool)> =
        memchr_iter(b'\n', text).map(|at| (at, text[..at].ends_with(b"\r"))).collect();
    let crlf = endings.iter().filter(|(_, crlf)| *crlf).count();
    let lf = endings.len() - crlf;
    let rare = crlf <= lf;
    let Some((at, _)) = endings.iter().find(|(_, crlf)| *crlf == rare) else {
        return;
    };
    if crlf == 0 || lf == 0 {
        return;
    }
    let (here, there, others) = if rare { ("CRLF", "LF", lf) } else { ("LF", "CRLF", crlf) };
    let line = Span::new(document.line_start(*at), *at);
    let message = format!("this line ends with {here}, {others} others with {there}");
    found.push(
        Diagnostic::new(Rule::MixedLineEndings, &document.path, line, message).help(
            "save the file with one kind of line ending; new lines get the line ending of the line before",
        ),
    );
}
