//! `thread log`: shows the events of threads.

use anyhow::Result;

use super::args::LogArgs;
use super::report::{LogReport, events, level_over_time};
use super::text;
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, threads, wanted};

/// Runs `thread log`.
///
/// # Errors
/// The workspace cannot be read, or an argument is wrong.
pub fn run(session: &Session, args: &LogArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let threads: Vec<_> = threads(&workspace, &wanted).collect();
    let ladder = &workspace.configuration.ladder;
    let day = session.shown_day();
    let levels = threads
        .iter()
        .filter_map(|thread| level_over_time(thread, ladder, args.since, day(thread)));
    let report = LogReport {
        today: session.today,
        ahead: session.ahead(threads.iter().copied(), &day),
        since: args.since,
        events: events(&threads, ladder, args.since, &day),
        levels: levels.collect(),
        problems: findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
