//! Result of `thread trigger list` as text, two lines for each trigger.

use super::report::TriggersReport;
use crate::commands::shared::phrases::effect_verb;
use crate::commands::shared::style::{BOLD, DIM, paint};
use crate::text::escape_for_terminal;

/// Returns the triggers with their states and conditions.
pub fn render(report: &TriggersReport) -> String {
    if report.triggers.is_empty() {
        let slug = escape_for_terminal(&report.thread);
        return format!("`{slug}` has no triggers. `thread trigger add {slug}` adds one.\n");
    }
    let widest = report.triggers.iter().map(|trigger| trigger.state.as_str().len()).max();
    let width = widest.unwrap_or(0);
    let rows = report.triggers.iter().map(|trigger| {
        let (id, why) = (escape_for_terminal(&trigger.id), escape_for_terminal(&trigger.why));
        let does =
            format!("{} {}", effect_verb(trigger.effect), escape_for_terminal(&trigger.level));
        let need = trigger.crux.at_least.or(trigger.crux.at_most).unwrap_or_default();
        let asks = escape_for_terminal(&trigger.crux.asks);
        let numbers = format!("{}/{need}", trigger.crux.have);
        format!(
            "{:<width$}  {}  {does}: {why}\n{:width$}  {}\n",
            trigger.state.as_str(),
            paint(BOLD, &id),
            "",
            paint(DIM, &format!("{numbers} {asks}")),
        )
    });
    rows.collect()
}
