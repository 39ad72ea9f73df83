//! Threads after markdown formatters have rewritten them.

use std::fs;

use serde_json::Value;

use crate::support::root;
use crate::support::scratch::Scratch;

const FORMATTERS: [&str; 4] = ["rumdl", "mdformat", "prettier", "markdownlint"];

const CATALOG: &str = "- [A third trial](https://example.org/lab/third) (2026-11-19) [tags:: kelp] [thread:: brick]\n";

fn workspace(name: &str) -> Scratch {
    let path = root().join(format!("tests/formatters/{name}.md"));
    let text = fs::read_to_string(path).expect("a fixture");
    Scratch::new()
        .with(
            "thread.yaml",
            "sources: {harbour-lab: {name: Harbour Lab}}\npeople: {ines: person}\n",
        )
        .with("threads/brick.md", text)
}

/// All that a thread says, without where it says it.
fn said(scratch: &Scratch) -> Value {
    let ran = scratch.run(&["show", "brick", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    serde_json::from_str(&ran.stdout).expect("one document")
}

#[test]
fn show_of_a_formatted_thread_is_unchanged() {
    let original = said(&workspace("thread"));
    assert_eq!(original["evidence"].as_array().map(Vec::len), Some(2));
    for name in FORMATTERS {
        assert_eq!(said(&workspace(name)), original, "{name}");
    }
}

#[test]
fn scan_of_a_formatted_thread_adds_an_item() {
    for name in FORMATTERS {
        let scratch = workspace(name).with("backlogs/2026-11-20-harbour-lab-backlog.md", CATALOG);
        let ran = scratch.run(&["scan"]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.said());
        assert!(ran.stdout.contains("1 new item (harbour-lab/third)"), "{name}: {}", ran.said());
        let again = scratch.run(&["scan"]);
        assert!(again.stdout.starts_with("Nothing new"), "{name}: {}", again.said());
    }
}
