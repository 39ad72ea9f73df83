//! The schemas that `thread schema` prints, compared with the documents and files of the product.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::Validator;
use serde_json::Value;
use serde_json::json;
use tempfile::TempDir;
use thread_tracker::commands::schema::schemas;
use thread_tracker::model::Configuration;
use thread_tracker::parse::fence;
use thread_tracker::parse::fence::Fenced;
use thread_tracker::parse::{configuration, thread};
use thread_tracker::text::Document;

use crate::support::root;

fn schema(name: &str) -> Value {
    let text = schemas::named(name, None).unwrap_or_else(|| panic!("no schema `{name}`"));
    serde_json::from_str(&text).expect("a schema is JSON")
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft7::new(schema).expect("a schema of draft-07")
}

/// The schema where keys that it does not know are errors: a key that is printed and not described
/// fails a test here, while readers of an older schema go on.
fn strict(mut schema: Value) -> Value {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for value in properties.values_mut() {
            *value = strict(value.take());
        }
        schema["additionalProperties"] = json!(false);
    }
    for key in ["items", "anyOf", "oneOf", "allOf", "definitions"] {
        match schema.get_mut(key) {
            Some(Value::Object(map)) if key == "definitions" => {
                for value in map.values_mut() {
                    *value = strict(value.take());
                }
            }
            Some(Value::Array(list)) => {
                for value in list {
                    *value = strict(value.take());
                }
            }
            Some(value) => *value = strict(value.take()),
            None => {}
        }
    }
    schema
}

fn files(directory: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a folder").map(|entry| entry.expect("listed")) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

fn files_of(directories: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for directory in directories {
        files(&root().join(directory), ending, &mut found);
    }
    found
}

/// Every JSON document that a command prints in the guides and cases, which other tests hold true.
fn documents() -> Vec<Value> {
    let mut documents = Vec::new();
    for path in files_of(&["docs", "tests/cases"], ".md") {
        let text = fs::read_to_string(&path).expect("a text");
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line == "{" {
                let inner = lines.by_ref().take_while(|line| *line != "}");
                let inner: Vec<&str> = inner.collect();
                // `...` matches any lines.
                if inner.contains(&"...") {
                    continue;
                }
                let whole = format!("{{{}}}", inner.join("\n"));
                let document: Value = serde_json::from_str(&whole)
                    .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                documents.extend(document.get("kind").is_some().then_some(document));
            }
        }
    }
    documents.extend(printed());
    documents
}

/// Outputs that no case can contain: too long, or full of paths of this machine.
fn printed() -> [Value; 4] {
    let directory = TempDir::new().expect("a folder");
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output =
            command.args(arguments).current_dir(directory.path()).output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}");
        output.stdout
    };
    let thread = |arguments: &[&str]| {
        let stdout = run(env!("CARGO_BIN_EXE_thread"), &[arguments, &["--json"]].concat());
        serde_json::from_slice(&stdout).expect("one document")
    };
    run("git", &["init", "--quiet"]);
    [
        thread(&["init"]),
        thread(&["hook", "install"]),
        thread(&["check", "--list-rules"]),
        thread(&["check", "--explain", "missing-title"]),
    ]
}

fn kind(document: &Value) -> String {
    document["kind"].as_str().expect("a kind").to_string()
}

#[test]
fn schema_describes_every_key_of_every_printed_document() {
    let mut seen = BTreeSet::new();
    for mut document in documents() {
        let kind = kind(&document);
        let schema = schema(&kind);
        let open = validator(&schema);
        assert!(open.is_valid(&document), "{kind}: {:?}", open.validate(&document));
        let is_split = schema.get("anyOf").is_some();
        if let (true, Some(keys)) = (is_split, document.as_object_mut()) {
            // The properties of all documents are next to the alternatives.
            keys.remove("kind");
            keys.remove("schema-version");
        }
        let mut closed = strict(schema);
        if is_split {
            let keys = closed.as_object_mut().expect("a schema is a map");
            keys.retain(|key, _| key == "anyOf" || key == "definitions");
        }
        let closed = validator(&closed);
        assert!(closed.is_valid(&document), "{kind}: {:?}", closed.validate(&document));
        seen.insert(kind);
    }
    let documents: BTreeSet<String> = schemas::names()
        .filter(|name| ![schemas::FRONT_MATTER, schemas::THREAD_YAML].contains(name))
        .map(str::to_string)
        .collect();
    assert_eq!(seen, documents, "the cases show a document of every kind");
}

#[test]
fn schema_exists_for_every_kind_that_commands_print() {
    let mut kinds = BTreeSet::new();
    for path in files_of(&["src/commands"], ".rs") {
        let text = fs::read_to_string(path).expect("a source");
        let declared = text.split("const KIND: &'static str = \"").skip(1);
        kinds.extend(declared.filter_map(|rest| rest.split('"').next()).map(str::to_string));
    }
    let known: BTreeSet<String> = schemas::names().skip(2).map(str::to_string).collect();
    assert_eq!(kinds, known, "a report is missing in `KINDS` of src/commands/schema/schemas.rs");
}

#[test]
fn schema_refuses_a_document_without_a_key_or_of_another_kind() {
    for document in documents() {
        let kind = kind(&document);
        let validator = validator(&schema(&kind));
        // A thread that cannot be read has only some of the keys of one that can.
        let common = ["schema-version", "kind", "thread", "problems"];
        let keys = document.as_object().expect("a map").keys();
        let is_optional = |key: &String| match kind.as_str() {
            "show" => !common.contains(&key.as_str()),
            "edit" => key == "details",
            _ => false,
        };
        for key in keys.filter(|key| !is_optional(key)) {
            let mut broken = document.clone();
            broken.as_object_mut().expect("a map").remove(key);
            assert!(!validator.is_valid(&broken), "{kind} without {key}");
        }
        let mut other = document;
        other["kind"] = json!("something else");
        assert!(!validator.is_valid(&other), "{kind}");
    }
}

/// The front matter of a file as an editor's schema plugin sees it.
fn front_matter(text: &str) -> Option<Value> {
    let Fenced::Parts(parts) = fence::split(text) else {
        return None;
    };
    serde_yaml::from_str(&text[parts.front_matter.range()]).ok()
}

#[test]
fn schema_of_front_matter_accepts_what_the_parser_accepts() {
    let validator = validator(&schema(schemas::FRONT_MATTER));
    let mut taken = 0;
    for path in files_of(&["threads", "tests/in-place"], ".md") {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let document = Document::new("threads/x.md", text.as_str());
        let read = thread::parse(document, &Configuration::default()).0.is_some();
        if let (true, Some(value)) = (read, front_matter(&text)) {
            taken += 1;
            assert!(validator.is_valid(&value), "{path:?}: {:?}", validator.validate(&value));
        }
    }
    assert!(taken > 100, "only {taken} threads were looked at");
}

#[test]
fn schema_of_front_matter_refuses_only_what_the_parser_refuses() {
    let validator = validator(&schema(schemas::FRONT_MATTER));
    let rest = "ripeness: {level: low}\n";
    let trigger = |what: &str| {
        format!("{rest}sets: {{s: {{tag: a}}}}\ntriggers:\n  - {{id: t, why: w, {what}}}\n")
    };
    let broken = [
        "opened: 2026-01-01\n".to_string(),
        "ripeness: low\n".into(),
        "ripeness: {since: 2026-01-01}\n".into(),
        "ripeness: {level: low, sinse: 2026-01-01}\n".into(),
        "ripeness: {level: 3}\n".into(),
        format!("{rest}opened: yesterday\n"),
        format!("{rest}status: asleep\n"),
        format!("{rest}hold: {{below: ripe, until: soon, why: w}}\n"),
        format!("{rest}hold: {{below: ripe, until: 2026-01-01}}\n"),
        format!("{rest}collect: {{}}\n"),
        format!("{rest}collect: {{tags: [a]}}\n"),
        format!("{rest}collect: {{tag: 455}}\n"),
        format!("{rest}collect: {{tag: []}}\n"),
        format!("{rest}sets: {{s: {{tag: a, except: {{tag: b, except: {{tag: c}}}}}}}}\n"),
        format!("{rest}triggers: {{id: t}}\n"),
        trigger("raise-to: ripe"),
        trigger("when: {read: a/b}"),
        trigger("raise-to: ripe, lower-to: low, when: {read: a/b}"),
        trigger("raise-to: ripe, when: {read: a/b, draft: {is: published}}"),
        trigger("raise-to: ripe, when: {reads: a/b}"),
        trigger("raise-to: ripe, when: {all: []}"),
        trigger("raise-to: ripe, when: {count: {of: s}}"),
        trigger("raise-to: ripe, when: {count: {of: s, at-least: 0}}"),
        trigger("raise-to: ripe, when: {count: {of: s, at-least: 1, at-most: 2}}"),
        trigger("raise-to: ripe, when: {count: {of: s, at-least: 1, published-within: 3m}}"),
        trigger("raise-to: ripe, when: {count: {of: s, at-least: 1, distinct: tag}}"),
        trigger("raise-to: ripe, when: {attested: {claim: a, people: 0}}"),
        trigger("raise-to: ripe, for: 3, when: {read: a/b}"),
    ];
    for yaml in broken {
        let text = format!("---\n{yaml}---\n# T\n");
        let value = front_matter(&text).unwrap_or_else(|| panic!("{yaml}"));
        assert!(!validator.is_valid(&value), "the schema takes\n{yaml}");
        let read = thread::parse(Document::new("threads/t.md", text), &Configuration::default());
        assert!(read.0.is_none(), "the parser takes\n{yaml}");
    }
}

#[test]
fn schema_of_thread_yaml_agrees_with_the_parser() {
    let validator = validator(&schema(schemas::THREAD_YAML));
    let takes = |yaml: &str| {
        let value: Value = serde_yaml::from_str(yaml).expect("YAML");
        let found = configuration::parse(&Document::new("thread.yaml", yaml)).1;
        let parser = found.is_empty();
        assert_eq!(validator.is_valid(&value), parser, "{yaml}\n{found:#?}");
        parser
    };
    let whole = fs::read_to_string(root().join("thread.yaml")).expect("our own");
    let commented = include_str!("../../../src/commands/init/thread.yaml");
    let uncommented: String = commented
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with(char::is_lowercase) && line.contains(": "))
        .map(|line| format!("{line}\n"))
        .collect();
    for good in
        [whole.as_str(), commented, &uncommented, "sources: {apollo: }", "people: {a: agent}"]
    {
        assert!(takes(good), "{good}");
    }
    for bad in [
        "thread: threads",
        "threads: ../threads",
        "threads: /threads",
        "ladder: []",
        "ladder: [1, 2]",
        "sources: {a: {url: x}}",
        "sources: {a: {every: 1m}}",
        "people: {a: robot}",
        "rules: {missing-title: never}",
        "[a]",
    ] {
        assert!(!takes(bad), "{bad}");
    }
}

#[test]
fn schema_in_a_workspace_has_the_levels_of_its_ladder() {
    let document = Document::new("thread.yaml", "ladder: [cold, hot]\n");
    let (configuration, _) = configuration::parse(&document);
    let text = schemas::named(schemas::FRONT_MATTER, Some(&configuration)).expect("a schema");
    let validator = validator(&serde_json::from_str(&text).expect("JSON"));
    assert!(validator.is_valid(&json!({"ripeness": {"level": "hot"}})));
    assert!(!validator.is_valid(&json!({"ripeness": {"level": "ripe"}})));
}
