//! `log-order`: a log that runs neither forwards nor backwards.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let log = &file.thread.log;
    if log.is_sorted_by_key(|entry| entry.date) || log.is_sorted_by(|a, b| a.date >= b.date) {
        return;
    }
    if let Some(pair) = log.windows(2).find(|pair| pair[0].date > pair[1].date) {
        let message = format!("{} comes after {}", pair[1].date, pair[0].date);
        found.push(
            Diagnostic::new(Rule::LogOrder, &file.document.path, pair[1].span, message)
                .related(&file.document.path, pair[0].span, "the later date")
                .help("move it, so that the log is sorted by date"),
        );
    }
}
