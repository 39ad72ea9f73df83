//! A run of a trigger test: builds its threads and catalogs in memory, replays its dates, and
//! compares the states with the expected ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::shared::phrases;
use crate::evaluate::Outcome;
use crate::evaluate::decision::Decision;
use crate::evaluate::history::History;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::selection;
use crate::evaluate::items::selection::Fit;
use crate::evaluate::items::thread_items::{Found, ThreadItems};
use crate::evaluate::level_state::LevelState;
use crate::evaluate::replay::{ReplayedDay, replay};
use crate::model::change::{Change, NewDraft};
use crate::model::reference::ambiguous;
use crate::model::trigger::Bound;
use crate::model::trigger_test::{
    Expectation, ExpectedTrigger, Given, GivenAttestation, GivenReading, TriggerTest,
};
use crate::model::{
    Catalog, CatalogItem, Configuration, Date, Diagnostic, Error, Evidence, LogEntry, Reading,
    Rule, Thread,
};
use crate::text::{Span, Spanned};

/// Result of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRun {
    /// Its name.
    pub name: String,
    /// The expectations that failed, with their positions in the test file.
    pub failures: Vec<Diagnostic>,
    /// Number of expectations.
    pub compared: usize,
    /// The leaves of all triggers, and how they were seen.
    pub seen: BTreeMap<LeafName, Seen>,
}

/// A leaf of a trigger's condition: the id of the trigger, and the text of the leaf.
pub type LeafName = (String, String);

/// The values of a leaf on the dates of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// True if it was satisfied on some date.
    pub satisfied: bool,
    /// True if it was not satisfied on some date.
    pub unsatisfied: bool,
}

/// Runs one test on a thread. `path` is that of the test file.
pub fn run(
    test: &TriggerTest,
    thread: &Thread,
    catalogs: &[Catalog],
    configuration: &Configuration,
    path: &str,
) -> TestRun {
    let mut test_run = TestRun {
        name: test.name.value.clone(),
        failures: Vec::new(),
        compared: 0,
        seen: BTreeMap::new(),
    };
    let days =
        test.given.iter().map(|given| given.on).chain(test.expect.iter().map(|expect| expect.on));
    let days: BTreeSet<Date> = days.collect();
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else {
        return test_run;
    };
    let world = World::new(test, thread, catalogs, configuration, path, &mut test_run.failures);
    let index = CatalogIndex::new(&world.catalogs, configuration);
    let history = History::new(&world.thread, &index, configuration);
    let mut start = LevelState::at(&history, first);
    if let Some(level) = &test.level {
        start.level = Some(level.value.clone());
    } else if !test.keeps_facts {
        start.level = configuration.ladder.0.first().cloned();
    }
    let decided = test
        .given
        .iter()
        .filter_map(|given| Some((given.on, given.decided.as_ref()?.value.clone())));
    let decided: BTreeMap<Date, String> = decided.collect();
    for day in replay(&history, start, (first, last), &decided, days.iter().copied()) {
        for verdict in &day.evaluation.verdicts {
            see(&verdict.trigger.id.value, &verdict.outcome, &mut test_run.seen);
        }
        for expectation in test.expect.iter().filter(|expect| expect.on == day.evaluation.day) {
            Comparison { day: &day, thread: &world.thread, path, test_run: &mut test_run }
                .compare(expectation);
        }
    }
    test_run
}

fn see(trigger: &str, outcome: &Outcome<'_>, seen: &mut BTreeMap<LeafName, Seen>) {
    if outcome.children.is_empty() {
        let label = phrases::condition_label(outcome.condition);
        let leaf = seen.entry((trigger.to_string(), label)).or_default();
        leaf.satisfied |= outcome.is_true();
        leaf.unsatisfied |= !outcome.is_true();
    }
    for child in &outcome.children {
        see(trigger, child, seen);
    }
}

/// The thread and the catalogs of a test with all facts. Later facts are ignored on a date, so that
/// the same files serve for all dates.
struct World {
    thread: Thread,
    catalogs: Vec<Catalog>,
}

impl World {
    fn new(
        test: &TriggerTest,
        thread: &Thread,
        catalogs: &[Catalog],
        configuration: &Configuration,
        path: &str,
        failures: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut world = Self { thread: thread.clone(), catalogs: Vec::new() };
        if test.keeps_facts {
            world.catalogs = catalogs.to_vec();
        } else {
            world.thread.evidence.clear();
            world.thread.log.clear();
            world.thread.drafts.clear();
            // The hold is in force from the first date of the test.
            world.thread.ripeness.since = None;
            if let Some(hold) = &mut world.thread.hold {
                hold.since = None;
            }
            for trigger in &mut world.thread.triggers {
                trigger.weighed = None;
            }
        }
        let mut given: Vec<&Given> = test.given.iter().collect();
        given.sort_by_key(|given| given.on);
        for day in &given {
            world.list(day);
            world.note(day);
        }
        let catalogs = std::mem::take(&mut world.catalogs);
        let index = CatalogIndex::new(&catalogs, configuration);
        for day in given {
            for reading in &day.read {
                let items = ThreadItems::new(&world.thread, &index, configuration, day.on);
                if let Err(error) = world.mark_read(day.on, reading, &items, &index) {
                    let span = reading.item.span;
                    let finding = Diagnostic::new(Rule::UnknownName, path, span, error.message);
                    failures.push(finding.help(error.help.unwrap_or_default()));
                }
            }
        }
        drop(index);
        world.catalogs = catalogs;
        world
    }

    /// Adds the catalogs of a date, one for each source.
    fn list(&mut self, day: &Given) {
        let listed = day.items.iter().filter_map(|given| given.item.source.as_deref());
        let listed = listed.map(str::to_string);
        let sources: BTreeSet<String> = listed.chain(day.scanned.iter().cloned()).collect();
        for source in sources {
            let of_source =
                day.items.iter().filter(|given| given.item.source.as_deref() == Some(&*source));
            let slug = Spanned::new(self.thread.slug.clone(), Span::at(0));
            let items = of_source.map(|given| CatalogItem {
                item: given.item.clone(),
                threads: if given.mapped { vec![slug.clone()] } else { Vec::new() },
            });
            let items = items.collect();
            let path = format!("given/{}-{source}", day.on);
            self.catalogs.push(Catalog { path, source, scanned: day.on, url: None, items });
        }
    }

    /// Adds attestations and drafts of a date.
    fn note(&mut self, day: &Given) {
        let attested = day.attested.iter().map(|word| attestation(day.on, word, true));
        let withdrawn = day.withdrawn.iter().map(|word| attestation(day.on, word, false));
        let drafts = day.drafts.iter().map(|draft| {
            Change::Draft(NewDraft {
                date: day.on,
                path: draft.path.clone(),
                title: None,
                from: None,
                state: draft.state.value.clone(),
                anchors: Vec::new(),
            })
        });
        for change in attested.chain(withdrawn).chain(drafts) {
            let applied = change.apply(&mut self.thread);
            debug_assert_eq!(applied, Ok(()), "a thread takes any log entry and any draft");
        }
    }

    /// Marks an item as read by a second evidence line, as the item must stay unread on earlier
    /// dates.
    fn mark_read(
        &mut self,
        day: Date,
        reading: &GivenReading,
        items: &ThreadItems,
        index: &CatalogIndex<'_>,
    ) -> Result<(), Error> {
        let word = &reading.item.value;
        let found = match items.resolve(word) {
            Found::One(item) => item,
            Found::Several(items) => {
                let items = items.iter().map(|item| (item.id.as_str(), item.url.as_deref()));
                return Err(ambiguous(word, items));
            }
            Found::Nothing => {
                let message = format!("`{word}` has not landed by {day}");
                return Err(Error::request(
                    message,
                    "add it under `items` on this date or earlier",
                ));
            }
        };
        let held = found.evidence.first().map(|&line| &self.thread.evidence[line]);
        let listed = || found.arrival.as_ref().map(|arrival| index.entry(arrival.by));
        let (landed, mut item) = match (held, listed()) {
            (Some(line), _) => (line.landed.or(line.item.date), line.item.clone()),
            (None, Some(entry)) => (Some(entry.catalog.scanned), entry.listed.item.clone()),
            (None, None) => return Ok(()),
        };
        item.id.clone_from(&found.id);
        item.has_written_id = true;
        item.reading = Reading::Read { on: Some(day) };
        let verdict = reading.verdict.clone();
        self.thread.evidence.push(Evidence { item, landed, verdict, notes: Vec::new() });
        Ok(())
    }
}

/// The change of the log when a person attests a claim or withdraws it.
fn attestation(date: Date, word: &GivenAttestation, is_attested: bool) -> Change {
    let claim = Some(word.claim.clone());
    let (attested, withdrawn) = if is_attested { (claim, None) } else { (None, claim) };
    let by = Some(word.by.clone());
    Change::Log(LogEntry { by, attested, withdrawn, ..LogEntry::new(date, String::new()) })
}

/// Compares one date with its expectations.
struct Comparison<'a> {
    day: &'a ReplayedDay<'a>,
    thread: &'a Thread,
    path: &'a str,
    test_run: &'a mut TestRun,
}

impl Comparison<'_> {
    fn compare(&mut self, expected: &Expectation) {
        for trigger in &expected.triggers {
            self.trigger(trigger);
        }
        for (set, count) in &expected.sets {
            self.set(set, *count);
        }
        let evaluation = &self.day.evaluation;
        if let Some(level) = &expected.level {
            let found = self.day.after.level.as_deref().unwrap_or("unknown");
            self.same("the level", &level.value, found, level.span);
        }
        if let Some(conflict) = &expected.conflict {
            let found = matches!(evaluation.decision, Decision::Conflict { .. });
            self.same("`conflict`", &conflict.value.to_string(), &found.to_string(), conflict.span);
        }
        if let Some(changed) = &expected.changed {
            let arrived =
                evaluation.items.items.iter().any(|item| item.landed == Some(evaluation.day));
            let found = match evaluation.decision {
                Decision::Nothing => arrived,
                Decision::Level { .. } => true,
                Decision::Conflict { .. } => false,
            };
            self.same("`changed`", &changed.value.to_string(), &found.to_string(), changed.span);
        }
        let held = evaluation.items.items.len();
        if let Some(count) = &expected.evidence_count {
            self.same(
                "the number of items",
                &count.value.to_string(),
                &held.to_string(),
                count.span,
            );
        }
        for word in &expected.evidence {
            let found = match evaluation.items.resolve(&word.value) {
                Found::One(_) => word.value.as_str(),
                Found::Nothing => "no such item",
                Found::Several(_) => "several items",
            };
            self.same("the evidence", &word.value, found, word.span);
        }
    }

    fn trigger(&mut self, expected: &ExpectedTrigger) {
        let Some(verdict) = self.day.evaluation.verdict(&expected.id.value) else {
            let known = self.thread.triggers.iter().map(|trigger| trigger.id.value.as_str());
            return self.unknown("trigger", &expected.id, known.collect());
        };
        let crux = verdict.outcome.crux();
        let (have, need) = match crux.need {
            Bound::AtLeast(need) | Bound::AtMost(need) => (crux.have, need),
        };
        let found = verdict.state.as_str();
        let label = phrases::condition_label(crux.condition);
        let told = format!("{found}, {have}/{need} of: {label}");
        if let Some(state) = &expected.state {
            let what = format!("`{}` ({told})", expected.id.value);
            self.same(&what, &state.value, found, state.span);
        }
        for (number, wanted, found) in
            [("have", &expected.have, have), ("need", &expected.need, need)]
        {
            if let Some(wanted) = wanted {
                let what = format!("`{number}` of `{}` ({told})", expected.id.value);
                self.same(&what, &wanted.value.to_string(), &found.to_string(), wanted.span);
            }
        }
    }

    fn set(&mut self, name: &Spanned<String>, wanted: u32) {
        let Some(set) = self.thread.sets.get(&name.value) else {
            return self.unknown(
                "set",
                name,
                self.thread.sets.keys().map(String::as_str).collect(),
            );
        };
        let items = self.day.evaluation.items.items.iter();
        let found = items.filter(|item| selection::fit_any(&set.value, item) == Fit::Full).count();
        let what = format!("the number of items in `{}`", name.value);
        self.same(&what, &wanted.to_string(), &found.to_string(), name.span);
    }

    fn same(&mut self, what: &str, expected: &str, found: &str, span: Span) {
        self.test_run.compared += 1;
        if expected != found {
            let day = self.day.evaluation.day;
            let message = format!("on {day}, {what} is {found}, not {expected}");
            let finding = Diagnostic::new(Rule::ExpectationFailed, self.path, span, message);
            self.test_run.failures.push(finding.label(format!("found: {found}")));
        }
    }

    fn unknown(&mut self, what: &str, word: &Spanned<String>, known: Vec<&str>) {
        let help = crate::text::suggest::unknown_name_help(&word.value, known.into_iter());
        let message = format!("the thread has no {what} `{}`", word.value);
        let finding = Diagnostic::new(Rule::UnknownName, self.path, word.span, message);
        self.test_run.failures.push(finding.help(help));
    }
}
