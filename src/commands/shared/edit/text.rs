//! What a verb did, one line a file, and what that settles.

use crate::commands::shared::consequences_report::ReadyReport;
use crate::commands::shared::edit::report::{ChangedFile, EditReport, SettledReport};

use crate::commands::shared::style::{BOLD, GOOD, paint};
use crate::text::shown;

/// What was done. `how_to_apply` says that a scan acts on what is settled.
pub fn render(report: &EditReport, how_to_apply: bool) -> String {
    let mut text: String = report.changed.iter().map(changed).collect();
    text.extend(report.settles.iter().map(settled));
    let is_ready = report.settles.iter().any(|settled| !settled.settlement.ready.is_empty());
    if is_ready && how_to_apply {
        text.push_str("`thread scan` applies it.\n");
    }
    match (report.changed.is_empty(), report.dry_run) {
        (true, _) => text.push_str("It is so already; nothing was written.\n"),
        (false, true) => text.push_str("Nothing was written.\n"),
        (false, false) => {}
    }
    text
}

/// `threads/x.md:34: …`
fn changed(file: &ChangedFile) -> String {
    let lines: Vec<String> = file.lines.iter().map(ToString::to_string).collect();
    let place = match file.created {
        true => format!("{} (new)", shown(&file.path)),
        false => format!("{}:{}", shown(&file.path), lines.join(",")),
    };
    format!("{}: {}\n", paint(BOLD, &place), shown(&file.what.join("; ")))
}

fn settled(settled: &SettledReport) -> String {
    let mut text = String::new();
    if let Some(why) = &settled.settlement.released {
        text.push_str(&format!("{}: the hold is over ({})\n", shown(&settled.thread), shown(why)));
    }
    for trigger in &settled.settlement.ready {
        text.push_str(&format!("{}: {}\n", shown(&settled.thread), ready(trigger)));
    }
    text
}

fn ready(trigger: &ReadyReport) -> String {
    let level = paint(GOOD, &shown(&trigger.level));
    let next = trigger.next.as_ref().map(|next| format!("; next: {}", shown(next)));
    let does = does(trigger.effect);
    format!(
        "`{}` is ready, {does} {level}: {}{}",
        shown(&trigger.id),
        shown(&trigger.why),
        next.unwrap_or_default()
    )
}

/// What an effect does, as a verb.
pub(crate) fn does(effect: &str) -> &'static str {
    match effect {
        "raise-to" => "raises to",
        "lower-to" => "lowers to",
        _ => "stays at",
    }
}
