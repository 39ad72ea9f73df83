//! `level-differs-from-log`: a level that was edited without a log entry.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(finding(file));
}

/// Returns the finding if level and log differ. A scan calls this too, because its own entry would
/// hide the contradiction.
pub fn finding(file: &ThreadFile) -> Option<Diagnostic> {
    let log = file.thread.log_by_time().into_iter().rev();
    let mut moves = log.filter_map(|entry| Some((entry, entry.change.as_ref()?)));
    let (entry, change) = moves.next()?;
    let level = &file.thread.ripeness.level;
    if change.to.value == level.value {
        return None;
    }
    let message = format!("the level is `{}`, but `{}` in the log", level.value, change.to.value);
    let line = format!("`- YYYY-MM-DD: {} → {} — why`", change.to.value, level.value);
    let help = format!("restore the level, or add a log entry with the reason: {line}");
    Some(
        Diagnostic::new(Rule::LevelDiffersFromLog, &file.document.path, level.span, message)
            .label("the level")
            .related(&file.document.path, entry.span, "the last change of level")
            .help(help),
    )
}
