//! The proof after an edit, given texts with one corrupted character.
//!
//! Every case of `tests/in-place` that a scan rewrites is corrupted at many offsets. Outside of the
//! edits no corruption is accepted. Inside, one may be accepted, but only if the thread then means
//! exactly the same.

use thread_tracker::commands::scan::edit as scan;
use thread_tracker::edit::rewrite::Patched;
use thread_tracker::edit::verify::verify;
use thread_tracker::edit::{body, front_matter};
use thread_tracker::evaluate::{CatalogIndex, evaluate};
use thread_tracker::model::erase_spans::EraseSpans;
use thread_tracker::model::{Change, Configuration, Status, Thread};
use thread_tracker::parse::{ThreadFile, thread};
use thread_tracker::text::{Document, Edit, Span};

use crate::edit::in_place::{PATH, TODAY, befores, world_of};
use crate::support::world::day;

/// The number of positions of one case that are corrupted, outside of the edits and inside.
const PLACES: usize = 4;

/// A rewrite of a case, before it is written.
struct Rewritten {
    file: ThreadFile,
    changes: Vec<Change>,
    configuration: Configuration,
}

impl Rewritten {
    /// The plan of a scan for a thread; `None` if it leaves the thread alone.
    fn of(before: &str) -> Option<Self> {
        let workspace = world_of(before).read();
        let configuration = workspace.configuration.clone();
        let index = CatalogIndex::new(&workspace.catalogs, &configuration);
        let file = workspace.threads.first()?.clone();
        let evaluation = evaluate(&file.thread, &index, &configuration, day(TODAY));
        let changes = scan::plan(&file, &evaluation, &index, &configuration).rewrite?.changes;
        Some(Self { file: file.clone(), changes, configuration: configuration.clone() })
    }

    fn patched(&self) -> Patched {
        let mut edits = Vec::new();
        for change in &self.changes {
            edits.extend(front_matter::edits(&self.file, change).expect("it was planned"));
        }
        let body = body::edits(&self.file, &self.changes, &self.configuration);
        edits.extend(body.expect("it was planned"));
        Patched::new(&self.file.document, edits).expect("the edits fit")
    }

    fn is_accepted(&self, patched: &Patched) -> bool {
        verify(&self.file, patched, &self.changes, &self.configuration).is_ok()
    }

    fn read(&self, text: &str) -> Option<Thread> {
        let read = thread::parse(Document::new(PATH, text), &self.configuration).0;
        read.map(|file| file.thread.without_spans())
    }
}

/// A way to corrupt a text at a character.
#[derive(Debug, Clone, Copy)]
enum Corruption {
    Remove,
    Insert(char),
    Replace(char),
}

impl Corruption {
    /// The new text with one character of it corrupted. The places of the edits move with it, so
    /// that the corruption belongs to the edit around it.
    fn of(self, patched: &Patched, at: usize) -> Option<Patched> {
        let character = patched.after[at..].chars().next()?;
        let (removed, inserted) = match self {
            Self::Remove => (character.len_utf8(), String::new()),
            Self::Insert(new) => (0, new.to_string()),
            Self::Replace(new) => (character.len_utf8(), new.to_string()),
        };
        let mut after = patched.after.clone();
        after.replace_range(at..at + removed, &inserted);
        let moved = |offset: usize| {
            if offset > at { offset + inserted.len() - removed } else { offset }
        };
        let places =
            patched.places.iter().map(|place| Span::new(moved(place.start), moved(place.end)));
        Some(Patched { patch: patched.patch.clone(), places: places.collect(), after })
    }
}

const CORRUPTIONS: [Corruption; 4] = [
    Corruption::Remove,
    Corruption::Insert('x'),
    Corruption::Insert(' '),
    Corruption::Replace('9'),
];

/// Some of many places: others for each case, and the same every time.
fn some(places: &[usize], case: usize) -> Vec<(usize, Corruption)> {
    let step = (places.len() / PLACES).max(1);
    let chosen = places.iter().skip(case % step).step_by(step).copied();
    chosen.enumerate().map(|(nth, at)| (at, CORRUPTIONS[(nth + case) % 4])).collect()
}

#[test]
fn proof_of_a_corrupted_text_refuses_every_other_meaning() {
    let (mut error, mut accepted, mut cases) = (0, 0, 0);
    for before in befores() {
        let Some(rewritten) = Rewritten::of(&before) else { continue };
        let patched = rewritten.patched();
        assert!(rewritten.is_accepted(&patched), "{}", patched.after);
        let meant = rewritten.read(&patched.after);
        let is_inside = |at: usize| patched.places.iter().any(|place| place.contains(at));
        let all = patched.after.char_indices().map(|(at, _)| at);
        let (inside, outside): (Vec<usize>, Vec<usize>) = all.partition(|at| is_inside(*at));
        for (at, corruption) in [some(&outside, cases), some(&inside, cases)].concat() {
            let corrupted = corruption.of(&patched, at).expect("a character");
            if corrupted.after == patched.after {
                continue;
            }
            if !rewritten.is_accepted(&corrupted) {
                error += 1;
                continue;
            }
            accepted += 1;
            assert!(is_inside(at), "{corruption:?} at {at} of\n{}", patched.after);
            assert_eq!(rewritten.read(&corrupted.after), meant, "{corruption:?} at {at}");
        }
        cases += 1;
    }
    let expected = cases >= 60 && error > 10 * accepted && accepted > 0;
    assert!(expected, "{cases} cases, {error} refused, {accepted} accepted");
}

/// A thread with some edits made by hand, for changes that they perhaps do not fit.
fn by_hand(edits: &[(&str, &str, &str)], change: Change) -> Result<(), String> {
    const TEXT: &str = "---\nripeness: {level: low}\nstatus: active\nmine: &a [x]\nsets: {s: {tag: t}}\n\
                        triggers: [{id: one, why: y, raise-to: ripe, when: {count: {of: s, at-least: 1}}, weighed: [a]}]\n\
                        ---\n# X\n";
    let configuration = Configuration::default();
    let file = thread::parse(Document::new(PATH, TEXT), &configuration).0.expect("a thread");
    let edit = |(before, old, new): &(&str, &str, &str)| {
        let start = TEXT.find(before).expect("it is there") + before.len();
        Edit::Value { span: Span::new(start, start + old.len()), text: (*new).to_string() }
    };
    let patched = Patched::new(&file.document, edits.iter().map(edit).collect()).expect("they fit");
    verify(&file, &patched, &[change], &configuration).map_err(|refusal| refusal.reason)
}

#[test]
fn proof_of_front_matter_refuses_values_that_a_second_reader_reads_differently() {
    let status = || Change::Status { from: Status::Active, to: Status::Dormant };
    let dormant = ("status: ", "active", "dormant");
    assert_eq!(by_hand(&[dormant], status()), Ok(()));
    let other = "the edit would change other values of the front matter";
    for more in [("mine: &a [", "x", "y"), ("mine: &a [x", "", ", y"), ("mine: ", "&a ", "!mine ")]
    {
        assert_eq!(by_hand(&[dormant, more], status()), Err(other.into()), "{more:?}");
    }
    let weigh = |fact_id: &str| {
        let fact_ids = vec![fact_id.to_string()];
        by_hand(
            &[("weighed: [a", "", &format!(", {fact_id}"))],
            Change::Acknowledge { trigger: "one".into(), fact_ids },
        )
    };
    assert_eq!(weigh("lab/b"), Ok(()));
    let different = "two YAML readers would find different values after the edit";
    assert_eq!(weigh("1e3"), Err(different.into()));
}

#[test]
fn proof_of_an_edit_that_does_less_than_the_change_refuses() {
    let level = Change::Level { from: "low".into(), to: "ripe".into(), since: day("2026-01-02") };
    let error = by_hand(&[("level: ", "low", "ripe")], level);
    assert_eq!(error, Err("the edit would change `ripeness` unintentionally".into()));
}
