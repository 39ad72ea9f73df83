//! Hostile titles through `catalog import`: each item is read back as the feed has it.

use std::fmt::Write;
use std::ops::Range;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;
use thread_tracker::commands::catalog::edit::add_listings;
use thread_tracker::commands::catalog::intake::{Intake, IntakeOptions, take_in};
use thread_tracker::feed::{Format, Origin, Reading, read};
use thread_tracker::model::{Catalog, Diagnostic, Reading as ReadState, Rule, Severity};

use crate::edit::free_text::NASTY;
use crate::support::random::cases;
use crate::support::world::{World, day};

const TODAY: &str = "2026-11-23";

/// The number of batches of each format, and of titles of each batch: 20,000 titles in all.
const BATCHES: u32 = 20;
const TITLES: usize = 500;

/// The number of titles of the feed that makes the catalog; the others continue it.
const FIRST: usize = TITLES - 20;

/// Characters that terminals obey, that are not visible, or that markdown, HTML and YAML take for
/// markup.
#[rustfmt::skip]
const SPECIAL: [char; 62] = [
    '[', ']', '(', ')', '<', '>', '{', '}', '\\', '|', '`', '*', '_', '~', '#', '^', '!', '&', ';', ':',
    ',', '.', '"', '\'', '“', '”', '„', '→', '—', '–', '-', '+', '=', '/', '%', '$', '@', '?',
    '\n', '\r', '\t', '\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{a0}', '\u{ad}', '\u{200b}',
    '\u{200d}', '\u{200e}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{3000}', '\u{feff}',
    '\u{fdd0}', '\u{ffff}', '\u{e0041}', 'é', '\u{301}',
];

/// Titles that look like other parts of a line of a catalog or of a feed.
#[rustfmt::skip]
const LINES: [&str; 30] = [
    "- [ ] [a](https://e.org/a) (2026-01-01)", "[tags:: x]", "[thread:: x]", "[read:: 2026-01-01]",
    "[landed:: 2026-01-01]", "[same-as:: lab/1]", "(2026-01-01)", "[x]", "[-] a", "**#7** a", "**bold**",
    "#7", "a ^block", "| a | b |", "|---|", "a  \nb", "<b>bold</b>", "<script>a</script>b", "<br>",
    "&lt;b&gt;", "&amp;amp;", "&#x5b;x&#x5d;", "&nbsp;", "<!-- a -->", "]]>", "\u{1b}[31mred\u{1b}[0m",
    "🦀👩‍👩‍👧", "שלום עולם", "مرحبا", "海藻",
];

/// A part of a title: its kind, and a number that chooses it. Numbers are faster than a strategy for each
/// kind.
fn part((kind, number): (u8, u32)) -> String {
    let at = usize::try_from(number).expect("a small number");
    let word = |character: char| character.to_string().repeat(at % 7 + 1);
    match kind {
        0..6 => SPECIAL[at % SPECIAL.len()].to_string(),
        6..9 => NASTY[at % NASTY.len()].to_string(),
        9..12 => LINES[at % LINES.len()].to_string(),
        12..15 => word(char::from(b'a' + u8::try_from(at % 26).expect("a letter"))),
        15..17 => " ".to_string(),
        17 => word(char::from_u32(number % 0x3000).unwrap_or('x')),
        _ => char::from_u32(number % 0x11_0000).unwrap_or('x').to_string(),
    }
}

type Checked = Result<(), TestCaseError>;

/// A title and a date.
type Entry = (String, Option<NaiveDate>);

/// An entry: a title of few parts, rarely of hundreds, and a date of this year.
fn entry() -> impl Strategy<Value = Entry> {
    let parts = proptest::collection::vec((0..19_u8, any::<u32>()), 1..10);
    (parts, 0..200_u8, 0..360_u32).prop_map(|(parts, repeat, ordinal)| {
        let title: String = parts.into_iter().map(part).collect();
        let title = if repeat == 0 { title.repeat(100) } else { title };
        // An entry whose number is no day before today has no date.
        let date = NaiveDate::from_yo_opt(2026, ordinal).filter(|date| *date < day(TODAY));
        (title, date)
    })
}

/// The URL of an entry. Some have characters that end a link of markdown.
fn url(at: usize) -> String {
    let path = ["p/", "a_(b)/", "?q=[x]&n=", "%5B/", "a*b_c/"][at % 5];
    format!("https://lab.example/{path}{at}")
}

fn json_lines(entries: &[Entry]) -> String {
    let line = |(at, (title, date)): (usize, &Entry)| {
        format!("{}\n", json!({ "title": title, "url": url(at), "date": date }))
    };
    entries.iter().enumerate().map(line).collect()
}

fn rss(entries: &[Entry]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut feed = String::from("<rss version=\"2.0\"><channel><title>Lab</title>");
    for (at, (title, date)) in entries.iter().enumerate() {
        let date = date.map_or(String::new(), |date| format!("<pubDate>{date}</pubDate>"));
        let (title, url) = (escaped(title), escaped(&url(at)));
        write!(feed, "<item><title>{title}</title><link>{url}</link>{date}</item>")
            .expect("a string");
    }
    feed + "</channel></rss>"
}

fn reading(feed: &str) -> Reading {
    let origin = Origin { format: Format::Auto, charset: None, base: None, today: day(TODAY) };
    read(feed.as_bytes(), &origin).unwrap_or_else(|reason| panic!("{reason}"))
}

/// Imports a feed as `catalog import` does, and returns the files with what was new.
fn import(world: &World, reading: &Reading) -> (World, Intake) {
    world.in_context(TODAY, |context| {
        let intake = take_in(context, "lab", reading, &IntakeOptions::default()).expect("no limit");
        let mut after = world.clone();
        if !intake.new.is_empty() {
            let plan = add_listings(context, "lab", intake.baseline, &intake.listings());
            let plan = plan.unwrap_or_else(|error| panic!("{error:?}")).plan;
            let created = plan.new_files.into_iter().map(|file| (file.path, file.text));
            let rewritten = plan.rewrites.into_iter().map(|file| (file.before.path, file.after));
            after.files.extend(created.chain(rewritten));
        }
        (after, intake)
    })
}

/// Returns whether the stage of feeds takes no part of a title for markup and removes no character.
fn is_kept(title: &str) -> bool {
    let is_visible = |c: char| c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation();
    title.chars().all(|c| is_visible(c) && !matches!(c, '<' | '&')) && title.chars().count() <= 300
}

/// Title, URL and date of an item.
type Facts = (Option<String>, Option<String>, Option<NaiveDate>);

fn listed(catalogs: &[Catalog]) -> Vec<Facts> {
    let items = catalogs.iter().flat_map(|catalog| &catalog.items);
    let mut facts: Vec<Facts> = items
        .map(|listed| {
            let item = &listed.item;
            assert_eq!((item.label.as_deref(), item.org.as_deref()), (None, None), "{item:?}");
            assert!(item.tags.is_empty() && item.same_as.is_empty(), "{item:?}");
            assert!(listed.threads.is_empty() && item.reading == ReadState::Unread, "{item:?}");
            // The line of an entry without a title has the id in its place.
            let title = item.title.clone().filter(|title| *title != item.id);
            (title, item.url.as_deref().map(str::to_string), item.date)
        })
        .collect();
    facts.sort();
    facts
}

fn expected(reading: &Reading) -> Vec<Facts> {
    let entries = reading.entries.iter();
    let mut facts: Vec<Facts> =
        entries.map(|entry| (entry.title.clone(), entry.url.clone(), entry.date)).collect();
    facts.sort();
    facts
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec(entry(), TITLES)
}

/// Imports the beginning of a feed, the whole feed, and its end again.
fn is_read_back(entries: &[Entry], feed: fn(&[Entry]) -> String) -> Checked {
    let whole = reading(&feed(entries));
    prop_assert_eq!(whole.entries.len(), TITLES, "{:?}", whole.damages);
    for ((title, date), entry) in entries.iter().zip(&whole.entries) {
        prop_assert_eq!(entry.date, *date);
        if is_kept(title) && !title.trim().is_empty() {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(entry.title.as_deref(), Some(title.as_str()));
        }
    }
    let part = |range: Range<usize>| Reading {
        entries: whole.entries[range].to_vec(),
        ..Reading::default()
    };
    let world = World::new().with("thread.yaml", "sources: {lab: {at-most: 1000}}\n");
    let (world, first) = import(&world, &part(0..FIRST));
    prop_assert_eq!(first.new.len(), FIRST, "{:?}", first.notes);
    let (world, second) = import(&world, &whole);
    prop_assert_eq!(
        (second.new.len(), second.known),
        (TITLES - FIRST, FIRST),
        "{:?}",
        second.notes
    );
    let (again, third) = import(&world, &part(FIRST..TITLES));
    prop_assert_eq!((third.new.len(), third.known), (0, TITLES - FIRST), "{:?}", third.notes);
    prop_assert_eq!(again, world.clone());
    for intake in [first, second, third] {
        prop_assert!(intake.changed.is_empty(), "{:?}", intake.changed);
    }
    let workspace = world.read();
    prop_assert_eq!(workspace.catalogs.len(), 1);
    prop_assert_eq!(listed(&workspace.catalogs), expected(&whole));
    // Without hints, `check` prints nothing. The items belong to no thread, and a title may have a date
    // that its item lacks.
    let is_expected = |finding: &Diagnostic| {
        matches!(finding.rule, Rule::UnmappedItems | Rule::UnreadDate)
            && finding.severity == Severity::Hint
    };
    let findings: Vec<Diagnostic> =
        world.check().into_iter().filter(|finding| !is_expected(finding)).collect();
    prop_assert!(findings.is_empty(), "{:#?}", &findings[..findings.len().min(3)]);
    Ok(())
}

proptest! {
    #![proptest_config(cases(BATCHES))]

    #[test]
    fn imported_titles_of_json_are_read_back(entries in entries()) {
        is_read_back(&entries, json_lines)?;
    }

    #[test]
    fn imported_titles_of_rss_are_read_back(entries in entries()) {
        is_read_back(&entries, rss)?;
    }
}
