//! `thread backtest`

use anyhow::{Result, bail};

use std::collections::BTreeMap;

use super::args::BacktestArgs;
use super::report;
use super::text;
use crate::commands::shared::json;
use crate::evaluate::replay::{ReplayedDay, replay};
use crate::evaluate::{CatalogIndex, History, LevelState};
use crate::model::{Date, Thread};

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{Resolved, Session, resolve};

/// Runs `thread backtest`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &BacktestArgs) -> Result<Output> {
    let workspace = session.workspace_to_judge()?;
    let stderr = session.problems(&workspace, workspace.errors());
    let file = match resolve(&workspace, &args.thread)? {
        Resolved::Read(file) => file,
        Resolved::Broken(_) => {
            return Ok(Output::new(String::new(), stderr, Exit::Findings));
        }
    };
    let thread = &file.thread;
    let to = args.to.unwrap_or_else(|| session.shown_day()(thread));
    let from = args.from.unwrap_or_else(|| beginning(thread, to));
    if from > to {
        bail!("{from} is after {to}\nhelp: give the earlier day as `--from`");
    }
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let history = History::new(thread, &index, &workspace.configuration);
    let eve = from.pred_opt().unwrap_or(from);
    let start = LevelState { weighed: BTreeMap::new(), ..LevelState::at(&history, eve) };
    let nobody = BTreeMap::new();
    let level = start.level.clone();
    let days = replay(&history, start, (from, to), &nobody, []);
    let days = days.map(|day| ReplayedDay {
        evaluation: day.evaluation.looking_beyond(&index, &workspace.configuration),
        ..day
    });
    let report = report::report(thread, level, (from, to), days);
    let stdout = match session.json {
        true => json::document(&report),
        false => text::render(&report, session.width),
    };
    let exit = if workspace.errors().next().is_some() { Exit::Findings } else { Exit::Success };
    Ok(Output::new(stdout, stderr, exit))
}

/// The day the thread was opened, else its first entry, else its first landing.
fn beginning(thread: &Thread, otherwise: Date) -> Date {
    let logged = || thread.log.iter().map(|entry| entry.date).min();
    let landed = || thread.evidence.iter().filter_map(|line| line.landed).min();
    thread.opened.or_else(logged).or_else(landed).unwrap_or(otherwise)
}
