//! `thread find`.

pub mod report;
pub mod text;

use anyhow::{Result, bail};
use clap::Args;

use self::report::FindReport;
use crate::commands::shared::output::Output;
use crate::commands::shared::session::Session;
use crate::model::{Error, TitlePattern};

/// Arguments of `find`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The words must be next to each other, in any case; `*` at either end of a word is any letters, and \
`/REGEX/` is a regular expression. Threads, items, drafts and catalog items are searched by their titles \
and ids, notes and log entries by their text.")]
pub struct FindArgs {
    /// Words of a title, or a part of an id or URL
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
}

/// Runs `thread find`.
///
/// # Errors
/// The workspace cannot be read, or the words are no pattern.
pub fn run(session: &Session, args: &FindArgs) -> Result<Output> {
    let words = args.words.join(" ");
    let pattern = match TitlePattern::parse(&words) {
        Ok(pattern) => pattern,
        Err(reason) => {
            let help = "write words, such as `risk report` or `control*`, or `/REGEX/`";
            bail!(Error::request(format!("`{words}` is not a pattern: {reason}"), help))
        }
    };
    let workspace = session.workspace()?;
    let report = FindReport::new(&workspace, &pattern, session.today);
    Ok(session.respond(&workspace, &report, text::render))
}
