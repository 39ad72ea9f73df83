//! A run of a trigger test: builds its catalogs and its thread in memory, replays its dates, and
//! compares the results with the expected ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::shared::phrases;
use crate::evaluate::items::selection::{Fit, fit_any};
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::evaluate::replay::{ReplayedDay, replay};
use crate::evaluate::{CatalogIndex, Decision, History, LevelState, Outcome, ThreadItems};
use crate::model::change::{Change, NewDraft};
use crate::model::reference::ambiguous;
use crate::model::trigger::Bound;
use crate::model::trigger_test::{
    Expectation, ExpectedTrigger, GivenAttestation, GivenFacts, GivenReading, TriggerTest,
};
use crate::model::{
    Catalog, CatalogItem, Configuration, Date, Diagnostic, Error, Evidence, ItemRecord, LogEntry,
    Reading, Rule, Thread,
};
use crate::text::suggest::unknown_name_help;
use crate::text::{Span, Spanned};
use crate::workspace::Workspace;

/// Result of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TestRun {
    /// Name of the test.
    pub name: String,
    /// The expectations that failed, with their positions in the test file.
    pub failures: Vec<Diagnostic>,
    /// Number of values that were compared.
    pub compared: usize,
    /// The leaves of all triggers, with their values on the dates of the test.
    pub seen: BTreeMap<LeafName, Seen>,
}

/// A leaf of a trigger's condition: the id of the trigger, and the text of the leaf.
pub(super) type LeafName = (String, String);

/// The values of a leaf on the dates of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seen {
    /// True if the leaf was satisfied on some date.
    pub satisfied: bool,
    /// True if the leaf was not satisfied on some date.
    pub unsatisfied: bool,
}

/// Runs one test on a thread. `path` is the path of the test file.
pub(super) fn run(
    test: &TriggerTest,
    thread: &Thread,
    workspace: &Workspace,
    path: &str,
) -> TestRun {
    let configuration = &workspace.configuration;
    let mut test_run = TestRun {
        name: test.name.value.clone(),
        failures: Vec::new(),
        compared: 0,
        seen: BTreeMap::new(),
    };
    let given_dates = test.given.iter().map(|given| given.on);
    let dates: BTreeSet<Date> =
        given_dates.chain(test.expect.iter().map(|expected| expected.on)).collect();
    let (Some(&first), Some(&last)) = (dates.first(), dates.last()) else {
        return test_run;
    };
    // The thread and the catalogs have the facts of all dates: later facts are ignored on a date.
    let catalogs = catalogs_of_test(test, thread, workspace);
    let index = CatalogIndex::new(&catalogs, configuration);
    let (thread, unknown_items) = thread_of_test(test, thread, &index, configuration);
    test_run.failures.extend(unknown_items.into_iter().map(|(error, span)| {
        Diagnostic::new(Rule::UnknownName, path, span, error.message)
            .help(error.help.unwrap_or_default())
    }));
    let history = History::new(&thread, &index, configuration);
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
    for day in replay(&history, start, (first, last), &decided, dates.iter().copied()) {
        for status in &day.evaluation.triggers {
            record_leaves(&status.trigger.id.value, &status.outcome, &mut test_run.seen);
        }
        for expected in test.expect.iter().filter(|expected| expected.on == day.evaluation.date) {
            Comparison { day: &day, path, test_run: &mut test_run }.compare(expected);
        }
    }
    test_run
}

/// Records which leaves of an evaluated condition are satisfied.
fn record_leaves(trigger: &str, outcome: &Outcome<'_>, seen: &mut BTreeMap<LeafName, Seen>) {
    if outcome.children.is_empty() {
        let label = phrases::condition_label(outcome.condition);
        let leaf = seen.entry((trigger.to_string(), label)).or_default();
        leaf.satisfied |= outcome.is_true();
        leaf.unsatisfied |= !outcome.is_true();
    }
    for child in &outcome.children {
        record_leaves(trigger, child, seen);
    }
}

/// Returns the catalogs of a test: one for each date and source, after those of the workspace if
/// the test keeps its facts.
fn catalogs_of_test(test: &TriggerTest, thread: &Thread, workspace: &Workspace) -> Vec<Catalog> {
    let mut catalogs = if test.keeps_facts { workspace.catalogs.clone() } else { Vec::new() };
    for given in given_by_date(test) {
        let listed = given.items.iter().filter_map(|given| given.item.source.as_deref());
        let sources: BTreeSet<&str> =
            listed.chain(given.scanned.iter().map(String::as_str)).collect();
        catalogs.extend(sources.into_iter().map(|source| catalog(given, source, thread)));
    }
    catalogs
}

/// Returns the catalog of a source on a date.
fn catalog(given: &GivenFacts, source: &str, thread: &Thread) -> Catalog {
    let slug = Spanned::new(thread.slug.clone(), Span::at(0));
    let of_source = given.items.iter().filter(|given| given.item.source.as_deref() == Some(source));
    let items = of_source.map(|given| CatalogItem {
        item: given.item.clone(),
        threads: if given.mapped { vec![slug.clone()] } else { Vec::new() },
    });
    Catalog {
        path: format!("given/{}-{source}", given.on),
        source: source.to_string(),
        scanned: given.on,
        baseline: false,
        url: None,
        items: items.collect(),
    }
}

/// Returns the thread with the attestations, drafts and readings of a test, and an error for each
/// reading of an unknown item, with its position in the test file.
fn thread_of_test(
    test: &TriggerTest,
    thread: &Thread,
    index: &CatalogIndex<'_>,
    configuration: &Configuration,
) -> (Thread, Vec<(Error, Span)>) {
    let mut thread = thread.clone();
    if !test.keeps_facts {
        remove_facts(&mut thread);
    }
    let given = given_by_date(test);
    for change in given.iter().flat_map(|given| changes(given)) {
        let applied = change.apply(&mut thread);
        debug_assert_eq!(applied, Ok(()), "log entries and drafts can be added to any thread");
    }
    let mut unknown_items = Vec::new();
    for given in given {
        for reading in &given.read {
            let items = ThreadItems::new(&thread, index, configuration, given.on);
            match evidence_of_reading(given.on, reading, &thread, &items, index) {
                Ok(evidence) => thread.evidence.extend(evidence),
                Err(error) => unknown_items.push((error, reading.item.span)),
            }
        }
    }
    (thread, unknown_items)
}

fn given_by_date(test: &TriggerTest) -> Vec<&GivenFacts> {
    let mut given: Vec<&GivenFacts> = test.given.iter().collect();
    given.sort_by_key(|given| given.on);
    given
}

/// Removes evidence, log and drafts of a thread. Its hold is in force from the first date on.
fn remove_facts(thread: &mut Thread) {
    thread.evidence.clear();
    thread.log.clear();
    thread.drafts.clear();
    thread.ripeness.since = None;
    if let Some(hold) = &mut thread.hold {
        hold.since = None;
    }
    for trigger in &mut thread.triggers {
        trigger.acknowledged = None;
    }
}

/// Returns the changes that add the attestations and drafts of a date.
fn changes(given: &GivenFacts) -> Vec<Change> {
    let attested = given.attested.iter().map(|given_by| LogEntry {
        attested: Some(given_by.claim.clone()),
        ..entry_by(given_by, given.on)
    });
    let withdrawn = given.withdrawn.iter().map(|given_by| LogEntry {
        withdrawn: Some(given_by.claim.clone()),
        ..entry_by(given_by, given.on)
    });
    let drafts = given.drafts.iter().map(|draft| {
        Change::Draft(NewDraft {
            date: given.on,
            path: draft.path.clone(),
            title: None,
            from: None,
            state: draft.state.value.clone(),
            anchors: Vec::new(),
        })
    });
    attested.chain(withdrawn).map(Change::Log).chain(drafts).collect()
}

fn entry_by(attestation: &GivenAttestation, date: Date) -> LogEntry {
    LogEntry { by: Some(attestation.by.clone()), ..LogEntry::new(date, String::new()) }
}

/// Returns a second evidence line that marks an item as read; the item stays unread on earlier
/// dates.
fn evidence_of_reading(
    date: Date,
    reading: &GivenReading,
    thread: &Thread,
    items: &ThreadItems,
    index: &CatalogIndex<'_>,
) -> Result<Option<Evidence>, Error> {
    let reference = &reading.item.value;
    let item = match items.resolve(reference) {
        ResolvedItem::One(item) => item,
        ResolvedItem::Several(items) => {
            let items = items.iter().map(|item| (item.id.as_str(), item.url.as_deref()));
            return Err(ambiguous(reference, items));
        }
        ResolvedItem::Nothing => {
            let message = format!("`{reference}` has not landed by {date}");
            return Err(Error::request(message, "add it under `items` on this date or earlier"));
        }
    };
    let (landed, record) = if let Some(&line) = item.evidence.first() {
        let line = &thread.evidence[line];
        (line.landed.or(line.item.date), &line.item)
    } else if let Some(arrival) = &item.arrival {
        let entry = index.entry(arrival.by);
        (Some(entry.landed()), &entry.listed.item)
    } else {
        return Ok(None);
    };
    let record = ItemRecord {
        id: item.id.clone(),
        has_written_id: true,
        reading: Reading::Read { on: Some(date) },
        ..record.clone()
    };
    let verdict = reading.verdict.clone();
    Ok(Some(Evidence { item: record, landed, verdict, notes: Vec::new(), dropped: None }))
}

/// Compares one date with its expectations.
struct Comparison<'a> {
    day: &'a ReplayedDay<'a>,
    path: &'a str,
    test_run: &'a mut TestRun,
}

impl Comparison<'_> {
    fn compare(&mut self, expected: &Expectation) {
        for trigger in &expected.triggers {
            self.compare_trigger(trigger);
        }
        for (set, count) in &expected.sets {
            self.compare_set(set, *count);
        }
        let evaluation = &self.day.evaluation;
        let items = &evaluation.items.items;
        if let Some(level) = &expected.level {
            let found = phrases::level_name(self.day.after.level.as_deref());
            self.compare_value("the level", level, &found);
        }
        if let Some(conflict) = &expected.conflict {
            self.compare_value("`conflict`", conflict, &evaluation.decision.is_conflict());
        }
        if let Some(changed) = &expected.changed {
            let found = match evaluation.decision {
                Decision::Nothing => items.iter().any(|item| item.landed == Some(evaluation.date)),
                Decision::Level { .. } => true,
                Decision::Conflict { .. } => false,
            };
            self.compare_value("`changed`", changed, &found);
        }
        if let Some(count) = &expected.evidence_count {
            self.compare_value("the number of items", count, &items.len());
        }
        for reference in &expected.evidence {
            let found = match evaluation.items.resolve(&reference.value) {
                ResolvedItem::One(_) => reference.value.as_str(),
                ResolvedItem::Nothing => "no such item",
                ResolvedItem::Several(_) => "several items",
            };
            self.compare_value("the evidence", reference, &found);
        }
    }

    fn compare_trigger(&mut self, expected: &ExpectedTrigger) {
        let id = &expected.id.value;
        let Some(status) = self.day.evaluation.trigger(id) else {
            let ids =
                self.day.evaluation.thread.triggers.iter().map(|trigger| trigger.id.value.as_str());
            return self.fail_unknown("trigger", &expected.id, ids);
        };
        let crux = status.outcome.crux();
        let (Bound::AtLeast(need) | Bound::AtMost(need)) = crux.need;
        let (have, state) = (crux.have, status.state.as_str());
        let label = phrases::condition_label(crux.condition);
        let found = format!("({state}, {have}/{need} of: {label})");
        if let Some(expected) = &expected.state {
            self.compare_value(&format!("`{id}` {found}"), expected, &state);
        }
        if let Some(expected) = &expected.have {
            self.compare_value(&format!("`have` of `{id}` {found}"), expected, &have);
        }
        if let Some(expected) = &expected.need {
            self.compare_value(&format!("`need` of `{id}` {found}"), expected, &need);
        }
    }

    fn compare_set(&mut self, name: &Spanned<String>, expected: u32) {
        let Some(set) = self.day.evaluation.thread.sets.get(&name.value) else {
            let names = self.day.evaluation.thread.sets.keys().map(String::as_str);
            return self.fail_unknown("set", name, names);
        };
        let items = self.day.evaluation.items.items.iter();
        let found = items.filter(|item| fit_any(&set.value, item) == Fit::Full).count();
        let what = format!("the number of items in `{}`", name.value);
        self.compare_value(&what, &Spanned::new(expected, name.span), &found);
    }

    /// Adds a failure if the texts of the two values differ.
    fn compare_value(
        &mut self,
        what: &str,
        expected: &Spanned<impl ToString>,
        found: &impl ToString,
    ) {
        self.test_run.compared += 1;
        let (value, found) = (expected.value.to_string(), found.to_string());
        if value != found {
            let date = self.day.evaluation.date;
            let message = format!("on {date}, {what} is {found}, not {value}");
            let finding =
                Diagnostic::new(Rule::ExpectationFailed, self.path, expected.span, message);
            self.test_run.failures.push(finding.label(format!("found: {found}")));
        }
    }

    fn fail_unknown<'k>(
        &mut self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let help = unknown_name_help(what, &name.value, known);
        let message = format!("the thread has no {what} `{}`", name.value);
        let finding = Diagnostic::new(Rule::UnknownName, self.path, name.span, message);
        self.test_run.failures.push(finding.help(help));
    }
}
