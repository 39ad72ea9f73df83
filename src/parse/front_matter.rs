//! The front matter of a thread: YAML nodes to the model, and checks of references to other keys.

use std::collections::BTreeMap;

use crate::model::{
    Condition, Configuration, Date, Diagnostic, Hold, HoldUntil, Leaf, Ripeness, Rule,
    SectionNames, Selection, Status, Trigger, date,
};
use crate::parse::configuration::section_names;
use crate::parse::fields::Reader;
use crate::parse::yaml::{Node, Value};
use crate::parse::{condition, selection};
use crate::text::{Document, Span, Spanned};

/// The parsed front matter of a thread.
#[derive(Debug)]
pub struct FrontMatter {
    /// `title:`, for a body without heading.
    pub title: Option<String>,
    /// `opened:`
    pub opened: Option<Date>,
    /// `status:`
    pub status: Status,
    /// `tags:`
    pub tags: Vec<String>,
    /// `sections:`
    pub sections: SectionNames,
    /// `ripeness:`; `None` if it has an error.
    pub ripeness: Option<Ripeness>,
    /// `hold:`
    pub hold: Option<Hold>,
    /// `collect:`
    pub collect: Vec<Selection>,
    /// `verdicts:`, by item.
    pub verdicts: BTreeMap<String, Vec<Spanned<String>>>,
    /// `sets:`
    pub sets: BTreeMap<String, Spanned<Vec<Selection>>>,
    /// `triggers:`
    pub triggers: Vec<Trigger>,
}

/// Reads the front matter of a thread.
pub fn from_node(
    document: &Document,
    root: &Node,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut reader = Reader { document, diagnostics };
    let reader = &mut reader;
    let Some(mut fields) = reader.map(root, "the front matter") else {
        unreachable!("the root of front matter is a map");
    };
    let title = fields.take("title").and_then(|node| reader.text(node));
    let opened = fields.take("opened").and_then(|node| reader.date(node));
    let status = fields.take("status").and_then(|node| status(reader, node));
    let is_empty =
        |node: &&Node| matches!(&node.value, Value::List { items, .. } if items.is_empty());
    let tags = fields.take("tags").filter(|node| !is_empty(node));
    let tags = tags.map(|node| reader.words(node)).unwrap_or_default();
    let ripeness = match fields.take("ripeness") {
        Some(node) => ripeness(reader, node, configuration),
        None => {
            let place = Span::at(root.span.start);
            let help = "add `ripeness: {level: low, since: YYYY-MM-DD}`";
            reader.report(Rule::MissingKey, place, "the front matter has no `ripeness`", help);
            None
        }
    };
    let hold = fields.take("hold").and_then(|node| hold(reader, node, configuration));
    let collect = fields.take("collect");
    let collect =
        collect.map(|node| selection::selections(reader, node, "`collect`", configuration));
    check_collect(reader, fields.take("collect"), collect.as_deref().unwrap_or_default());
    let sections = fields.take("sections").map(|node| section_names(reader, node));
    let verdicts = fields.take("verdicts").map(|node| verdicts(reader, node)).unwrap_or_default();
    let sets =
        fields.take("sets").map(|node| sets(reader, node, configuration)).unwrap_or_default();
    let triggers = fields.take("triggers").map(|node| triggers(reader, node, configuration));
    reader.finish_leniently(&fields);
    let front_matter = FrontMatter {
        title: title.map(|text| text.value),
        opened,
        status: status.unwrap_or(Status::Active),
        tags: tags.into_iter().map(|tag| tag.value).collect(),
        sections: sections.unwrap_or_default(),
        ripeness,
        hold,
        collect: collect.unwrap_or_default(),
        verdicts,
        sets,
        triggers: triggers.unwrap_or_default(),
    };
    check_words(reader, &front_matter, configuration);
    front_matter
}

/// Reports selections of `collect` without a key that describes the item itself, such as `tag`.
fn check_collect(reader: &mut Reader<'_>, node: Option<&Node>, collect: &[Selection]) {
    let says_what = |selection: &Selection| {
        let keys = [&selection.source, &selection.org, &selection.tag, &selection.item];
        keys.iter().any(|words| !words.is_empty()) || !selection.title.is_empty()
    };
    if let Some(node) = node
        && !collect.iter().all(says_what)
    {
        let message = "`collect` does not describe the items that belong here";
        reader.report(
            Rule::WrongType,
            node.span,
            message,
            "add a `source`, `org`, `tag`, `title` or `item`",
        );
    }
}

fn status(reader: &mut Reader<'_>, node: &Node) -> Option<Status> {
    let word = reader.word(node)?;
    let known = [Status::Active, Status::Dormant, Status::Closed];
    let names = known.iter().map(|status| status.as_str());
    reader.check_known(Rule::UnknownWord, "status", &word, names);
    known.into_iter().find(|status| status.as_str() == word.value)
}

fn ripeness(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<Ripeness> {
    if let Value::Scalar { text, .. } = &node.value {
        let help = format!("write `{{level: {text}, since: YYYY-MM-DD}}`");
        reader.report(Rule::WrongType, node.span, "`ripeness` is a map of keys", help);
        return None;
    }
    let mut fields = reader.map(node, "`ripeness`")?;
    let level = reader.require(&mut fields, "level");
    let level = level.and_then(|node| condition::level(reader, node, configuration));
    let since = fields.take("since").and_then(|node| reader.date(node));
    reader.finish(&fields);
    Some(Ripeness { level: level?, since })
}

fn hold(reader: &mut Reader<'_>, node: &Node, configuration: &Configuration) -> Option<Hold> {
    let mut fields = reader.map(node, "`hold`")?;
    let below = reader.require(&mut fields, "below");
    let below = below.and_then(|node| condition::level(reader, node, configuration));
    let until = reader.require(&mut fields, "until").and_then(|node| match &node.value {
        Value::Scalar { text, .. } if date::parse(text).is_ok() => {
            reader.date(node).map(HoldUntil::Date)
        }
        Value::Scalar { .. } => {
            let help = "write a date, or a condition such as `{read: ITEM}`";
            reader.report(Rule::BadDate, node.span, "`until` is a date or a condition", help);
            None
        }
        _ => condition::condition(reader, node).map(HoldUntil::Condition),
    });
    let why = reader.require(&mut fields, "why").and_then(|node| reader.text(node));
    let only = fields.take("only").map(|node| reader.words(node)).unwrap_or_default();
    let since = fields.take("since").and_then(|node| reader.date(node));
    reader.finish(&fields);
    Some(Hold { below: below?.value, only, until: until?, why: why?.value, since })
}

fn verdicts(reader: &mut Reader<'_>, node: &Node) -> BTreeMap<String, Vec<Spanned<String>>> {
    reader.map(node, "`verdicts`");
    let entries = node.entries().iter();
    entries.map(|entry| (entry.key.clone(), reader.words(&entry.value))).collect()
}

fn sets(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> BTreeMap<String, Spanned<Vec<Selection>>> {
    reader.map(node, "`sets`");
    let mut sets = BTreeMap::new();
    for entry in node.entries() {
        let what = format!("set `{}`", entry.key);
        let selections = selection::selections(reader, &entry.value, &what, configuration);
        sets.insert(entry.key.clone(), Spanned::new(selections, entry.key_span));
    }
    sets
}

fn triggers(reader: &mut Reader<'_>, node: &Node, configuration: &Configuration) -> Vec<Trigger> {
    if !matches!(node.value, Value::List { .. }) {
        let message = format!("`triggers` is a list, found {}", node.kind());
        reader.report(Rule::WrongType, node.span, message, "begin each trigger with `- id: …`");
        return Vec::new();
    }
    let mut triggers: Vec<Trigger> = Vec::new();
    for item in node.items() {
        if let Some(trigger) = condition::trigger(reader, item, configuration) {
            if let Some(first) = triggers.iter().find(|known| known.id.value == trigger.id.value) {
                let message = format!("two triggers are called `{}`", trigger.id.value);
                let finding = Diagnostic::new(
                    Rule::DuplicateTrigger,
                    &reader.document.path,
                    trigger.id.span,
                    message,
                )
                .related(&reader.document.path, first.id.span, "first here")
                .help("give each its own id");
                reader.diagnostics.push(finding);
            }
            triggers.push(trigger);
        }
    }
    triggers
}

/// Sets, people, draft states and triggers that conditions and the hold name must exist.
fn check_words(reader: &mut Reader<'_>, front_matter: &FrontMatter, configuration: &Configuration) {
    let mut conditions: Vec<&Condition> =
        front_matter.triggers.iter().map(|trigger| &trigger.when).collect();
    if let Some(Hold { until: HoldUntil::Condition(condition), .. }) = &front_matter.hold {
        conditions.push(condition);
    }
    for only in front_matter.hold.iter().flat_map(|hold| &hold.only) {
        let triggers = front_matter.triggers.iter().map(|trigger| trigger.id.value.as_str());
        reader.check_known(Rule::UnknownWord, "trigger", only, triggers);
    }
    for condition in conditions {
        for leaf in condition.leaves() {
            check_leaf(reader, leaf, front_matter, configuration);
        }
    }
}

fn check_leaf(
    reader: &mut Reader<'_>,
    leaf: &Leaf,
    front_matter: &FrontMatter,
    configuration: &Configuration,
) {
    let sets = front_matter.sets.keys().map(String::as_str);
    match leaf {
        Leaf::Count(count) => {
            reader.check_known(Rule::UnknownSet, "set", &count.of, sets);
        }
        Leaf::Quiet(quiet) => {
            reader.check_known(Rule::UnknownSet, "set", &quiet.of, sets);
            let selections = front_matter.sets.get(&quiet.of.value);
            let names_sources = |set: &Spanned<Vec<Selection>>| {
                set.value.iter().all(|selection| !selection.source.is_empty())
            };
            if selections.is_some_and(|set| !names_sources(set)) {
                let message = format!("`quiet` uses `{}`, which names no source", quiet.of.value);
                let help = "add `source: …` to the set: silence is measured only while its sources are scanned";
                reader.report(Rule::QuietWithoutSource, quiet.of.span, message, help);
            }
        }
        Leaf::Attested { by, .. } if !configuration.people.is_empty() => {
            for person in by {
                let people = configuration.people.keys().map(String::as_str);
                reader.check_known(Rule::UnknownPerson, "person", person, people);
            }
        }
        Leaf::Draft { is } => {
            for state in is {
                let states = configuration.draft_states.iter().map(String::as_str);
                reader.check_known(Rule::UnknownWord, "draft state", state, states);
            }
        }
        Leaf::Read { .. } | Leaf::Verdict { .. } | Leaf::Attested { .. } => {}
    }
}
