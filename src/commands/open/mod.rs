//! `thread open`.

mod browser;

use anyhow::{Result, bail};
use clap::Args;

use crate::commands::next::all_entries;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{Session, wanted};
use crate::commands::shared::style::counted;
use crate::evaluate::CatalogIndex;
use crate::model::{Error, url};
use crate::text::escape_for_terminal;

/// Arguments of `open`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = "\
The URL is opened with the program in `BROWSER`, else with the one of the system. Only URLs that begin \
with http:// or https:// are opened, and they are passed as one argument, without a shell.")]
pub struct OpenArgs {
    /// The thread: its slug, its file, the beginning of its slug, or a part of its title
    #[arg(value_name = "THREAD", required_unless_present = "next")]
    pub thread: Option<String>,
    /// Item: its id, URL, label (`#455`), the start of its id, or a part of its title
    #[arg(value_name = "ITEM", required_unless_present = "next", conflicts_with = "next")]
    pub item: Option<String>,
    /// Open the Nth entry of `thread next` [default: the first]
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub next: Option<u32>,
    /// Print the URL, and open nothing
    #[arg(long)]
    pub print: bool,
}

/// Runs `thread open`.
///
/// # Errors
/// The item has no URL, or no program can open it.
pub fn run(session: &Session, args: &OpenArgs) -> Result<Output> {
    let address = match (args.next, &args.thread, &args.item) {
        (Some(number), thread, _) => of_queue(session, thread.as_deref(), number)?,
        (None, Some(thread), Some(item)) => of_item(session, thread, item)?,
        _ => bail!(Error::request("no item is given", "`thread open THREAD ITEM`")),
    };
    if !args.print {
        browser::open(&address, session.browser.as_deref())?;
    }
    Ok(Output::new(format!("{}\n", escape_for_terminal(&address)), String::new(), Exit::Success))
}

/// Returns the URL of an entry of the reading queue, counted from 1.
fn of_queue(session: &Session, thread: Option<&str>, number: u32) -> Result<String> {
    let workspace = session.workspace()?;
    let threads: Vec<String> = thread.into_iter().map(str::to_string).collect();
    let wanted = wanted(&workspace, &threads)?;
    let entries = all_entries(session, &workspace, &wanted, &[]);
    let at = usize::try_from(number).unwrap_or(usize::MAX) - 1;
    let Some(entry) = entries.get(at) else {
        let message = format!("the reading queue has {}", counted(entries.len(), "item"));
        bail!(Error::request(message, "`thread next --limit 0` shows them"));
    };
    let url = Some(entry.open.as_str()).filter(|open| url::is_web(open));
    web_address(url, entry.id.as_deref().unwrap_or(&entry.title))
}

fn of_item(session: &Session, thread: &str, word: &str) -> Result<String> {
    let workspace = session.workspace()?;
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let (today, me) = (session.today, session.me.as_deref());
    let context = EditContext { workspace: &workspace, index: &index, today, me };
    let evaluation = context.evaluate(context.thread(thread)?);
    let item = context.item(&evaluation, word)?;
    web_address(item.url.as_deref(), &item.id)
}

/// Returns a URL that a browser may open.
fn web_address(address: Option<&str>, id: &str) -> Result<String> {
    let Some(address) = address else {
        let help = "add one to its line: `[Title](URL)`";
        bail!(Error::request(format!("`{id}` has no URL"), help));
    };
    let written = url::written(address).into_owned();
    let is_sound = !written.contains(|c: char| c.is_control() || c.is_whitespace());
    if url::is_web(&written) && is_sound {
        return Ok(written);
    }
    bail!(Error::request(format!("the URL of `{id}` is not opened"), "only http and https are"))
}
