//! `log-level-unknown`: a log entry with a word that resembles a level. Other words may be levels
//! of an earlier ladder.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::text::Span;
use crate::text::suggest::{did_you_mean, unknown_name_help};

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let ladder = &scene.workspace.configuration.ladder;
    let levels = || ladder.0.iter().map(String::as_str);
    let is_slip =
        |word: &str| ladder.rank(word).is_none() && did_you_mean(word, levels()).is_some();
    for entry in &file.thread.log {
        let Some(change) = &entry.change else {
            continue;
        };
        let raw = file.document.slice(entry.span);
        let arrow = ["→", "->", "stays"].iter().find_map(|arrow| raw.find(arrow)).unwrap_or(0);
        let from = change.from.as_deref().and_then(|word| Some((word, raw[..arrow].rfind(word)?)));
        let to = change.to.value.as_str();
        let to = raw[arrow..].find(to).map(|at| (to, arrow + at));
        for (word, at) in from.into_iter().chain(to).filter(|(word, _)| is_slip(word)) {
            let span = Span::new(at, at + word.len()).shifted(entry.span.start);
            let message = format!("the log has a level `{word}`, which is not on the ladder");
            let finding =
                Diagnostic::new(Rule::LogLevelUnknown, &file.document.path, span, message);
            found.push(finding.help(unknown_name_help("level", word, levels())));
        }
    }
}
