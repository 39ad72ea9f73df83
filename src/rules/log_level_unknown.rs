//! `log-level-unknown`: a log entry that moves the thread to a word which is no level.

use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::parse::fields::unknown_word_help;
use crate::text::Span;

use super::Scene;

pub(super) fn check(file: &ThreadFile, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let ladder = &scene.workspace.configuration.ladder;
    for entry in &file.thread.log {
        let Some(change) = &entry.change else {
            continue;
        };
        let words = change.from.iter().chain([&change.to.value]);
        for word in words.filter(|word| ladder.rank(word).is_none()) {
            let raw = file.document.slice(entry.span);
            let at = raw.find(word.as_str()).unwrap_or(0);
            let span = Span::new(at, at + word.len()).shifted(entry.span.start);
            let message =
                format!("the log speaks of a level `{word}`, which the ladder does not have");
            let finding =
                Diagnostic::new(Rule::LogLevelUnknown, &file.document.path, span, message);
            let help = unknown_word_help(word, ladder.0.iter().map(String::as_str));
            found.push(finding.help(help));
        }
    }
}
