//! `log-level-unknown`: a log entry that moves the thread to a word which is nearly a level. A word of
//! another kind may be a level that the ladder had once.

use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::parse::fields::{did_you_mean, unknown_word_help};
use crate::text::Span;

use super::Scene;

pub(super) fn check(file: &ThreadFile, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let ladder = &scene.workspace.configuration.ladder;
    for entry in &file.thread.log {
        let Some(change) = &entry.change else {
            continue;
        };
        let words = change.from.iter().chain([&change.to.value]);
        let levels = || ladder.0.iter().map(String::as_str);
        let is_slip = |word: &&String| did_you_mean(word, levels()).is_some();
        for word in words.filter(|word| ladder.rank(word).is_none()).filter(is_slip) {
            let raw = file.document.slice(entry.span);
            let at = raw.find(word.as_str()).unwrap_or(0);
            let span = Span::new(at, at + word.len()).shifted(entry.span.start);
            let message =
                format!("the log speaks of a level `{word}`, which the ladder does not have");
            let finding =
                Diagnostic::new(Rule::LogLevelUnknown, &file.document.path, span, message);
            let help = unknown_word_help(word, levels());
            found.push(finding.help(help));
        }
    }
}
