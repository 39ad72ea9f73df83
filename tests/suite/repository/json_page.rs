//! `docs/json.md` describes every key of every JSON document, and no key that does not exist.
//!
//! The keys of an object must all be in one section of a document that has it, or in `Shared
//! objects`. A key of a nested object is written as a path: `days[].date`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::support::root;
use crate::support::scratch::Scratch;

const PAGE: &str = "docs/json.md";
/// The section of objects that several documents have.
const SHARED: &str = "Shared objects";
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
    /// Documents that it describes.
    kinds: Words,
    words: Words,
    /// Words in the first column of its tables.
    keys: Words,
}

impl Section {
    fn new(text: &str) -> Self {
        let heading = text.lines().next().unwrap_or_default();
        let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
        let keys = cells.flat_map(quoted).collect();
        Self { heading: heading.to_string(), kinds: quoted(heading), words: quoted(text), keys }
    }

    /// Keys of an object that neither this section nor `everywhere` has.
    fn missing(&self, object: &Object, everywhere: &Words) -> Vec<String> {
        let is_missing = |key: &&String| !self.words.contains(*key) && !everywhere.contains(*key);
        object.keys.iter().filter(is_missing).cloned().collect()
    }

    fn describes(&self, object: &Object) -> bool {
        self.heading == SHARED || !self.kinds.is_disjoint(&object.kinds)
    }
}

/// Kebab-case words between backticks, also those of a path: `days[].date` has `days` and `date`.
fn quoted(text: &str) -> Words {
    let is_word = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let paths = text.split('`').skip(1).step_by(2);
    let words = paths.flat_map(|path| path.split('.')).map(|word| word.trim_end_matches("[]"));
    words.filter(is_word).map(str::to_string).collect()
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

#[test]
fn json_page_describes_every_key_of_every_document() {
    let (mut everywhere, sections) = page();
    let shared = sections.iter().find(|section| section.heading == SHARED);
    everywhere.extend(shared.iter().flat_map(|section| section.words.iter().cloned()));
    let mut missing = Vec::new();
    for (name, object) in objects() {
        let nearest = sections
            .iter()
            .filter(|section| section.describes(&object))
            .map(|section| (section.missing(&object, &everywhere), &section.heading))
            .min_by_key(|(keys, heading)| (keys.len(), *heading == SHARED));
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
fn json_page_has_no_key_that_no_document_has() {
    let objects = objects();
    let mut unknown = Vec::new();
    let (_, sections) = page();
    for section in sections.iter().filter(|section| !section.kinds.is_empty()) {
        let described = objects.values().filter(|object| section.describes(object));
        let known: Words = described.flat_map(|object| object.keys.iter().cloned()).collect();
        unknown.extend(section.keys.difference(&known).map(|key| {
            format!("{PAGE}, section \"{}\": no document has `{key}`", section.heading)
        }));
    }
    assert!(unknown.is_empty(), "\n{}\n", unknown.join("\n"));
}
