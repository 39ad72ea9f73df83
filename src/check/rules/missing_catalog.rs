//! `missing-catalog`: prose that names a catalog which is not there.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule, date};
use crate::parse::ThreadFile;
use crate::text::Span;

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let body = file.parts.body;
    let text = &file.document.text[body.range()];
    for (at, ending) in text.match_indices("-backlog.md") {
        let end = at + ending.len();
        let start = text[..at]
            .rfind(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let name = &text[start..end];
        let dated = name.get(..10).is_some_and(|date| date::parse(date).is_ok());
        if dated && !scene.file_names.contains(name) {
            let message = format!("there is no catalog `{name}`");
            found.push(
                Diagnostic::new(
                    Rule::MissingCatalog,
                    &file.document.path,
                    Span::new(start, end).shifted(body.start),
                    message,
                )
                .help(format!(
                    "restore it in `{}/`, or correct the name",
                    scene.workspace.configuration.backlogs
                )),
            );
        }
    }
}
