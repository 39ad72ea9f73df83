//! `docs/json.md` describes every key of every JSON document, and no key that does not exist.
//!
//! The keys of an object must all be in one section: that of a document that has the object, or
//! `Shared` if several documents have it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::support::root;
use crate::support::scratch::Scratch;

const PAGE: &str = "docs/json.md";
/// The section of objects that several documents have.
const SHARED: &str = "Shared";
/// A section that is about commands and not about keys.
const EXIT_CODES: &str = "Exit codes";
/// Words of JSON that are no keys.
const LITERALS: [&str; 3] = ["true", "false", "null"];

type Words = BTreeSet<String>;

/// An object of a schema: a document, or a definition that documents refer to.
#[derive(Debug, Default)]
struct Object {
    keys: Words,
    /// Words that its keys may have as values.
    values: Words,
    /// Documents that have it.
    kinds: Words,
}

impl Object {
    /// Adds the keys and values of a schema, without those of the definitions that it refers to.
    fn add(&mut self, schema: &Value) {
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            self.keys.insert(key.clone());
            self.add(value);
        }
        let words = schema["enum"].as_array().into_iter().flatten().chain([&schema["const"]]);
        self.values.extend(words.filter_map(Value::as_str).map(str::to_string));
        for key in ["items", "anyOf", "oneOf", "allOf", "additionalProperties"] {
            match schema.get(key) {
                Some(Value::Array(parts)) => parts.iter().for_each(|part| self.add(part)),
                Some(part) => self.add(part),
                None => {}
            }
        }
    }
}

/// A section of the page: the text below one heading of level two.
struct Section {
    heading: String,
    /// Documents that it describes: those of its heading, and those that it introduces as
    /// ``the kind `rules` ``.
    kinds: Words,
    words: Words,
}

impl Section {
    fn new(text: &str) -> Self {
        let heading = text.lines().next().unwrap_or_default();
        let introduced = text.split("kind ").skip(1).filter_map(|rest| rest.strip_prefix('`'));
        let introduced = introduced.filter_map(|rest| rest.split('`').next());
        let kinds = quoted(heading).into_iter().chain(introduced.map(str::to_string)).collect();
        Self { heading: heading.to_string(), kinds, words: quoted(text) }
    }

    fn describes(&self, object: &Object) -> bool {
        let is_shared = self.heading == SHARED && object.kinds.len() > 1;
        is_shared || !self.kinds.is_disjoint(&object.kinds)
    }
}

/// Kebab-case words between backticks.
fn quoted(text: &str) -> Words {
    let is_word = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    text.split('`').skip(1).step_by(2).filter(is_word).map(str::to_string).collect()
}

/// Words that the introduction describes for all documents, and the sections below it.
fn page() -> (Words, Vec<Section>) {
    let text = fs::read_to_string(root().join(PAGE)).expect("a page");
    let mut parts = text.split("\n## ");
    let introduction = quoted(parts.next().unwrap_or_default());
    (introduction, parts.map(Section::new).collect())
}

/// All objects, by their names in the schemas of the program.
fn objects() -> BTreeMap<String, Object> {
    let scratch = Scratch::new();
    let names = scratch.run(&["schema"]).stdout;
    let mut objects: BTreeMap<String, Object> = BTreeMap::new();
    for kind in names.lines().filter_map(|line| line.split_whitespace().next()) {
        let schema: Value = serde_json::from_str(&scratch.run(&["schema", kind]).stdout)
            .unwrap_or_else(|error| panic!("the schema of {kind}: {error}"));
        if schema["properties"].get("schema-version").is_none() {
            // A schema of a file that users write.
            continue;
        }
        let document = [(format!("the document `{kind}`"), &schema)];
        let definitions = schema["definitions"].as_object().into_iter().flatten();
        let definitions = definitions.map(|(name, schema)| (format!("`{name}`"), schema));
        for (name, schema) in document.into_iter().chain(definitions) {
            let object = objects.entry(name).or_default();
            object.add(schema);
            object.kinds.insert(kind.to_string());
        }
    }
    objects
}

/// Names of all commands.
fn commands() -> Words {
    let help = Scratch::new().run(&["--help"]).stdout;
    let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let lines = listed.unwrap_or_default().lines();
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect()
}

#[test]
fn json_page_describes_every_key_of_every_document() {
    let (introduction, sections) = page();
    let mut missing = Vec::new();
    for (name, object) in objects() {
        let places = sections.iter().filter(|section| section.describes(&object));
        let undescribed = |section: &Section| {
            let words = section.words.union(&introduction).cloned().collect();
            object.keys.difference(&words).cloned().collect::<Vec<_>>()
        };
        let nearest = places.map(|section| (undescribed(section), &section.heading));
        let nearest = nearest.min_by_key(|(keys, heading)| (keys.len(), *heading == SHARED));
        match nearest {
            Some((keys, heading)) => missing.extend(keys.iter().map(|key| {
                format!("{PAGE}, section \"{heading}\": describe the key `{key}` of {name}")
            })),
            None => missing.push(format!("{PAGE}: add a section for {name}")),
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn json_page_mentions_no_key_that_no_document_has() {
    let (objects, commands) = (objects(), commands());
    let mut unknown = Vec::new();
    let (_, sections) = page();
    for section in sections.iter().filter(|section| section.heading != EXIT_CODES) {
        let is_about = |object: &&Object| {
            section.heading == SHARED || !section.kinds.is_disjoint(&object.kinds)
        };
        let known: Words = objects
            .values()
            .filter(is_about)
            .flat_map(|object| object.keys.iter().chain(&object.values).cloned())
            .chain(LITERALS.map(str::to_string))
            .chain(commands.iter().cloned())
            .collect();
        unknown.extend(section.words.difference(&known).map(|word| {
            format!("{PAGE}, section \"{}\": no document has `{word}`", section.heading)
        }));
    }
    assert!(unknown.is_empty(), "\n{}\n", unknown.join("\n"));
}
