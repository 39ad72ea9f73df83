//! `thread list`.

mod format;
pub mod report;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::format::Format;
use self::report::{ListReport, Row, items, next, threads, unmapped};
use crate::commands::shared::findings::findings;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::model::Error;
use crate::workspace::Workspace;

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A format is a text with fields in braces, such as '{thread}\\t{id}\\t{title}'; \\t is a tab, \\n a line \
feed, {{ a brace. The fields are thread, id, title, url, date, source, level, reading, path and line; \
one that a row does not have is empty. A value has no tabs and no ends of lines.")]
pub struct ListArgs {
    /// What to list
    #[arg(value_name = "WHAT", default_value = "threads")]
    pub what: What,
    /// Format of a line
    #[arg(long, value_name = "FORMAT", default_value = r"{thread}\t{id}\t{title}")]
    pub format: String,
    /// End each line with a zero byte, for `xargs -0` and `fzf --read0`
    #[arg(short = '0', long)]
    pub null: bool,
}

/// The rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// All threads
    Threads,
    /// The items of all threads
    Items,
    /// Catalog items that belong to no thread
    Unmapped,
    /// The entries of the reading queue
    Next,
}

/// Runs `thread list`.
///
/// # Errors
/// The workspace cannot be read, or the format has an unknown field.
pub fn run(session: &Session, args: &ListArgs) -> Result<Output> {
    let format = match Format::parse(&args.format) {
        Ok(format) => format,
        Err((message, help)) => bail!(Error::request(message, help)),
    };
    let workspace = session.workspace()?;
    let rows = rows(session, &workspace, args.what);
    let has_errors = workspace.errors().next().is_some();
    let exit = if has_errors { Exit::Findings } else { Exit::Success };
    let stderr = session.problems(&workspace, workspace.errors());
    let stdout = if session.json {
        let problems = findings(&workspace, workspace.errors());
        json::document(&ListReport { today: session.today, rows, problems })
    } else {
        let end = if args.null { '\0' } else { '\n' };
        rows.iter().map(|row| format.line(row) + &end.to_string()).collect()
    };
    // A zero byte is a part of the output.
    Ok(Output { exact: true, ..Output::new(stdout, stderr, exit) })
}

fn rows(session: &Session, workspace: &Workspace, what: What) -> Vec<Row> {
    match what {
        What::Threads => threads(session, workspace),
        What::Items => items(session, workspace),
        What::Unmapped => unmapped(session, workspace),
        What::Next => next(session, workspace),
    }
}
