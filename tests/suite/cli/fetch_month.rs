//! A month of daily fetches on the feed server: twelve sources, and two clones that fetch on alternating
//! days and merge.

use std::collections::BTreeMap;

use crate::support::feed_server::FeedServer;
use crate::support::git::git;
use crate::support::scratch::{Scratch, run};

const SOURCES: usize = 12;
const DAYS: usize = 30;

/// The numbers of the posts that a source has on a day, newest first.
///
/// Source 0 posts on day 1 alone and is quiet then; source 1 has an archive that grows on day 20;
/// source 2 is empty on days 10 to 12; the others post every few days and show the last five.
fn posts(source: usize, day: usize) -> Vec<usize> {
    match source {
        0 => vec![1],
        1 if day >= 20 => (0..40).chain([100]).collect(),
        1 => vec![100],
        2 if (10..=12).contains(&day) => Vec::new(),
        _ => (1..=day).filter(|day| day % source == 0).rev().take(5).collect(),
    }
}

/// The date of a day of the month.
fn date(day: usize) -> String {
    format!("2026-11-{day:02}")
}

fn feed(source: usize, day: usize) -> String {
    let item = |number: usize| {
        // The posts of the archive are from the year before.
        let written = if source == 1 && number < 100 { "Mon, 03 Nov 2025" } else { "" };
        let dated = format!("{:02} Nov 2026", number.clamp(1, 30));
        let written = if written.is_empty() { dated.as_str() } else { written };
        format!(
            "<item><title>Post {number} of {source}</title>\
             <link>https://s{source}.example/{number}</link><pubDate>{written} 08:00:00 GMT</pubDate></item>"
        )
    };
    let items: String = posts(source, day).into_iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>s{source}</title>{items}</channel></rss>")
}

/// A thread with a trigger that waits for new posts of the archive, and one that waits for silence.
const THREAD: &str = "\
---
ripeness: {level: low, since: 2026-11-01}
collect: {source: [s0, s1]}
sets: {archive: {source: s1}, silent: {source: s0}}
triggers:
  - id: grown
    why: forty posts landed after the first of November
    raise-to: ripe
    when: {count: {of: archive, at-least: 40, landed-since: 2026-11-02}}
  - id: silent
    why: s0 has been quiet for two weeks
    raise-to: medium
    when: {quiet: {of: silent, for: 14d}}
---

# X

## Evidence

## Ripeness
";

/// Fetches in a clone; a feed that fails exits with 1 and leaves the others written.
fn fetch(clone: &Scratch, cache: &Scratch, day: usize, code: i32) {
    let mut command = clone.command(&["fetch", "--scan", "--force", "--today", &date(day)]);
    command.env("XDG_CACHE_HOME", cache.path("cache"));
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(code), "day {day}: {}", ran.said());
}

fn committed(clone: &Scratch, arguments: &[&str]) {
    let ran = git(clone, arguments);
    assert!(matches!(ran.code, Some(0)), "{arguments:?}: {}", ran.said());
}

/// The URLs of all catalogs with the number of lines that have them.
fn urls(clone: &Scratch) -> BTreeMap<String, usize> {
    let mut urls = BTreeMap::new();
    for (path, bytes) in clone.files() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for line in text.lines().filter(|_| path.ends_with("-backlog.md")) {
            if let Some((_, rest)) = line.split_once("](") {
                *urls.entry(rest.split(')').next().unwrap_or_default().to_string()).or_default() +=
                    1;
            }
        }
    }
    urls
}

#[test]
fn month_of_fetches_in_two_clones_has_every_item_once_and_acts_on_the_right_days() {
    let files: Vec<(String, String)> =
        (0..SOURCES).map(|source| (format!("{source}.xml"), feed(source, 1))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let Some(mut server) = FeedServer::start(&files) else { return };
    let sources: String = (0..SOURCES)
        .map(|source| {
            let url = server.at(&format!("/feeds/{source}.xml"));
            format!("  s{source}: {{feed: \"{url}\", allow-private: true, every: 1d}}\n")
        })
        .collect();
    let first = Scratch::new()
        .with("thread.yaml", format!("sources:\n{sources}"))
        .with("threads/x.md", THREAD)
        .with("backlogs/.keep", "");
    committed(&first, &["init", "-q", "-b", "main"]);
    assert_eq!(first.run(&["hook", "install", "--merge-only"]).code, Some(0));
    committed(&first, &["add", "-A"]);
    committed(&first, &["commit", "-qm", "begin"]);
    let second = first.copy();
    assert_eq!(second.run(&["hook", "install", "--merge-only"]).code, Some(0));
    let caches = [Scratch::new(), Scratch::new()];
    for day in 1..=DAYS {
        for source in 0..SOURCES {
            server.put(&format!("{source}.xml"), &feed(source, day));
        }
        let (clone, other, cache) = match day % 2 {
            1 => (&first, &second, &caches[0]),
            _ => (&second, &first, &caches[1]),
        };
        let code = i32::from((10..=12).contains(&day));
        fetch(clone, cache, day, code);
        committed(clone, &["add", "-A"]);
        committed(clone, &["commit", "-qm", &format!("day {day}"), "--allow-empty"]);
        let from = other.path(".").to_string_lossy().into_owned();
        committed(clone, &["pull", "-q", "--no-rebase", "--no-edit", &from, "main"]);
        let from = clone.path(".").to_string_lossy().into_owned();
        committed(other, &["pull", "-q", "--no-rebase", "--no-edit", &from, "main"]);
    }
    let last = ["check", "--today", "2026-11-30"];
    let check = first.run(&last);
    assert!(!check.stdout.contains("error["), "{}", check.said());
    let urls = urls(&first);
    let twice: Vec<_> = urls.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for source in 0..SOURCES {
        for number in (1..=DAYS).flat_map(|day| posts(source, day)) {
            let url = format!("https://s{source}.example/{number}");
            assert!(urls.contains_key(&url), "{url}");
        }
    }
    let thread = first.text("threads/x.md");
    let moves: Vec<&str> = thread.lines().filter(|line| line.contains('→')).collect();
    assert_eq!(moves.len(), 2, "{thread}");
    assert!(moves[0].starts_with("- 2026-11-15: low → medium"), "{moves:?}");
    assert!(moves[1].starts_with("- 2026-11-20: medium → ripe"), "{moves:?}");
}
