//! Any condition: read or named, and evaluated the same for any order of the catalogs' lines.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use thread_tracker::evaluate::{CatalogIndex, Outcome, Truth, evaluate};
use thread_tracker::model::{Condition, date};
use thread_tracker::text::Document;
use thread_tracker::workspace::{Documents, Workspace};

const BODY: &str = "# T\n\n## Evidence\n\n### One\n\n\
    - [x] [A](https://example.org/a) (2026-01-02) [verdict:: deployed] [landed:: 2026-01-03] #hit\n\
    - [ ] [B](https://example.org/b) (2026-01-04) [org:: x] #hit\n\n\
    ## Ripeness\n\n- 2026-01-05: seen [attested:: fresh] [by:: alex]\n\n\
    ## Drafts\n\n- 2026-01-06 — drafts/a.md — \"A\". [state:: drafting]\n";

const LINES: [&str; 3] = [
    "- [C](https://example.org/c) (2026-01-07) [org:: y] [tags:: hit]\n",
    "- [A, again](https://example.org/a) (2026-01-02) [tags:: other]\n",
    "- **#7** (2026-02-30) — \"Q\". [tags:: hit] [same-as:: one/c]\n",
];

fuzz_target!(|bytes: &[u8]| {
    let condition = String::from_utf8_lossy(bytes).replace("\n---", "\n");
    let told = evaluated(&condition, LINES.concat());
    let mut backwards = LINES;
    backwards.reverse();
    assert_eq!(told, evaluated(&condition, backwards.concat()));
});

/// For two days: whether the condition is fulfilled, and on what.
fn evaluated(condition: &str, catalog: String) -> Vec<(bool, BTreeSet<String>)> {
    let thread = format!(
        "---\nripeness: {{level: low}}\ncollect: {{source: one}}\nsets: {{hits: {{tag: hit, source: one}}, rest: {{tag: other}}}}\n\
         triggers:\n  - id: t\n    why: w\n    raise-to: ripe\n    when: {condition}\n---\n{BODY}"
    );
    let workspace = Workspace::read(Documents {
        threads: vec![Document::new("threads/t.md", thread)],
        catalogs: vec![Document::new("backlogs/2026-01-08-one-backlog.md", catalog)],
        ..Documents::default()
    });
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let Some(file) = workspace.threads.first() else {
        assert!(workspace.errors().next().is_some(), "passed over in silence");
        return Vec::new();
    };
    let mut told = Vec::new();
    for day in ["2026-01-06", "2026-11-23"] {
        let day = date::parse(day).expect("a day");
        let evaluation = evaluate(&file.thread, &index, &workspace.configuration, day);
        for verdict in &evaluation.triggers {
            follows(&verdict.outcome);
            told.push((verdict.outcome.is_true(), verdict.outcome.fact_ids.clone()));
        }
    }
    told
}

/// A condition with parts follows from its parts.
fn follows(outcome: &Outcome<'_>) {
    let parts = outcome.children.iter().map(|part| part.truth);
    match outcome.condition {
        Condition::All(_) => assert_eq!(outcome.truth, Truth::all(parts)),
        Condition::Any(_) => assert_eq!(outcome.truth, Truth::any(parts)),
        Condition::None(_) => assert_eq!(outcome.truth, Truth::none(parts)),
        Condition::Leaf(_) => {}
    }
    outcome.children.iter().for_each(follows);
}
