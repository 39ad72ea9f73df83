//! Fetches feeds and reads their entries.

use anyhow::{Result, bail};
use url::Url;

use super::report::{Outcome, SourceResult};
use super::write::SourceReading;
use super::{FetchArgs, SourceFeeds};
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::feed::{Format, NotAFeed, Origin, Reading, offered_feeds, read};
use crate::fetch::{Answer, Cache, Failure, FailureKind, Fetched, Options, Request};
use crate::model::Error;
use crate::text::escape_for_terminal;

/// Fetches the feeds of all sources and reads them.
///
/// # Errors
/// This build has no network, or its certificates cannot be read.
pub fn fetch(
    session: &Session,
    args: &FetchArgs,
    sources: &[SourceFeeds],
) -> Result<Vec<SourceReading>> {
    let requests: Vec<Request> = sources
        .iter()
        .flat_map(|source| source.feeds.iter().map(|url| (url, source.allow_private)))
        .map(|(url, allow_private)| Request { url: url.clone(), allow_private })
        .collect();
    let cache = Cache::of_workspace(session.cache.as_deref(), &session.root);
    let options = Options { now: session.now, force: args.force, offline: args.offline };
    let answers = answers(session, &cache, &requests, &options)?;
    let mut answers = answers.into_iter();
    let read = |source: &SourceFeeds| {
        let answers: Vec<Answer> = answers.by_ref().take(source.feeds.len()).collect();
        of_source(session, &cache, source, &answers)
    };
    Ok(sources.iter().map(read).collect())
}

/// Asks for all URLs, with a line on stderr that shows the progress.
#[cfg(feature = "fetch")]
fn answers(
    session: &Session,
    cache: &Cache,
    requests: &[Request],
    options: &Options,
) -> Result<Vec<Answer>> {
    use crate::environment::show_progress;
    use crate::fetch::{Fetcher, Http, Limits, SystemTimer};
    let http = Http::new(&session.proxies)?;
    let timer = SystemTimer::start();
    let fetcher = Fetcher { transport: &http, timer: &timer, cache, limits: Limits::default() };
    let all = requests.len();
    let shows_progress = session.shows_progress;
    let progress = |text: &str| {
        if shows_progress {
            show_progress(text);
        }
    };
    let run = fetcher.run(requests, options, &|done| progress(&format!("fetching {done}/{all}")));
    progress("");
    Ok(run.answers)
}

#[cfg(not(feature = "fetch"))]
fn answers(
    _session: &Session,
    _cache: &Cache,
    _requests: &[Request],
    _options: &Options,
) -> Result<Vec<Answer>> {
    let help =
        "build it with the cargo feature `fetch`, or use `thread catalog import SOURCE FILE`";
    bail!(Error::request("this build of thread cannot open connections", help))
}

/// Reads the feeds of a source. If one of several fails, the others count and the source is damaged.
fn of_source(
    session: &Session,
    cache: &Cache,
    source: &SourceFeeds,
    answers: &[Answer],
) -> SourceReading {
    let mut result = SourceResult { source: source.source.clone(), ..SourceResult::default() };
    let mut merged: Option<Reading> = None;
    let mut errors = Vec::new();
    let mut is_due = false;
    for (url, answer) in source.feeds.iter().zip(answers) {
        let read = answer.outcome.clone().and_then(|fetched| {
            is_due |= fetched.from != crate::fetch::Origin::NotDue;
            result.moved_to = result.moved_to.take().or_else(|| fetched.moved_to.clone());
            feed(session, source, &fetched).map(|reading| (fetched.from, reading))
        });
        let recorded = match &read {
            Ok((crate::fetch::Origin::Network | crate::fetch::Origin::NotModified, _)) => {
                cache.record(url, session.now, Ok(()))
            }
            Err(failure) if answer.outcome.is_ok() => {
                cache.record(url, session.now, Err(failure.clone()))
            }
            _ => Ok(()),
        };
        // A cache that cannot be written loses nothing but the time of the next request.
        drop(recorded);
        match read {
            Ok((_, reading)) => merge(&mut merged, reading),
            Err(failure) => {
                let history = cache.history(url);
                let date = |time: Option<chrono::DateTime<chrono::Utc>>| {
                    time.map(|time| time.date_naive())
                };
                let since = date(history.failing_since).or(Some(session.today));
                result.failing_since = result.failing_since.into_iter().chain(since).min();
                result.last_success = date(history.last_success);
                result.notes.extend(failure.help.clone());
                errors.push(failure.message);
            }
        }
    }
    let damages = merged.iter().flat_map(|reading| reading.damages.iter().cloned());
    let all: Vec<String> = errors.iter().cloned().chain(damages).collect();
    result.outcome = match (&merged, all.is_empty(), is_due) {
        (None, ..) => Outcome::Failed,
        (Some(_), false, _) => Outcome::Damaged,
        (Some(_), true, false) => Outcome::NotDue,
        (Some(_), true, true) => Outcome::Quiet,
    };
    result.error = Some(all.join("; ")).filter(|error| !error.is_empty());
    SourceReading { result, reading: merged }
}

fn merge(merged: &mut Option<Reading>, reading: Reading) {
    let all = merged.get_or_insert_default();
    all.entries.extend(reading.entries);
    all.damages.extend(reading.damages);
    all.notes.extend(reading.notes);
    all.passed_over += reading.passed_over;
}

/// Reads the entries of a body.
fn feed(session: &Session, source: &SourceFeeds, fetched: &Fetched) -> Result<Reading, Failure> {
    let base = Url::parse(&fetched.url).ok();
    let origin = Origin {
        format: Format::Auto,
        charset: fetched.charset.as_deref(),
        base: base.as_ref(),
        today: session.today,
    };
    let content = |message: String| Failure::new(FailureKind::Content, message);
    let reading = read(&fetched.body, &origin).map_err(|reason| content(reason.to_string()))?;
    if reading.entries.is_empty() && source.has_items && !source.may_be_empty {
        let help = "set `may-be-empty: true` for the source if this is usual";
        return Err(content("the feed has no entries, although it had some".into()).help(help));
    }
    Ok(reading)
}

/// Prints the feeds that a page offers, as lines for thread.yaml.
///
/// # Errors
/// The page cannot be fetched, or offers no feed.
pub(super) fn find(session: &Session, url: &str) -> Result<Output> {
    let cache = Cache::of_workspace(None, &session.root);
    let options = Options { now: session.now, force: true, offline: false };
    let request = Request { url: url.to_string(), allow_private: false };
    let answers = answers(session, &cache, &[request], &options)?;
    let fetched = match answers.into_iter().next().map(|answer| answer.outcome) {
        Some(Ok(fetched)) => fetched,
        Some(Err(failure)) => {
            let help = failure.help.unwrap_or_else(|| "check the URL in a browser".into());
            bail!(Error::request(format!("{url}: {}", failure.message), help));
        }
        None => bail!(Error::request("no page was fetched", "give its URL")),
    };
    let base = Url::parse(&fetched.url).ok();
    let origin = Origin {
        format: Format::Feed,
        charset: fetched.charset.as_deref(),
        base: base.as_ref(),
        today: session.today,
    };
    let feeds = match read(&fetched.body, &origin) {
        Ok(_) => vec![fetched.url.clone()],
        Err(NotAFeed::Html(feeds)) => feeds,
        Err(_) => offered_feeds(&String::from_utf8_lossy(&fetched.body), base.as_ref()),
    };
    if feeds.is_empty() {
        let message = format!("{url} offers no feed");
        let help = "docs/sources.md shows how to follow a page without a feed";
        bail!(Error::request(message, help));
    }
    let lines = feeds.iter().map(|feed| format!("feed: {}\n", escape_for_terminal(feed)));
    Ok(Output::new(lines.collect(), String::new(), Exit::Success))
}
