//! The preview of a new trigger: its lines, its state today, and when it would first have been
//! ready.

use std::collections::BTreeMap;

use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::matching::first_items;
use crate::commands::shared::trigger_report::TriggerReport;
use crate::edit::Rewrite;
use crate::evaluate::replay::replay;
use crate::evaluate::{History, LevelState, StateName, evaluate};
use crate::model::{Date, Thread};

/// Returns the lines that an edit adds, and the state of the trigger `id` after it.
pub fn preview(context: &EditContext<'_>, rewrite: &Rewrite, id: &str) -> Vec<String> {
    let mut lines = added_lines(rewrite);
    let configuration = &context.workspace.configuration;
    let Some(file) = rewrite.parsed(configuration) else {
        return lines;
    };
    let date = context.date(&file);
    let evaluation = evaluate(&file.thread, context.index, configuration, date);
    let Some(status) = evaluation.trigger(id) else {
        return lines;
    };
    let report = TriggerReport::new(status);
    let numbers = format!(
        "{}/{} {}",
        report.crux.have,
        report.crux.at_least.or(report.crux.at_most).unwrap_or_default(),
        report.crux.asks
    );
    lines.push(format!("today: {}, {numbers}", report.state.as_str()));
    let counted = report.when.counted.iter();
    lines.extend(first_items(counted.map(|item| (&*item.fact_id, &*item.title)), MOST_ITEMS));
    let history = History::new(&file.thread, context.index, configuration);
    lines.push(match first_ready(&history, &file.thread, id, date) {
        Some(first) if first == date => "it is ready from today on".into(),
        Some(first) => format!("it would first have been ready on {first}"),
        None => "it would not have been ready on any date so far".into(),
    });
    lines
}

/// At most this many items are listed.
const MOST_ITEMS: usize = 3;

/// The new lines of the file, as in a diff.
fn added_lines(rewrite: &Rewrite) -> Vec<String> {
    let lines: Vec<&str> = rewrite.after.lines().collect();
    let added = rewrite.lines.iter().filter_map(|line| lines.get(line - 1));
    added.map(|line| format!("  {line}")).collect()
}

/// Returns the first date on which daily scans would have found the trigger ready.
fn first_ready(history: &History<'_>, thread: &Thread, id: &str, today: Date) -> Option<Date> {
    let from = thread.first_date().unwrap_or(today).min(today);
    let before = from.pred_opt().unwrap_or(from);
    let start = LevelState { acknowledged: BTreeMap::new(), ..LevelState::at(history, before) };
    let no_decisions = BTreeMap::new();
    let mut days = replay(history, start, (from, today), &no_decisions, []);
    days.find_map(|day| {
        let status = day.evaluation.trigger(id)?;
        (status.state.name() == StateName::Ready).then_some(day.evaluation.date)
    })
}
