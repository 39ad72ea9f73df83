//! Random histories of one thread: catalogs, readings, claims, drafts, and the triggers of the
//! thread.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use thread_tracker::model::Date;

use crate::support::triggers::X;
use crate::support::world::{World, day};

/// The day on which everything is known: catalogs and notes are of days 0 to this.
pub const LAST: u64 = 12;

/// A day of the story.
pub fn on(number: u64) -> String {
    at(i64::try_from(number).expect("a story is short")).to_string()
}

fn at(number: i64) -> Date {
    day("2026-05-01") + chrono::TimeDelta::days(number)
}

/// Parts of a history.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Conditions and keys that turn with the calendar alone, and dates that are still to come.
    pub clock: bool,
    /// Triggers that lower, that stay, and that act only from some levels.
    pub all_effects: bool,
    /// Catalog items that are mapped to no thread, or only by a later catalog.
    pub unmapped: bool,
}

/// A line of the thread with the date on which it was written.
type Dated = (u64, String);

/// One thread and all that happened to it.
#[derive(Debug, Clone)]
pub struct History {
    level: &'static str,
    hold: String,
    pub triggers: Vec<String>,
    pub sets: Vec<&'static str>,
    evidence: Vec<Line>,
    log: Vec<Dated>,
    drafts: Vec<Dated>,
    catalogs: Vec<(u64, &'static str, Vec<String>)>,
}

/// An evidence line written on a date, the date of its reading with the text that is then there, and
/// the date on which it is dropped.
#[derive(Debug, Clone)]
struct Line {
    landed: u64,
    head: String,
    read: Option<(u64, String)>,
    dropped: Option<u64>,
}

const LEVELS: [&str; 4] = ["low", "medium", "medium", "ripe"];

const CONFIGURATION: &str = "ladder: [low, medium, ripe]\nsources: {one: {org: metr}, two: {}}\n\
                             people: {alex: person, sam: person}\n";

const SETS: [&str; 7] = [
    "hits: {tag: hit}",
    "nears: {tag: near}",
    "either: [{tag: hit}, {source: two}]",
    "others: {tag: [hit, near], except: {org: metr}}",
    "unread: {tag: hit, read: false}",
    "good: {tag: hit, verdict: good}",
    "voices: {source: [one, two]}",
];

/// A value now and then, where it is wanted at all.
fn given<T: std::fmt::Debug + Clone + 'static>(
    wanted: bool,
    chance: f64,
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    if wanted { option::weighted(chance, value).boxed() } else { Just(None).boxed() }
}

fn leaf(kind: Kind) -> BoxedStrategy<String> {
    let bound = prop_oneof![
        3 => (1..4_u32).prop_map(|least| format!("at-least: {least}")),
        1 => (0..3_u32).prop_map(|most| format!("at-most: {most}")),
    ];
    let set = select(vec!["hits", "nears", "either", "others", "unread", "good", "voices"]);
    let distinct = select(vec!["", "", ", distinct: org", ", distinct: source"]);
    let within = given(kind.clock, 0.3, 1..15_u32);
    let since = option::weighted(0.2, 0..=LAST);
    let count =
        (set, bound, distinct, within, since).prop_map(|(set, bound, distinct, within, since)| {
            let within =
                within.map(|days| format!(", published-within: {days}d")).unwrap_or_default();
            let since = since.map(|day| format!(", landed-since: {}", on(day))).unwrap_or_default();
            format!("{{count: {{of: {set}, {bound}{distinct}{within}{since}}}}}")
        });
    let facts = select(vec![
        "{read: one/k0}",
        "{read: 'https://example.org/k1'}",
        "{verdict: {item: one/k0, is: good}}",
        "{verdict: {item: one/k0, is: [good, bad]}}",
        "{attested: {claim: seen}}",
        "{attested: {claim: seen, people: 2}}",
        "{attested: {claim: seen, by: sam}}",
        "{draft: {is: published}}",
        "{draft: {is: [drafting, published]}}",
    ]);
    let quiet = (1..8_u32).prop_map(|days| format!("{{quiet: {{of: voices, for: {days}d}}}}"));
    if kind.clock {
        prop_oneof![5 => count, 3 => facts.prop_map(str::to_string), 1 => quiet].boxed()
    } else {
        prop_oneof![5 => count, 3 => facts.prop_map(str::to_string)].boxed()
    }
}

fn condition(kind: Kind) -> impl Strategy<Value = String> {
    leaf(kind).prop_recursive(2, 6, 3, |inner| {
        let word = select(vec!["all", "any", "any", "none"]);
        (word, vec(inner, 1..4))
            .prop_map(|(word, list)| format!("{{{word}: [{}]}}", list.join(", ")))
    })
}

fn trigger(kind: Kind) -> impl Strategy<Value = String> {
    let effects = if kind.all_effects {
        vec!["raise-to", "raise-to", "raise-to", "lower-to", "stay-at"]
    } else {
        vec!["raise-to"]
    };
    let from = given(kind.all_effects, 0.2, select(LEVELS.to_vec()));
    let held = given(kind.clock, 0.3, 1..12_u32);
    let until = given(kind.clock, 0.2, 0..=LAST + 8);
    (select(effects), select(LEVELS.to_vec()), condition(kind), from, held, until).prop_map(
        |(effect, level, when, from, held, until)| {
            let mut text =
                format!("    why: it has come about\n    {effect}: {level}\n    when: {when}\n");
            if let Some(from) = from {
                text.push_str(&format!("    from: {from}\n"));
            }
            if let Some(days) = held {
                text.push_str(&format!("    for: {days}d\n"));
            }
            if let Some(day) = until {
                text.push_str(&format!("    until: {}\n", on(day)));
            }
            text
        },
    )
}

/// A bullet of one of seven items. Two of them that tell of one key are one item, because they
/// share an address; some say by `same-as` that they are yet another.
fn item(kind: Kind) -> impl Strategy<Value = String> {
    let furthest: i64 = if kind.clock { 15 } else { 0 };
    let date = option::weighted(0.9, -20..=furthest);
    let tags = subsequence(vec!["hit", "near"], 0..=2);
    let org = option::weighted(0.4, select(vec!["metr", "apollo", "openai"]));
    let same = option::weighted(0.1, 0..7_u32);
    let mapped = if kind.unmapped { prop::bool::weighted(0.8).boxed() } else { Just(true).boxed() };
    (0..7_u32, date, tags, org, same, mapped).prop_map(|(key, date, tags, org, same, mapped)| {
        let mut text = format!("[Item {key}](https://example.org/k{key})");
        if let Some(date) = date {
            text.push_str(&format!(" ({})", at(date)));
        }
        let fields = [
            ("tags", (!tags.is_empty()).then(|| tags.join(", "))),
            ("org", org.map(str::to_string)),
            ("same-as", same.map(|other| format!("https://example.org/k{other}"))),
            ("thread", mapped.then(|| "x".to_string())),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                text.push_str(&format!(" [{key}:: {value}]"));
            }
        }
        text
    })
}

fn line() -> impl Strategy<Value = Line> {
    let read = (0..=LAST, select(vec!["", " [verdict:: good]", " [verdict:: bad]"]));
    let dropped = option::weighted(0.2, 0..=LAST);
    (0..4_u32, 0..=LAST, option::of(read), prop::bool::ANY, dropped).prop_map(
        |(key, landed, read, tagged, dropped)| Line {
            dropped,
            landed,
            head: format!(
                "[Item {key}](https://example.org/k{key}) (2026-04-20){} [landed:: {}]",
                if tagged { " [tags:: hit]" } else { "" },
                on(landed),
            ),
            read: read.map(|(day, verdict)| (day, format!(" [read:: {}]{verdict}", on(day)))),
        },
    )
}

fn said() -> impl Strategy<Value = Dated> {
    let word = select(vec!["attested", "attested", "withdrawn"]);
    (0..=LAST, word, select(vec!["alex", "sam"])).prop_map(|(day, word, person)| {
        (day, format!("- {}: so it is [{word}:: seen] [by:: {person}]", on(day)))
    })
}

fn drafted() -> impl Strategy<Value = Dated> {
    (0..=LAST, 0..3_u32, select(vec!["drafting", "published"])).prop_map(|(day, number, state)| {
        (day, format!("- {} — drafts/d{number}.md — “D.” [state:: {state}]", on(day)))
    })
}

/// A history of this kind.
pub fn history(kind: Kind) -> impl Strategy<Value = History> {
    let catalog = (0..=LAST, select(vec!["one", "two", "three"]), vec(item(kind), 0..4));
    let hold =
        select(vec!["", "", "", "hold: {below: ripe, until: {read: one/k0}, why: unread}\n"]);
    (
        select(LEVELS.to_vec()),
        hold,
        vec(trigger(kind), 1..5),
        vec(line(), 0..3),
        vec(said(), 0..3),
        vec(drafted(), 0..2),
        vec(catalog, 0..6),
    )
        .prop_map(|(level, hold, triggers, evidence, mut log, drafts, mut catalogs)| {
            log.sort();
            catalogs.sort();
            catalogs.dedup_by_key(|(day, source, _)| (*day, *source));
            let numbered = triggers.into_iter().enumerate();
            let triggers = numbered.map(|(id, text)| format!("  - id: t{id}\n{text}")).collect();
            let hold = hold.to_string();
            let sets = SETS.to_vec();
            History { level, hold, triggers, sets, evidence, log, drafts, catalogs }
        })
}

impl History {
    /// The same without anything that people wrote into the thread.
    pub fn of_catalogs(mut self) -> Self {
        (self.log, self.drafts) = (Vec::new(), Vec::new());
        self.evidence.iter_mut().for_each(|line| line.read = None);
        self
    }

    /// The files with all that was known on a day.
    pub fn known_on(&self, last: u64) -> World {
        let lines: String = self.evidence.iter().map(|line| line.as_of(last)).collect();
        let until = |dated: &[Dated]| -> String {
            let known = dated.iter().filter(|(day, _)| *day <= last);
            known.map(|(_, line)| format!("{line}\n")).collect()
        };
        let text = format!(
            "---\nripeness: {{level: {}, since: 2026-04-01}}\n{}verdicts: {{one/k0: [good, bad]}}\nsets:\n{}triggers:\n{}---\n\n\
             # X\n\n## Evidence\n\n### One\n\n{lines}\n## Ripeness\n\n{}\n## Drafts\n\n{}",
            self.level,
            self.hold,
            self.sets.iter().map(|set| format!("  {set}\n")).collect::<String>(),
            self.triggers.concat(),
            until(&self.log),
            until(&self.drafts),
        );
        let known = self.catalogs.iter().filter(|(day, ..)| *day <= last);
        known.fold(
            World::new().with("thread.yaml", CONFIGURATION).with(X, text),
            |world, (day, source, items)| world.catalog(&on(*day), source, items),
        )
    }

    /// The files with all that was ever known.
    pub fn world(&self) -> World {
        self.known_on(LAST)
    }
}

impl Line {
    fn as_of(&self, last: u64) -> String {
        let read = self.read.as_ref().filter(|(day, _)| *day <= last);
        let dropped = self.dropped.filter(|day| *day <= last);
        let mark = match (read, dropped) {
            (_, Some(_)) => '-',
            (Some(_), None) => 'x',
            (None, None) => ' ',
        };
        let fields = read.map_or("", |(_, fields)| fields);
        let dropped = dropped.map(|day| format!(" [dropped:: {}]", on(day))).unwrap_or_default();
        if self.landed > last {
            return String::new();
        }
        format!("- [{mark}] {}{fields}{dropped}\n", self.head)
    }
}
