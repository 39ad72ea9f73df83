//! Files of trigger tests and of tests of tag rules. Unknown keys are errors.

use crate::model::DateOrigin;
use crate::model::trigger_test::{
    Expectation, ExpectedTrigger, GivenAttestation, GivenDraft, GivenFacts, GivenItem,
    GivenReading, TaggingTest, TestFile, TriggerTest,
};
use crate::model::url::Url;
use crate::model::{Configuration, Diagnostic, ItemRecord, Reading, Rule};
use crate::parse::condition::level;
use crate::parse::fields::{Fields, Reader};
use crate::parse::yaml;
use crate::parse::yaml::{Node, Value};
use crate::text::{Document, Span, Spanned};

/// The states that a trigger can be expected to have.
const STATES: [&str; 7] = ["off", "waiting", "pending", "weighed", "met", "on-hold", "ready"];

/// The names that two states had in version 0.1, and their names now.
const OLD_STATES: [(&str, &str); 2] = [("holding", "pending"), ("held", "on-hold")];

/// Parses a test file. Returns `None` if it has an error; the diagnostics give the reason.
pub fn parse(
    document: &Document,
    configuration: &Configuration,
) -> (Option<TestFile>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let whole = Span::new(0, document.text.len());
    let root = yaml::parse(document, whole, &mut diagnostics);
    let mut reader = Reader { document, diagnostics: &mut diagnostics };
    let file = root.and_then(|root| file(&mut reader, &root, configuration));
    let usable = diagnostics.iter().all(|finding| !finding.is_error());
    (file.filter(|_| usable), diagnostics)
}

fn file(reader: &mut Reader<'_>, root: &Node, configuration: &Configuration) -> Option<TestFile> {
    let mut fields = reader.map(root, "a test file")?;
    let tagging = fields.take("tagging");
    let has_tagging = tagging.is_some_and(|node| !node.items().is_empty());
    let tagging = list(reader, tagging, |reader, node| tagging_test(reader, node, configuration));
    // The rules for tags belong to no thread.
    let mut is_about_thread = !has_tagging;
    for key in ["thread", "tests"] {
        is_about_thread |= fields.take(key).is_some();
    }
    let mut thread = None;
    let mut tests = Vec::new();
    if is_about_thread {
        thread = reader.require(&mut fields, "thread").and_then(|node| reader.word(node));
        let node = reader.require(&mut fields, "tests");
        tests = list(reader, node, |reader, node| test(reader, node, configuration));
        if tests.is_empty() {
            let help = "add a test";
            reader.report(Rule::MissingKey, fields.span, "this file has no tests", help);
        }
    }
    reader.finish(&fields);
    Some(TestFile { thread, tests, tagging })
}

/// `{title: Risk report of May, source: tide-gazette, tags: [rd-eval]}`
fn tagging_test(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<TaggingTest> {
    let mut fields = reader.map(node, "a test of tag rules")?;
    let title = reader.require(&mut fields, "title").and_then(|node| reader.text(node));
    let tags = reader.require(&mut fields, "tags").map(|node| {
        // `[]` expects no tag.
        let is_empty = matches!(&node.value, Value::List { items, .. } if items.is_empty());
        let words = if is_empty { Vec::new() } else { reader.words(node) };
        Spanned::new(words, node.span)
    });
    let mut text = |reader: &mut Reader<'_>, key| {
        let text = fields.take(key).and_then(|node| reader.text(node));
        text.map(|text| text.value)
    };
    let source = text(reader, "source").map(|source| configuration.source_slug(&source));
    let (org, url, summary) = (text(reader, "org"), text(reader, "url"), text(reader, "summary"));
    let mut words = |reader: &mut Reader<'_>, key| -> Vec<String> {
        let words = fields.take(key).map(|node| reader.words(node)).unwrap_or_default();
        words.into_iter().map(|word| word.value).collect()
    };
    let (categories, authors) = (words(reader, "category"), words(reader, "author"));
    reader.finish(&fields);
    Some(TaggingTest {
        title: title?.value,
        source: source.unwrap_or_default(),
        org,
        url: url.unwrap_or_default(),
        summary: summary.unwrap_or_default(),
        categories,
        authors,
        tags: tags?,
    })
}

/// Parses each item of a list with `read`.
fn list<T>(
    reader: &mut Reader<'_>,
    node: Option<&Node>,
    mut read: impl FnMut(&mut Reader<'_>, &Node) -> Option<T>,
) -> Vec<T> {
    let Some(node) = node else {
        return Vec::new();
    };
    if !matches!(node.value, Value::List { .. }) {
        let message = format!("a list is expected here, found {}", node.kind());
        reader.report(Rule::WrongType, node.span, message, "begin each item with `- `");
    }
    node.items().iter().filter_map(|item| read(reader, item)).collect()
}

fn test(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<TriggerTest> {
    let mut fields = reader.map(node, "a test")?;
    let name = reader.require(&mut fields, "name").and_then(|node| reader.text(node));
    let start = fields.take("start");
    let (level, keeps_facts) =
        start.map_or((None, false), |node| beginning(reader, node, configuration));
    let given = fields.take("given");
    let given = list(reader, given, |reader, node| date(reader, node, configuration));
    let expect = reader.require(&mut fields, "expect");
    let expect = list(reader, expect, |reader, node| expectation(reader, node, configuration));
    reader.finish(&fields);
    if expect.is_empty() {
        let help = "add `expect`; without it, the test cannot fail";
        reader.report(Rule::MissingKey, fields.span, "this test has no expectations", help);
    }
    Some(TriggerTest { name: name?, level, keeps_facts, given, expect })
}

fn beginning(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> (Option<Spanned<String>>, bool) {
    let Some(mut fields) = reader.map(node, "`start`") else {
        return (None, false);
    };
    let begins_at = fields.take("level").and_then(|node| level(reader, node, configuration));
    let facts = fields.take("facts").and_then(|node| reader.word(node));
    let keeps = facts.is_some_and(|word| {
        reader.check_known(Rule::UnknownWord, "`facts`", &word, ["none", "kept"].into_iter());
        word.value == "kept"
    });
    reader.finish(&fields);
    (begins_at, keeps)
}

fn date(reader: &mut Reader<'_>, node: &Node, configuration: &Configuration) -> Option<GivenFacts> {
    let mut fields = reader.map(node, "`given`")?;
    let on = reader.require(&mut fields, "on").and_then(|node| reader.date(node));
    let items =
        list(reader, fields.take("items"), |reader, node| item(reader, node, configuration));
    let scanned = fields.take("scanned").map(|node| reader.words(node)).unwrap_or_default();
    let read = list(reader, fields.take("read"), reading);
    let attested =
        list(reader, fields.take("attested"), |reader, node| word(reader, node, configuration));
    let withdrawn =
        list(reader, fields.take("withdrawn"), |reader, node| word(reader, node, configuration));
    let drafts =
        list(reader, fields.take("drafts"), |reader, node| draft(reader, node, configuration));
    let decided = fields.take("decided").and_then(|node| level(reader, node, configuration));
    reader.finish(&fields);
    let scanned = scanned.iter().map(|source| configuration.source_slug(&source.value)).collect();
    Some(GivenFacts { on: on?, items, scanned, read, attested, withdrawn, drafts, decided })
}

fn item(reader: &mut Reader<'_>, node: &Node, configuration: &Configuration) -> Option<GivenItem> {
    let mut fields = reader.map(node, "an item")?;
    let id = reader.require(&mut fields, "id").and_then(|node| reader.word(node));
    let optional = |reader: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str| {
        let text = fields.take(key).and_then(|node| reader.text(node));
        text.map(|text| text.value)
    };
    let source = optional(reader, &mut fields, "source");
    let title = optional(reader, &mut fields, "title");
    let url = optional(reader, &mut fields, "url");
    let org = optional(reader, &mut fields, "org");
    let date = fields.take("date").and_then(|node| reader.date(node));
    let mut words = |reader: &mut Reader<'_>, key: &'static str| -> Vec<String> {
        let words = fields.take(key).map(|node| reader.words(node)).unwrap_or_default();
        words.into_iter().map(|word| word.value).collect()
    };
    let tags = words(reader, "tags").into_iter().collect();
    let same_as = words(reader, "same-as");
    let mapped = fields.take("mapped").and_then(|node| reader.truth(node)).unwrap_or(true);
    reader.finish(&fields);
    let id = id?.value;
    let source = source.unwrap_or_else(|| id.split('/').next().unwrap_or(&id).to_string());
    let item = ItemRecord {
        span: node.span,
        source: Some(configuration.source_slug(&source).into()),
        id,
        has_written_id: true,
        label: None,
        title,
        url: url.as_deref().map(Url::from),
        date,
        org,
        tags,
        same_as,
        dated_by: DateOrigin::Line,
        reading: Reading::Unread,
    };
    Some(GivenItem { item, mapped })
}

fn reading(reader: &mut Reader<'_>, node: &Node) -> Option<GivenReading> {
    let mut fields = reader.map(node, "a reading")?;
    let item = reader.require(&mut fields, "item").and_then(|node| reader.word(node));
    let verdict = fields.take("verdict").and_then(|node| reader.word(node));
    reader.finish(&fields);
    Some(GivenReading { item: item?, verdict })
}

fn word(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<GivenAttestation> {
    let mut fields = reader.map(node, "an attestation")?;
    let claim = reader.require(&mut fields, "claim").and_then(|node| reader.word(node));
    let by = reader.require(&mut fields, "by").and_then(|node| reader.word(node));
    reader.finish(&fields);
    let by = by?;
    if !configuration.people.is_empty() {
        let people = configuration.people.keys().map(String::as_str);
        reader.check_known(Rule::UnknownPerson, "person", &by, people);
    }
    Some(GivenAttestation { claim: claim?.value, by })
}

fn draft(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<GivenDraft> {
    let mut fields = reader.map(node, "a draft")?;
    let path = reader.require(&mut fields, "path").and_then(|node| reader.text(node));
    let state = reader.require(&mut fields, "state").and_then(|node| reader.word(node));
    reader.finish(&fields);
    let state = state?;
    let states = configuration.draft_states.iter().map(String::as_str);
    reader.check_known(Rule::UnknownWord, "draft state", &state, states);
    Some(GivenDraft { path: path?.value, state })
}

fn expectation(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<Expectation> {
    let mut fields = reader.map(node, "an expectation")?;
    let on = reader.require(&mut fields, "on").and_then(|node| reader.date(node));
    let triggers = fields.take("triggers");
    let triggers = triggers.map(|node| expected_triggers(reader, node)).unwrap_or_default();
    let sets = fields.take("sets").map(|node| expected_sets(reader, node)).unwrap_or_default();
    let level = fields.take("level").and_then(|node| level(reader, node, configuration));
    let mut truth = |reader: &mut Reader<'_>, key| {
        let node = fields.take(key)?;
        Some(Spanned::new(reader.truth(node)?, node.span))
    };
    let changed = truth(reader, "changed");
    let conflict = truth(reader, "conflict");
    let mut evidence_count = None;
    let mut evidence = Vec::new();
    if let Some(node) = fields.take("evidence") {
        match &node.value {
            Value::List { .. } => evidence = reader.words(node),
            _ => {
                evidence_count = reader.number(node, 0).map(|count| Spanned::new(count, node.span));
            }
        }
    }
    reader.finish(&fields);
    let asks = node.entries().len();
    if asks < 2 {
        let help = "add `triggers`, `sets`, `level`, `changed`, `conflict` or `evidence`";
        reader.report(Rule::MissingKey, node.span, "this expectation is empty", help);
    }
    Some(Expectation {
        span: node.span,
        on: on?,
        triggers,
        sets,
        level,
        changed,
        conflict,
        evidence_count,
        evidence,
    })
}

fn expected_triggers(reader: &mut Reader<'_>, node: &Node) -> Vec<ExpectedTrigger> {
    reader.map(node, "`triggers`");
    let mut expected = Vec::new();
    for entry in node.entries() {
        let id = Spanned::new(entry.key.clone(), entry.key_span);
        let mut trigger = ExpectedTrigger { id, state: None, have: None, need: None };
        match &entry.value.value {
            Value::Map { .. } => expected_numbers(reader, &entry.value, &mut trigger),
            _ => trigger.state = reader.word(&entry.value),
        }
        if let Some(state) = &mut trigger.state {
            state.value = present_name(&state.value).to_string();
            reader.check_known(Rule::UnknownWord, "state", state, STATES.into_iter());
        }
        expected.push(trigger);
    }
    expected
}

/// The name that a state has now: `pending` for `holding`.
fn present_name(state: &str) -> &str {
    OLD_STATES.iter().find(|(old, _)| *old == state).map_or(state, |(_, now)| now)
}

fn expected_numbers(reader: &mut Reader<'_>, node: &Node, trigger: &mut ExpectedTrigger) {
    let Some(mut fields) = reader.map(node, "an expected trigger") else {
        return;
    };
    trigger.state = fields.take("state").and_then(|node| reader.word(node));
    let mut number = |reader: &mut Reader<'_>, key| {
        let node = fields.take(key)?;
        Some(Spanned::new(reader.number(node, 0)?, node.span))
    };
    trigger.have = number(reader, "have");
    trigger.need = number(reader, "need");
    reader.finish(&fields);
    if node.entries().is_empty() {
        let help = "write a state, such as `ready`, or `{state: …, have: …, need: …}`";
        reader.report(
            Rule::MissingKey,
            node.span,
            "this expectation of the trigger is empty",
            help,
        );
    }
}

fn expected_sets(reader: &mut Reader<'_>, node: &Node) -> Vec<(Spanned<String>, u32)> {
    reader.map(node, "`sets`");
    let entries = node.entries().iter();
    let sets = entries.filter_map(|entry| {
        let count = reader.number(&entry.value, 0)?;
        Some((Spanned::new(entry.key.clone(), entry.key_span), count))
    });
    sets.collect()
}
