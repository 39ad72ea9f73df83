//! The threads of this repository.

use std::collections::BTreeMap;
use std::fs;

use thread_tracker::commands::shared::phrases::{condition_label, level_name};
use thread_tracker::evaluate::Outcome;
use thread_tracker::model::Severity;

use crate::support::root;
use crate::support::world::World;

const DAY: &str = "2026-11-23";

const THREAD: &str = "automated-ai-rd";

/// The workspace of this repository.
fn own() -> World {
    let mut world = World::new().with("thread.yaml", read("thread.yaml"));
    for directory in ["threads", "backlogs"] {
        for entry in fs::read_dir(root().join(directory)).expect("the folder is there") {
            let name = entry.expect("it can be listed").file_name();
            let path = format!("{directory}/{}", name.to_str().expect("names are UTF-8"));
            if path.rsplit('.').next() == Some("md") && !path.ends_with("README.md") {
                world = world.with(&path, read(&path));
            }
        }
    }
    world
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of this repository")
}

#[test]
fn own_threads_have_no_error() {
    let mut errors = own().check();
    errors.retain(|finding| finding.rule.severity() == Severity::Error);
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn own_threads_include_one_with_seventeen_items_of_four_sources() {
    let by_source = own().evaluated(THREAD, DAY, |evaluation| {
        let mut by_source: BTreeMap<String, usize> = BTreeMap::new();
        for item in &evaluation.items.items {
            let sources: Vec<&str> = item.sources.iter().map(String::as_str).collect();
            *by_source.entry(sources.join(" and ")).or_default() += 1;
        }
        assert_eq!(evaluation.items.items.len(), 17);
        assert_eq!(evaluation.thread.evidence.len(), 17, "no two lines tell of one item");
        assert!(evaluation.arrivals().is_empty(), "all have arrived");
        by_source
    });
    let expected =
        [("alignment-forum", 2), ("anthropic-research", 5), ("import-ai", 8), ("metr", 2)];
    let found: Vec<(&str, usize)> =
        by_source.iter().map(|(source, number)| (source.as_str(), *number)).collect();
    assert_eq!(found, expected);
}

#[test]
fn own_threads_have_six_waiting_triggers_of_which_one_lacks_one() {
    own().evaluated(THREAD, DAY, |evaluation| {
        assert_eq!(level_name(evaluation.level.as_deref()), "medium-high");
        let mut states: Vec<(&str, &str)> = evaluation
            .triggers
            .iter()
            .map(|verdict| (verdict.trigger.id.value.as_str(), verdict.state.as_str()))
            .collect();
        states.sort_unstable();
        states.retain(|state| *state != ("frontier-lab-result", "met"));
        let ids = [
            "aar-aspirational",
            "aar-deployed",
            "aar-methodology",
            "fresh-connection",
            "third-lab",
            "third-rd-eval",
        ];
        assert_eq!(states, ids.map(|id| (id, "waiting")));
        let any = &evaluation.trigger("third-rd-eval").unwrap().outcome;
        let evals: &Outcome<'_> = any.children.iter().find(|child| child.have == 2).unwrap();
        assert_eq!(
            (condition_label(evals.condition).as_str(), evals.missing),
            ("metr-rd-evals at least 3", 1)
        );
    });
}

#[test]
fn own_threads_are_scanned_but_for_one_example() {
    let first = own().scan(DAY);
    assert_eq!(first.changed, ["threads/example-night-trains.md"]);
    assert!(first.problems.is_empty(), "{:#?}", first.problems);
    let second = first.world.scan(DAY);
    assert!(second.changed.is_empty() && second.problems.is_empty(), "{:?}", second.changed);
    assert!(!second.world.check().iter().any(|finding| finding.rule.severity() == Severity::Error));
}

#[test]
fn own_threads_have_an_example_of_quiet_that_becomes_ready() {
    // Quiet for 120 days after the trial of 2026-08-17, if the source is still scanned.
    let (slug, trigger) = ("example-mending-concrete", "gone-quiet");
    assert_eq!(own().state(slug, trigger, DAY), "waiting");
    assert_eq!(own().state(slug, trigger, "2027-03-01"), "waiting", "nobody looked");
    let looked = own()
        .with("backlogs/2026-12-15-example-mortar-notes-backlog.md", "# Nothing\n")
        .with("backlogs/2026-12-15-example-bridge-office-backlog.md", "# Nothing\n");
    assert_eq!(looked.state(slug, trigger, "2026-12-15"), "ready");
}
