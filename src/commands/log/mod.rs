//! `thread log`.

pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{LogReport, arrivals, events, level_over_time};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, evaluate_each, threads, wanted};
use crate::evaluate::CatalogIndex;
use crate::model::{Date, date};

/// Arguments of `log`.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// Show only events of these threads
    #[arg(value_name = "THREAD")]
    pub threads: Vec<String>,
    /// Show only events on this date or later
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub since: Option<Date>,
    /// Show also the items that landed
    #[arg(long)]
    pub arrivals: bool,
}

/// Runs `thread log`.
///
/// # Errors
/// The workspace cannot be read, or an argument is wrong.
pub fn run(session: &Session, args: &LogArgs) -> Result<Output> {
    let workspace = session.workspace()?;
    let wanted = wanted(&workspace, &args.threads)?;
    let threads: Vec<_> = threads(&workspace, &wanted).collect();
    let ladder = &workspace.configuration.ladder;
    let today = session.date_of_thread();
    let levels = threads
        .iter()
        .filter_map(|thread| level_over_time(thread, ladder, args.since, today(thread)));
    let arrived = if args.arrivals {
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        evaluate_each(&workspace, &index, &today, &wanted, |_, evaluation| arrivals(&evaluation))
    } else {
        Vec::new()
    };
    let report = LogReport {
        today: session.today,
        ahead: session.ahead(threads.iter().copied(), &today),
        since: args.since,
        events: events(&threads, &arrived.concat(), ladder, args.since, &today),
        levels: levels.collect(),
        problems: findings(&workspace, workspace.errors()),
    };
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
