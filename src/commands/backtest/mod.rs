//! `thread backtest`.

pub mod report;
mod text;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use clap::Args;

use self::report::BacktestReport;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::{Session, readable};
use crate::evaluate::replay::{ReplayedDay, replay};
use crate::evaluate::{CatalogIndex, History, LevelState};
use crate::model::{Date, Error, date};

/// Arguments of `backtest`.
#[derive(Debug, Clone, Args)]
pub struct BacktestArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Start on DATE instead of the date on which the thread was opened
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub from: Option<Date>,
    /// End on DATE instead of today
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub to: Option<Date>,
}

/// Runs `thread backtest`.
///
/// # Errors
/// The workspace cannot be read, or an argument is wrong.
pub fn run(session: &Session, args: &BacktestArgs) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let file = match readable(session, &workspace, &args.thread)? {
        Ok(file) => file,
        Err(output) => return Ok(output),
    };
    let thread = &file.thread;
    let to = args.to.unwrap_or_else(|| session.date_of_thread()(thread));
    let from = args.from.or_else(|| thread.first_date()).unwrap_or(to);
    if from > to {
        bail!(Error::request(format!("{from} is after {to}"), "give the earlier date as `--from`"));
    }
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let history = History::new(thread, &index, &workspace.configuration);
    let before = from.pred_opt().unwrap_or(from);
    let start = LevelState { acknowledged: BTreeMap::new(), ..LevelState::at(&history, before) };
    let level_before = start.level.clone();
    let no_decisions = BTreeMap::new();
    let replayed = replay(&history, start, (from, to), &no_decisions, []);
    let replayed = replayed.map(|day| ReplayedDay {
        evaluation: day.evaluation.looking_beyond(&index, &workspace.configuration),
        ..day
    });
    let report = BacktestReport::new(thread, level_before, (from, to), replayed);
    Ok(session.respond(&workspace, &report, |report| text::render(report, session.width)))
}
