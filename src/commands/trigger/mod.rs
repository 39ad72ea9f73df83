//! `thread trigger add`, `list` and `remove`.

pub mod edit;
pub mod preview;
pub mod prompt;
pub mod report;
pub mod text;

use anyhow::Result;
use clap::{ArgGroup, Args, Subcommand};

use self::report::TriggersReport;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::edit::run::edit;
use crate::commands::shared::output::Output;
use crate::commands::shared::selection_arg::SelectionArg;
use crate::commands::shared::session::{Session, readable};
use crate::evaluate::{CatalogIndex, evaluate};
use crate::model::{Date, Days, date};

/// Arguments of `trigger`.
#[derive(Debug, Clone, Args)]
pub struct TriggerArgs {
    /// Command to run
    #[command(subcommand)]
    pub command: TriggerCommand,
}

/// The commands on triggers.
#[derive(Debug, Clone, Subcommand)]
pub enum TriggerCommand {
    /// Add a trigger to a thread, and show its state today
    Add(Box<TriggerAddArgs>),
    /// Show the triggers of a thread and their states
    List(TriggerListArgs),
    /// Turn a trigger into a comment
    Remove(TriggerRemoveArgs),
}

/// Arguments of `trigger add`.
#[derive(Debug, Clone, Default, Args)]
#[command(group(ArgGroup::new("effect").args(["raise_to", "lower_to", "stay_at"])))]
#[command(group(ArgGroup::new("join").args(["all", "any"])))]
#[command(after_help = "\
A SELECTION has keys and values, such as `tag=kelp`, `org=lab|harbour,tag=kelp` or \
`title=\"export control*\"`; the keys are source, org, tag, title, item, verdict and read. A set is \
added for it, unless the thread has one with the same selection.

Without a condition, and on a terminal, the command asks for it.

Examples:
  thread trigger add kelp --count tag=trial --at-least 3 --distinct org
  thread trigger add kelp --quiet source=tide-gazette --for 60d --lower-to low
  thread trigger add kelp reviewed --read harbour-lab/wet --attested it-holds --why \"it holds\"")]
pub struct TriggerAddArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Id of the trigger [default: made from the condition]
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Count the items of a selection
    #[arg(long, value_name = "SELECTION")]
    pub count: Option<SelectionArg>,
    /// The smallest number of items [default: 1]
    #[arg(long, value_name = "N", requires = "count", conflicts_with = "at_most",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub at_least: Option<u32>,
    /// The largest number of items
    #[arg(long, value_name = "N", requires = "count")]
    pub at_most: Option<u32>,
    /// Count different orgs or sources instead of items
    #[arg(long, value_name = "KEY", requires = "count", value_parser = ["org", "source"])]
    pub distinct: Option<String>,
    /// Count only items published within this time, such as 90d
    #[arg(long, value_name = "DAYS", requires = "count", value_parser = Days::parse)]
    pub within: Option<Days>,
    /// Count only items that landed on DATE or later
    #[arg(long, value_name = "DATE", requires = "count", value_parser = date::parse)]
    pub landed_since: Option<Date>,
    /// Wait until no item of a selection has landed for some time; it must name a source
    #[arg(long, value_name = "SELECTION", requires = "for_days")]
    pub quiet: Option<SelectionArg>,
    /// The time without a new item, such as 60d
    #[arg(long = "for", id = "for_days", value_name = "DAYS", requires = "quiet", value_parser = Days::parse)]
    pub for_days: Option<Days>,
    /// Wait until an item was read; may be repeated
    #[arg(long, value_name = "ITEM")]
    pub read: Vec<String>,
    /// Wait until the reading of an item has this verdict; may be repeated
    #[arg(long, value_name = "ITEM=WORD")]
    pub verdict: Vec<String>,
    /// Wait until a person attests a claim; may be repeated
    #[arg(long, value_name = "CLAIM")]
    pub attested: Vec<String>,
    /// Wait until a draft has this state
    #[arg(long, value_name = "STATE")]
    pub draft: Vec<String>,
    /// All conditions must be true (the default)
    #[arg(long)]
    pub all: bool,
    /// One of the conditions must be true
    #[arg(long)]
    pub any: bool,
    /// The level to which it raises [default: the last level of the ladder]
    #[arg(long, value_name = "LEVEL")]
    pub raise_to: Option<String>,
    /// The level to which it lowers
    #[arg(long, value_name = "LEVEL")]
    pub lower_to: Option<String>,
    /// The level at which it keeps the thread, with an entry in the log
    #[arg(long, value_name = "LEVEL")]
    pub stay_at: Option<String>,
    /// Reason, one sentence [default: the condition in words]
    #[arg(long, visible_alias = "reason", value_name = "TEXT", allow_hyphen_values = true)]
    pub why: Option<String>,
    /// Next step of the user after it has acted
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub next: Option<String>,
    /// Act only at these levels; may be repeated
    #[arg(long, value_name = "LEVEL")]
    pub from: Vec<String>,
    /// The last date on which it may act
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub until: Option<Date>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Arguments of `trigger list`.
#[derive(Debug, Clone, Args)]
pub struct TriggerListArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
}

/// Arguments of `trigger remove`.
#[derive(Debug, Clone, Default, Args)]
pub struct TriggerRemoveArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD")]
    pub thread: String,
    /// Id of the trigger
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

impl TriggerAddArgs {
    /// Returns whether a condition is given.
    pub fn has_condition(&self) -> bool {
        self.count.is_some()
            || self.quiet.is_some()
            || [&self.read, &self.verdict, &self.attested, &self.draft]
                .iter()
                .any(|values| !values.is_empty())
    }
}

/// Runs `thread trigger add`, `list` or `remove`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or the file cannot be written.
pub fn run(session: &Session, args: &TriggerArgs) -> Result<Output> {
    match &args.command {
        TriggerCommand::Add(args) if !args.has_condition() && session.asks => {
            let asked = prompt::ask(session, args)?;
            edit(session, &asked.writing, |context| edit::add(context, &asked))
        }
        TriggerCommand::Add(args) => {
            edit(session, &args.writing, |context| edit::add(context, args))
        }
        TriggerCommand::List(args) => list(session, args),
        TriggerCommand::Remove(args) => {
            edit(session, &args.writing, |context| edit::remove(context, args))
        }
    }
}

fn list(session: &Session, args: &TriggerListArgs) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let file = match readable(session, &workspace, &args.thread)? {
        Ok(file) => file,
        Err(output) => return Ok(output),
    };
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let date = session.date_of_thread()(&file.thread);
    let evaluation = evaluate(&file.thread, &index, &workspace.configuration, date);
    let report = TriggersReport::new(&evaluation);
    Ok(session.respond(&workspace, &report, text::render))
}
