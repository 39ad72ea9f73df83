//! `thread fetch`.

pub mod read;
pub mod report;
pub mod text;
pub mod write;

use anyhow::{Result, bail};
use clap::Args;

use self::report::{FetchReport, SourceResult};
use self::text::Detail;
use crate::commands::catalog::intake::IntakeOptions;
use crate::commands::scan;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::model::date::days_between;
use crate::model::{Days, Error};
use crate::text::suggest::unknown_name_help;

/// Arguments of `fetch`.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[command(after_help = "\
The feeds are the URLs in `feed:` of the sources in thread.yaml. Each is asked for once an hour at \
most. New items go to today's catalog of the source; known ones are never written again. A source that \
had nothing new is recorded as looked at.

Exit codes: 0 success, also without new items; 1 a source failed or is damaged, the others are written; \
2 error.")]
pub struct FetchArgs {
    /// Only these sources [default: all sources with a feed]
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Print the feeds that a page offers, and fetch nothing else
    #[arg(long, value_name = "URL", conflicts_with = "sources")]
    pub find: Option<String>,
    /// Use the cached feeds, and open no connection
    #[arg(long)]
    pub offline: bool,
    /// Ask also for feeds that were asked for within the last hour
    #[arg(long, conflicts_with = "offline")]
    pub force: bool,
    /// A source counts as failed only after failing for this long, such as 3d
    #[arg(long, value_name = "SPAN", value_parser = Days::parse)]
    pub patience: Option<Days>,
    /// Run `thread scan` afterwards, whatever failed
    #[arg(long, conflicts_with_all = ["find", "dry_run"])]
    pub scan: bool,
    /// Write the items of the first reading as a baseline, which lands on its own dates; by default,
    /// if the source has no catalog
    #[arg(long, overrides_with = "no_baseline")]
    pub baseline: bool,
    /// Let the items of the first reading land today
    #[arg(long)]
    pub no_baseline: bool,
    /// Print nothing unless an item is new or a source failed
    #[arg(short, long)]
    pub quiet: bool,
    /// Print also known items that differ in the feed, and the reasons for tags
    #[arg(short, long)]
    pub verbose: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Runs `thread fetch`.
///
/// # Errors
/// A source has no feed, the workspace cannot be written, or this build has no network.
pub fn run(session: &Session, args: &FetchArgs) -> Result<Output> {
    if let Some(url) = &args.find {
        return read::find(session, url);
    }
    let requests = requests(session, args)?;
    let readings = read::fetch(session, args, &requests)?;
    let baseline = baseline(args.baseline, args.no_baseline);
    let options = IntakeOptions { baseline, ..IntakeOptions::default() };
    let written = write::write(session, &args.writing, &readings, &options, true)?;
    let report = FetchReport {
        today: session.today,
        dry_run: args.writing.dry_run,
        sources: written.sources,
    };
    let output = told(session, &report.sources, args, &written.diff, || json::document(&report));
    if !args.scan {
        return Ok(output);
    }
    let scanned =
        scan::run(session, &scan::ScanArgs { quiet: args.quiet, writing: args.writing.clone() })?;
    let exit = if scanned.exit as u8 > output.exit as u8 { scanned.exit } else { output.exit };
    Ok(Output {
        stdout: output.stdout + &scanned.stdout,
        stderr: output.stderr + &scanned.stderr,
        exit,
        ..scanned
    })
}

/// Returns the choice of `--baseline` and `--no-baseline`.
pub fn baseline(baseline: bool, no_baseline: bool) -> Option<bool> {
    match (baseline, no_baseline) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// The feeds of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFeeds {
    /// Slug of the source.
    pub source: String,
    /// URLs of its feeds.
    pub feeds: Vec<String>,
    /// True if the feeds may be on this machine or in a private network.
    pub allow_private: bool,
    /// True if a feed without entries is no failure.
    pub may_be_empty: bool,
    /// True if a catalog of the source lists an item.
    pub has_items: bool,
}

/// Returns the feeds of the sources that the arguments name, by slug.
fn requests(session: &Session, args: &FetchArgs) -> Result<Vec<SourceFeeds>> {
    let workspace = session.workspace_without_texts()?;
    let configuration = &workspace.configuration;
    if workspace.is_misconfigured() {
        let help = "`thread check thread.yaml` shows them";
        bail!(Error::request("thread.yaml has errors, so that nothing is fetched", help));
    }
    let wanted: Vec<String> =
        args.sources.iter().map(|name| configuration.source_slug(name)).collect();
    for slug in &wanted {
        let help = "add `feed: URL` to the source in thread.yaml, or `thread source add SOURCE --feed URL`";
        match configuration.sources.get(slug) {
            Some(source) if source.feed.feeds.is_empty() => {
                bail!(Error::request(format!("the source `{slug}` has no feed"), help));
            }
            Some(_) => {}
            None => {
                let known = configuration.sources.keys().map(String::as_str);
                let help = unknown_name_help("source", slug, known);
                bail!(Error::request(format!("there is no source `{slug}`"), help));
            }
        }
    }
    let sources = configuration.sources.iter();
    let sources = sources.filter(|(slug, source)| {
        !source.feed.feeds.is_empty() && (wanted.is_empty() || wanted.contains(slug))
    });
    let requests: Vec<SourceFeeds> = sources
        .map(|(slug, source)| SourceFeeds {
            source: slug.clone(),
            feeds: source.feed.feeds.clone(),
            allow_private: source.feed.allow_private,
            may_be_empty: source.feed.may_be_empty,
            has_items: workspace
                .catalogs
                .iter()
                .any(|catalog| catalog.source == *slug && !catalog.items.is_empty()),
        })
        .collect();
    if requests.is_empty() {
        let help = "`thread source add SOURCE --feed URL` declares one";
        bail!(Error::request("no source has a feed", help));
    }
    Ok(requests)
}

/// Returns the output for the results of sources.
fn told(
    session: &Session,
    sources: &[SourceResult],
    args: &FetchArgs,
    diff: &str,
    document: impl FnOnce() -> String,
) -> Output {
    let detail = match (args.quiet, args.verbose) {
        (_, true) => Detail::Verbose,
        (true, false) => Detail::Quiet,
        (false, false) => Detail::Usual,
    };
    let is_failed = |source: &SourceResult| {
        source.is_failure() && !is_within_patience(session, source, args.patience)
    };
    let exit = if sources.iter().any(is_failed) { Exit::Findings } else { Exit::Success };
    let shown: Vec<SourceResult> = sources
        .iter()
        .filter(|source| !args.quiet || !source.is_failure() || is_failed(source))
        .cloned()
        .collect();
    let text = text::render(&shown, args.writing.dry_run, detail);
    let problems = text::problems(&shown);
    let (stdout, stderr) = match (session.json, args.writing.dry_run) {
        (true, _) => (document(), String::new()),
        (false, false) => (text, problems),
        (false, true) => (session.diff(diff), problems + &text),
    };
    let exact = !session.styled && args.writing.dry_run;
    Output { exact, ..Output::new(stdout, stderr, exit) }
}

/// Returns whether a failure is not yet as old as `--patience`.
fn is_within_patience(session: &Session, source: &SourceResult, patience: Option<Days>) -> bool {
    let failing = source.failing_since.unwrap_or(session.today);
    let days = days_between(failing, session.today);
    patience.is_some_and(|patience| days < i64::from(patience.0))
}
