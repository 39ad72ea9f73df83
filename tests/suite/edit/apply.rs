//! `Change::apply`: the effect of each change on the model, and the comparison of models without
//! spans.

use thread_tracker::model::change::{
    ApplyError, Arrival, Change, Listing, NewDraft, NewHold, NewReading, NewUntil, ReadingMark,
};
use thread_tracker::model::erase_spans::EraseSpans;
use thread_tracker::model::{
    Catalog, Configuration, HoldUntil, LevelChange, LogEntry, Reading, Status, Thread,
};
use thread_tracker::parse::{catalog, thread};
use thread_tracker::text::{Document, Span};

use crate::support::world::day;

const THREAD: &str = "---
ripeness: {level: low, since: 2026-01-01}
hold: {below: ripe, until: 2026-02-01, why: wait}
sets: {hits: {tag: hit}}
triggers:
  - {id: one, why: a hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}, weighed: [lab/a]}
---
# X

## Evidence

### Lab

- [ ] [A](https://e.org/a) (2026-01-02) [landed:: 2026-01-03]

## Ripeness

- 2026-01-01: opened

## Drafts

- 2026-01-05 — drafts/x.md [state:: drafting]
";

const CATALOG: &str = "---\nsource: lab\nscanned: 2026-01-03\n---\n\n- [ ] [A](https://e.org/a)\n";

fn old_thread() -> Thread {
    parsed(THREAD)
}

fn parsed(text: &str) -> Thread {
    let (file, found) =
        thread::parse(Document::new("threads/x.md", text), &Configuration::default());
    file.unwrap_or_else(|| panic!("{found:?}")).thread
}

fn parsed_catalog(text: &str) -> Catalog {
    let document = Document::new("backlogs/2026-01-03-lab-backlog.md", text);
    catalog::parse(&document, &Configuration::default()).0.expect("a catalog")
}

/// Demands that a change makes of the thread what the parser finds in the new text.
fn makes(change: &Change, old: &str, new: &str) {
    assert!(THREAD.contains(old), "{old}");
    let mut thread = old_thread();
    change.apply(&mut thread).unwrap_or_else(|misfit| panic!("{change:?}: {misfit}"));
    assert_eq!(thread.without_spans(), parsed(&THREAD.replace(old, new)).without_spans());
}

fn entry() -> LogEntry {
    LogEntry {
        change: Some(LevelChange::new("low", "ripe")),
        triggers: vec!["one".into()],
        on: vec!["lab/a".into(), "lab/b".into()],
        by: Some("alex".to_string().into()),
        ..LogEntry::new(day("2026-01-06"), "a hit")
    }
}

fn draft(date: &str, state: &str) -> Change {
    Change::Draft(NewDraft {
        date: day(date),
        path: "drafts/x.md".into(),
        title: Some("X".into()),
        from: None,
        state: state.into(),
        anchors: vec!["lab/a".into()],
    })
}

fn reading(thread: &Thread, mark: ReadingMark) -> Change {
    let line = thread.evidence[0].item.span.start;
    Change::Reading(NewReading { line, item: "lab/a".into(), mark })
}

#[test]
fn apply_level_sets_the_level_and_its_date() {
    let change = Change::Level { from: "low".into(), to: "ripe".into(), since: day("2026-01-06") };
    makes(&change, "{level: low, since: 2026-01-01}", "{level: ripe, since: 2026-01-06}");
}

#[test]
fn apply_weigh_adds_fact_ids_or_an_empty_list() {
    let change = Change::Acknowledge { trigger: "one".into(), fact_ids: vec!["lab/b".into()] };
    makes(&change, "[lab/a]", "[lab/a, lab/b]");
    let change = Change::Acknowledge { trigger: "one".into(), fact_ids: Vec::new() };
    let mut thread = old_thread();
    thread.triggers[0].acknowledged = None;
    change.apply(&mut thread).expect("the trigger is there");
    assert_eq!(thread.triggers[0].acknowledged, Some(Vec::new()));
    let other = Change::Acknowledge { trigger: "two".into(), fact_ids: Vec::new() };
    assert_eq!(other.apply(&mut thread), Err(ApplyError::NoTrigger("two".into())));
}

#[test]
fn apply_log_adds_an_entry_at_the_end_in_time() {
    let line = "- 2026-01-06: low → ripe — a hit [trigger:: one] [on:: lab/a, lab/b] [by:: alex]\n";
    let old = "- 2026-01-01: opened\n";
    makes(&Change::Log(entry()), old, &format!("{old}{line}"));
    let attested = LogEntry {
        change: None,
        triggers: Vec::new(),
        on: Vec::new(),
        attested: Some("seen".into()),
        ..entry()
    };
    let line = "- 2026-01-06: a hit [attested:: seen] [by:: alex]\n";
    makes(&Change::Log(attested), old, &format!("{old}{line}"));
}

#[test]
fn apply_log_to_a_log_with_its_newest_entry_first_adds_at_the_top() {
    let log = |entries: &str| parsed(&THREAD.replace("- 2026-01-01: opened\n", entries));
    let mut thread = log("- 2026-01-03: on\n- 2026-01-01: opened\n");
    Change::Log(LogEntry { change: None, by: None, on: vec![], triggers: vec![], ..entry() })
        .apply(&mut thread)
        .expect("any thread takes an entry");
    let expected = log("- 2026-01-06: a hit\n- 2026-01-03: on\n- 2026-01-01: opened\n");
    assert_eq!(thread.without_spans(), expected.without_spans());
}

#[test]
fn apply_arrival_adds_evidence_of_its_source() {
    let line = "- [ ] [B](https://e.org/b) (2026-01-04) [tags:: hit] [landed:: 2026-01-06]\n";
    let old = "[landed:: 2026-01-03]\n";
    let new = format!("{old}{line}");
    let item = parsed(&THREAD.replace(old, &new)).evidence.remove(1).item;
    let item = thread_tracker::model::ItemRecord { source: None, ..item };
    let arrival = Arrival { item, source: "lab".into(), landed: day("2026-01-06") };
    makes(&Change::Arrival(arrival), old, &new);
}

#[test]
fn apply_reading_sets_reading_and_verdict() {
    let thread = old_thread();
    let on = Some(day("2026-01-06"));
    let mark = ReadingMark::Read { on, verdict: Some("good".into()), note: Some("n".into()) };
    let read = "[landed:: 2026-01-03] [read:: 2026-01-06] [verdict:: good]";
    let noted = format!("{read} [note:: n]");
    makes(&reading(&thread, mark), "[landed:: 2026-01-03]", &noted);
    let mut thread = parsed(&THREAD.replace("[landed:: 2026-01-03]", read));
    let change = reading(&thread, ReadingMark::Unread);
    change.apply(&mut thread).expect("the line is there");
    assert_eq!(thread.without_spans(), old_thread().without_spans());
    let elsewhere = NewReading { line: 1, item: "lab/a".into(), mark: ReadingMark::Unread };
    assert_eq!(Change::Reading(elsewhere).apply(&mut old_thread()), Err(ApplyError::NoItem(1)));
}

#[test]
fn apply_hold_and_release_set_the_hold() {
    let old = "{below: ripe, until: 2026-02-01, why: wait}";
    let until = NewUntil::Read("lab/a".into());
    let hold = NewHold {
        below: "medium".into(),
        only: vec!["one".into()],
        until,
        why: "read first".into(),
        since: day("2026-02-01"),
    };
    let new =
        "{below: medium, only: [one], until: {read: lab/a}, why: read first, since: 2026-02-01}";
    makes(&Change::Hold(hold), old, new);
    let release = Change::Release { on: day("2026-01-06") };
    makes(&release, old, "{below: ripe, until: 2026-01-06, why: wait}");
    let mut free = old_thread();
    free.hold = None;
    assert_eq!(release.apply(&mut free), Err(ApplyError::NoHold));
}

#[test]
fn apply_status_sets_the_status() {
    let change = Change::Status { from: Status::Active, to: Status::Dormant };
    makes(&change, "---\nripeness", "---\nstatus: dormant\nripeness");
}

#[test]
fn apply_draft_adds_a_bullet_and_keeps_the_earlier_state() {
    let old = "- 2026-01-05 — drafts/x.md [state:: drafting]\n";
    let new = "- 2026-01-06 — drafts/x.md — \"X\" [state:: approved] [anchors:: lab/a]\n";
    makes(&draft("2026-01-06", "approved"), old, &format!("{old}{new}"));
}

#[test]
fn drafts_on_a_date_are_one_per_path_with_the_newest_state() {
    let drafts = "- 2026-01-09 — drafts/x.md [state:: published]\n\
                  - 2026-01-07 — ./drafts/x.md — \"X\" [state:: awaiting-review]\n\
                  - 2026-01-07 — drafts/x.md [state:: approved] [anchors:: lab/a]\n\
                  - 2026-01-05 — drafts/x.md [state:: drafting] [anchors:: lab/a, lab/b]\n\
                  - 2026-01-05 — drafts/y.md [state:: drafting]\n";
    let thread = parsed(&THREAD.replace("- 2026-01-05 — drafts/x.md [state:: drafting]\n", drafts));
    let states = |date: &str| -> Vec<String> {
        let drafts = thread.drafts_on(day(date));
        let state = |draft: &thread_tracker::model::DraftHistory<'_>| {
            draft.newest().state.as_ref().map_or(String::new(), |state| state.value.clone())
        };
        drafts.iter().map(state).collect()
    };
    assert_eq!(states("2026-01-04"), [""; 0]);
    assert_eq!(states("2026-01-06"), ["drafting", "drafting"]);
    assert_eq!(states("2026-01-07"), ["approved", "drafting"], "the lower bullet of one date");
    assert_eq!(states("2026-01-09"), ["published", "drafting"]);
    let draft = &thread.drafts_on(day("2026-01-09"))[0];
    assert_eq!((draft.begun().date, draft.title()), (day("2026-01-05"), Some("X")));
    let anchors: Vec<&str> = draft.anchors().iter().map(|anchor| anchor.value.as_str()).collect();
    assert_eq!(anchors, ["lab/a", "lab/b"]);
}

#[test]
fn apply_to_catalog_lists_marks_and_maps() {
    let old = "- [ ] [A](https://e.org/a)\n";
    let new =
        "- [x] [A](https://e.org/a) [thread:: x, y]\n- [ ] [B](https://e.org/b) [thread:: x]\n";
    let expected = parsed_catalog(&CATALOG.replace(old, new));
    let mut found = parsed_catalog(CATALOG);
    let line = found.items[0].item.span.start;
    let threads = vec!["x".to_string(), "y".to_string()];
    let mark = ReadingMark::Read { on: None, verdict: None, note: None };
    let changes = [
        Change::Mapping { line, item: "lab/a".into(), threads },
        Change::Reading(NewReading { line, item: "lab/a".into(), mark }),
        Change::Listing(Listing {
            item: expected.items[1].item.clone(),
            threads: vec!["x".into()],
        }),
    ];
    for change in changes {
        change.apply_to_catalog(&mut found).expect("it fits");
    }
    assert_eq!(found.without_spans(), expected.without_spans());
}

#[test]
fn apply_to_the_other_kind_of_file_is_refused() {
    let mapping = Change::Mapping { line: 0, item: "lab/a".into(), threads: Vec::new() };
    assert_eq!(mapping.apply(&mut old_thread()), Err(ApplyError::OtherKindOfFile));
    let mut catalog = parsed_catalog(CATALOG);
    for change in [Change::Log(entry()), draft("2026-01-06", "approved")] {
        assert_eq!(change.apply_to_catalog(&mut catalog), Err(ApplyError::OtherKindOfFile));
    }
}

#[test]
fn erase_spans_of_a_moved_text_makes_it_equal_and_keeps_other_differences() {
    let moved = parsed(&THREAD.replace("---\nripeness", "---\n# moved\n\nripeness"));
    assert_ne!(moved, old_thread());
    assert_eq!(moved.without_spans(), old_thread().without_spans());
    let differs = |change: fn(&mut Thread)| {
        let mut thread = old_thread().without_spans();
        change(&mut thread);
        thread.first_difference(&old_thread().without_spans())
    };
    assert_eq!(differs(|thread| thread.tags.push("t".into())), Some("tags"));
    assert_eq!(differs(|thread| thread.triggers[0].why.push('.')), Some("triggers"));
    assert_eq!(
        differs(|thread| thread.evidence[0].item.reading = Reading::Dropped),
        Some("evidence")
    );
    let free = |thread: &mut Thread| {
        thread.hold.as_mut().expect("a hold").until = HoldUntil::Date(day("2026-02-02"));
    };
    assert_eq!(differs(free), Some("hold"));
    assert_eq!(differs(|thread| thread.remarks.push(Span::default())), Some("remarks"));
    assert_eq!(differs(|_| {}), None);
}
