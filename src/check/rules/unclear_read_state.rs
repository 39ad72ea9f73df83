//! `unclear-read-state`: words that mean "not read" and are not the ones that count.

use crate::check::rules::Scene;
use crate::model::{Diagnostic, Fix, Reading, Rule};
use crate::parse::ThreadFile;
use crate::text::{Edit, Span};

/// What people write for it; "body not yet read" is what is read.
const PHRASES: [&str; 7] = [
    "not read yet",
    "not yet read",
    "not been read",
    "haven't read",
    "still unread",
    "body unread",
    "yet to be read",
];

/// A clause of more words says something else, too.
const MOST_WORDS: usize = 4;

pub(crate) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for line in &file.thread.evidence {
        if line.item.reading != Reading::Unknown {
            continue;
        }
        // ASCII letters only: every other byte stays in its place.
        let text = file.document.slice(line.item.span).to_ascii_lowercase();
        let Some((at, phrase)) = phrase(&text) else {
            continue;
        };
        let span = Span::new(at, at + phrase.len()).shifted(line.item.span.start);
        let message = "these words do not mark the item as unread";
        let finding = Diagnostic::new(Rule::UnclearReadState, &file.document.path, span, message);
        let help = "write `Body not yet read.`, or begin the bullet with `[ ]`; until then nobody \
                    knows whether it was read";
        found.push(finding.fix(reworded(&text[..at], phrase, span)).help(help));
    }
}

/// The first clause behind the head of a bullet that is no more than such a phrase, and its place.
fn phrase(text: &str) -> Option<(usize, &'static str)> {
    let mut start = 0;
    for (nth, clause) in text.split_inclusive(['.', ';', ',', '—', '–']).enumerate() {
        let is_short = clause.split_whitespace().count() <= MOST_WORDS;
        let known = PHRASES.into_iter().find_map(|phrase| Some((clause.find(phrase)?, phrase)));
        if let Some((at, phrase)) = known.filter(|_| nth > 0 && is_short) {
            return Some((start + at, phrase));
        }
        start += clause.len();
    }
    None
}

/// `Body not read yet` in the words that count.
fn reworded(before: &str, phrase: &str, span: Span) -> Option<Fix> {
    let speaks_of_body = ["body ", "bodies "].iter().any(|noun| before.ends_with(noun));
    (speaks_of_body && phrase == "not read yet").then(|| {
        let edit = Edit::Value { span, text: "not yet read".into() };
        Fix::safe("write `not yet read`", vec![edit])
    })
}
