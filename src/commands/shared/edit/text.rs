//! Result of an edit command as text: one line for each file, and the consequences.

use crate::commands::shared::edit::report::{ChangedFile, EditReport, ThreadConsequencesReport};
use crate::commands::shared::hyperlinks::linked;
use crate::commands::shared::phrases::effect_verb;
use crate::commands::shared::style::{BOLD, GOOD, paint};
use crate::evaluate::ReadyTrigger;
use crate::text::escape_for_terminal;

/// Returns the changes. `how_to_apply` adds the hint that a scan applies ready triggers.
pub fn render(report: &EditReport, how_to_apply: bool) -> String {
    let mut text: String = report.changed.iter().map(changed).collect();
    text.extend(report.details.iter().map(|line| format!("  {}\n", escape_for_terminal(line))));
    text.extend(report.settles.iter().map(consequences));
    let is_ready =
        report.settles.iter().any(|consequences| !consequences.consequences.ready.is_empty());
    if is_ready && how_to_apply {
        text.push_str("`thread scan` applies it.\n");
    }
    match (report.changed.is_empty(), report.dry_run) {
        (true, _) => text.push_str("Already up to date.\n"),
        (false, true) => text.push_str("Nothing was written.\n"),
        (false, false) => {
            let next = report.next.iter();
            text.extend(next.map(|next| format!("Next: {}\n", escape_for_terminal(next))));
        }
    }
    text
}

/// `threads/x.md:34: …`
fn changed(file: &ChangedFile) -> String {
    let lines = ranges(&file.lines);
    let path = escape_for_terminal(&file.path);
    let place = match (file.created, lines.is_empty()) {
        (true, _) => format!("{path} (new)"),
        (false, true) => path,
        (false, false) => format!("{path}:{}", lines.join(",")),
    };
    let place = linked(&file.path, &paint(BOLD, &place));
    format!("{place}: {}\n", escape_for_terminal(&file.what.join("; ")))
}

/// Line numbers with ranges: `5, 6, 7, 12` is `5-7` and `12`.
fn ranges(lines: &[usize]) -> Vec<String> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &line in lines {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => ranges.push((line, line)),
        }
    }
    let text = |(first, last): (usize, usize)| match last - first {
        0 => first.to_string(),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    };
    ranges.into_iter().map(text).collect()
}

fn consequences(consequences: &ThreadConsequencesReport) -> String {
    let mut text = String::new();
    if let Some(why) = &consequences.consequences.released {
        text.push_str(&format!(
            "{}: the hold ends ({})\n",
            escape_for_terminal(&consequences.thread),
            escape_for_terminal(why)
        ));
    }
    for trigger in &consequences.consequences.ready {
        text.push_str(&format!(
            "{}: {}\n",
            escape_for_terminal(&consequences.thread),
            ready(trigger)
        ));
    }
    text
}

fn ready(trigger: &ReadyTrigger) -> String {
    let level = paint(GOOD, &escape_for_terminal(&trigger.level));
    let next = trigger.next.as_ref().map(|next| format!("; next: {}", escape_for_terminal(next)));
    let does = effect_verb(trigger.effect);
    format!(
        "`{}` is ready, {does} {level}: {}{}",
        escape_for_terminal(&trigger.id),
        escape_for_terminal(&trigger.why),
        next.unwrap_or_default()
    )
}
