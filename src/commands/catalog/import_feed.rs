//! `thread catalog import` of feeds, JSON and sitemaps.

use anyhow::{Result, bail};
use url::Url;

use super::CatalogImportArgs;
use super::intake::IntakeOptions;
use crate::commands::fetch::baseline;
use crate::commands::fetch::report::{ImportReport, Outcome, SourceResult};
use crate::commands::fetch::text::{Detail, problems, render};
use crate::commands::fetch::write::{SourceReading, write};
use crate::commands::shared::body::Body;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::json;
use crate::commands::shared::new_item::known_source;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::evaluate::CatalogIndex;
use crate::feed::{Format, Origin, Reading, read};
use crate::model::Error;
use crate::text::escape_for_terminal;
use crate::workspace::Workspace;

/// Returns whether bytes are XML, JSON or nothing, and not a page in markdown, which may begin with a
/// link.
pub fn is_feed(bytes: &[u8]) -> bool {
    const MARKS: [u8; 7] = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0, b'\n'];
    let is_content = |byte: &&u8| !byte.is_ascii_whitespace() && !MARKS.contains(byte);
    let start: Vec<u8> = bytes.iter().filter(is_content).take(2).copied().collect();
    matches!(start.as_slice(), [] | [b'<' | b'{', ..] | [b'[', b'{' | b']', ..])
}

/// Adds the entries of files to today's catalog of a source.
///
/// # Errors
/// A file is not a feed, an argument is wrong, or the workspace cannot be written.
pub fn import(session: &Session, args: &CatalogImportArgs, bodies: &[Body]) -> Result<Output> {
    let workspace = session.workspace_without_texts()?;
    let (source, threads) = checked(session, &workspace, args)?;
    let declared = workspace.configuration.sources.get(&source);
    let feed = declared.and_then(|source| source.feed.feeds.first());
    let base = args.url.as_ref().or(feed).map(|url| Url::parse(url));
    let base = match base.transpose() {
        Ok(base) => base,
        Err(error) => {
            let help = "give a URL that begins with https://";
            bail!(Error::request(format!("`--url` is not a URL: {error}"), help));
        }
    };
    let format = match args.format.as_str() {
        "json" => Format::Json,
        "sitemap" => Format::Sitemap,
        "feed" => Format::Feed,
        _ => Format::Auto,
    };
    let origin = Origin { format, charset: None, base: base.as_ref(), today: session.today };
    let mut all = Reading::default();
    for body in bodies {
        match read(&body.bytes, &origin) {
            Ok(reading) => {
                all.entries.extend(reading.entries);
                all.damages.extend(reading.damages);
                all.notes.extend(reading.notes);
                all.passed_over += reading.passed_over;
            }
            Err(reason) => {
                let message =
                    format!("{} is not imported: {reason}", escape_for_terminal(&body.name));
                let failed = SourceResult {
                    source: source.clone(),
                    outcome: Outcome::Failed,
                    error: Some(message),
                    ..SourceResult::default()
                };
                return Ok(told(session, args, vec![failed], ""));
            }
        }
    }
    refuse_unknown_threads(&workspace, &mut all);
    let damages = all.damages.join("; ");
    let result = SourceResult {
        source,
        outcome: if damages.is_empty() { Outcome::Quiet } else { Outcome::Damaged },
        error: Some(damages).filter(|damages| !damages.is_empty()),
        ..SourceResult::default()
    };
    let options = IntakeOptions {
        tags: args.tags.clone(),
        threads,
        baseline: baseline(args.baseline, args.no_baseline),
    };
    let reading = SourceReading { result, reading: Some(all) };
    let written = write(session, &args.writing, &[reading], &options, false)?;
    Ok(told(session, args, written.sources, &written.diff))
}

/// Returns the slugs of the source and the threads.
fn checked(
    session: &Session,
    workspace: &Workspace,
    args: &CatalogImportArgs,
) -> Result<(String, Vec<String>)> {
    let index = CatalogIndex::new(&[], &workspace.configuration);
    let (today, me) = (session.today, session.me.as_deref());
    let context = EditContext { workspace, index: &index, today, me };
    let source = known_source(&context, &args.source)?;
    let slugs = args.threads.iter().map(|word| workspace.slug(word).map(str::to_string));
    let threads: Result<Vec<String>, Error> = slugs.collect();
    Ok((source, threads?))
}

/// Removes the entries that name a thread that does not exist.
fn refuse_unknown_threads(workspace: &Workspace, reading: &mut Reading) {
    let damages = &mut reading.damages;
    reading.entries.retain(|entry| {
        let unknown = entry.threads.iter().find(|thread| !workspace.slugs.contains(thread));
        if let Some(thread) = unknown {
            let line = entry.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            damages.push(format!("{line}there is no thread `{thread}`"));
        }
        unknown.is_none()
    });
}

fn told(
    session: &Session,
    args: &CatalogImportArgs,
    sources: Vec<SourceResult>,
    diff: &str,
) -> Output {
    let detail = match (args.quiet, args.verbose) {
        (_, true) => Detail::Verbose,
        (true, false) => Detail::Quiet,
        (false, false) => Detail::Usual,
    };
    let (text, stderr) = (render(&sources, args.writing.dry_run, detail), problems(&sources));
    let is_failed = sources.iter().any(SourceResult::is_failure);
    let exit = if is_failed { Exit::Findings } else { Exit::Success };
    let (stdout, stderr) = match (session.json, args.writing.dry_run) {
        (true, _) => {
            let first = sources.first().cloned().unwrap_or_default();
            let SourceResult { outcome, read, new, known, .. } = first;
            let (today, dry_run) = (session.today, args.writing.dry_run);
            let report = ImportReport { today, dry_run, outcome, read, new, known, sources };
            (json::document(&report), String::new())
        }
        (false, false) => (text, stderr),
        (false, true) => (session.diff(diff), stderr + &text),
    };
    let exact = !session.styled && args.writing.dry_run;
    Output { exact, ..Output::new(stdout, stderr, exit) }
}
