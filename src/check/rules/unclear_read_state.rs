//! `unclear-read-state`: phrases that mean "not read" but are not recognized.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Fix, Reading, Rule};
use crate::parse::ThreadFile;
use crate::text::{Edit, Span};

/// Common phrases; only "body not yet read" is recognized.
const PHRASES: [&str; 7] = [
    "not read yet",
    "not yet read",
    "not been read",
    "haven't read",
    "still unread",
    "body unread",
    "yet to be read",
];

/// A longer clause has another meaning.
const MOST_WORDS: usize = 4;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for line in &file.thread.evidence {
        if line.item.reading != Reading::Unknown {
            continue;
        }
        // Only ASCII letters change, so that offsets stay the same.
        let text = file.document.slice(line.item.span).to_ascii_lowercase();
        let Some((at, phrase)) = phrase(&text) else {
            continue;
        };
        let span = Span::new(at, at + phrase.len()).shifted(line.item.span.start);
        let message = "these words do not mark the item as unread";
        let finding = Diagnostic::new(Rule::UnclearReadState, &file.document.path, span, message);
        let help = "write `Body not yet read.`, or begin the bullet with `[ ]`; until then, it is unknown \
                    whether the item was read";
        found.push(finding.fix(reworded(&text[..at], phrase, span)).help(help));
    }
}

/// Returns the first clause after the head of a bullet and its offset, if it is such a phrase.
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

/// Returns the fix that replaces the phrase: `Body not read yet` becomes `Body not yet read`.
fn reworded(before: &str, phrase: &str, span: Span) -> Option<Fix> {
    let speaks_of_body = ["body ", "bodies "].iter().any(|noun| before.ends_with(noun));
    (speaks_of_body && phrase == "not read yet").then(|| {
        let edit = Edit::Value { span, text: "not yet read".into() };
        Fix::safe("write `not yet read`", vec![edit])
    })
}
