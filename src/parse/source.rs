//! The sources and tag rules of `thread.yaml`.

use crate::model::{
    Configuration, EntrySelection, FeedSettings, LabelPattern, Rule, Source, TagRule, TagSelection,
    TitlePattern,
};
use crate::parse::fields::{Fields, Reader};
use crate::parse::selection::pattern;
use crate::parse::yaml::{Node, Value};
use crate::text::Spanned;

/// Parses a source: `{name: METR, every: 30d, feed: https://…}`.
pub fn source(reader: &mut Reader<'_>, node: &Node) -> Source {
    let mut source = Source::default();
    // A source may be declared without keys: `apollo:`.
    if node.value == Value::Null {
        return source;
    }
    let Some(mut fields) = reader.map(node, "a source") else {
        return source;
    };
    source.name = fields.take("name").and_then(|node| reader.text(node)).map(|text| text.value);
    source.org = fields.take("org").and_then(|node| reader.word(node)).map(|text| text.value);
    source.every = fields.take("every").and_then(|node| reader.days(node));
    source.aliases = words(reader, &mut fields, "aliases");
    source.feed = feed_settings(reader, &mut fields);
    reader.finish(&fields);
    source
}

fn words(reader: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let words = fields.take(key).map(|node| reader.words(node)).unwrap_or_default();
    words.into_iter().map(|word| word.value).collect()
}

fn feed_settings(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> FeedSettings {
    let feeds = fields.take("feed").map(|node| reader.words(node)).unwrap_or_default();
    let feeds =
        feeds.into_iter().filter(|feed| is_feed(reader, feed)).map(|feed| feed.value).collect();
    let truth = |reader: &mut Reader<'_>, fields: &mut Fields<'_>, key| {
        fields.take(key).and_then(|node| reader.truth(node)).unwrap_or(false)
    };
    FeedSettings {
        feeds,
        label: fields.take("label").and_then(|node| label(reader, node)),
        only: fields.take("only").and_then(|node| selection(reader, node, "`only`", None)),
        skip: fields.take("skip").and_then(|node| selection(reader, node, "`skip`", None)),
        tags: words(reader, fields, "tag"),
        categories: categories(reader, fields),
        at_most: fields.take("at-most").and_then(|node| reader.number(node, 1)),
        may_be_empty: truth(reader, fields, "may-be-empty"),
        allow_private: truth(reader, fields, "allow-private"),
    }
}

fn is_feed(reader: &mut Reader<'_>, feed: &Spanned<String>) -> bool {
    if let Err(help) = FeedSettings::check_url(&feed.value) {
        let message = format!("`{}` is not the URL of a feed", feed.value);
        reader.report(Rule::WrongType, feed.span, message, help);
        return false;
    }
    true
}

fn label(reader: &mut Reader<'_>, node: &Node) -> Option<LabelPattern> {
    let text = reader.text(node)?;
    match LabelPattern::parse(&text.value) {
        Ok(pattern) => Some(pattern),
        Err(reason) => {
            let message = format!("`{}` is not a pattern for a label: {reason}", text.value);
            let help = r"write a regular expression with one group, such as 'Letter #?(\d+)'";
            reader.report(Rule::BadPattern, text.span, message, help);
            None
        }
    }
}

/// `{Interpretability: interp}`: categories of the feed with the tags that they become.
fn categories(
    reader: &mut Reader<'_>,
    fields: &mut Fields<'_>,
) -> std::collections::BTreeMap<String, String> {
    let Some(node) = fields.take("categories") else {
        return std::collections::BTreeMap::new();
    };
    reader.map(node, "`categories`");
    let tags = node
        .entries()
        .iter()
        .filter_map(|entry| reader.word(&entry.value).map(|tag| (entry.key.clone(), tag.value)));
    tags.collect()
}

/// Parses `tagging:`, a map of tags with their selections.
pub fn tagging(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Vec<TagRule> {
    reader.map(node, "`tagging`");
    let mut rules = Vec::new();
    for entry in node.entries() {
        let what = format!("the rule of the tag `{}`", entry.key);
        let nodes: Vec<&Node> = match &entry.value.value {
            Value::List { items, .. } => items.iter().collect(),
            _ => vec![&entry.value],
        };
        let selections = nodes
            .into_iter()
            .filter_map(|node| {
                let entries = selection(reader, node, &what, Some(configuration))?;
                let line = reader.document.position(node.span.start).line;
                Some(TagSelection { line, entries })
            })
            .collect();
        let tag = Spanned::new(entry.key.clone(), entry.key_span);
        rules.push(TagRule { tag, selections });
    }
    rules
}

/// Parses a selection of entries. `only` and `skip` belong to one source, so that `source` and `org`
/// are keys of tag rules alone, for which `configuration` is given.
fn selection(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
    configuration: Option<&Configuration>,
) -> Option<EntrySelection> {
    let mut fields = reader.map(node, what)?;
    let mut selection = EntrySelection {
        title: patterns(reader, &mut fields, "title"),
        summary: patterns(reader, &mut fields, "summary"),
        category: patterns(reader, &mut fields, "category"),
        author: patterns(reader, &mut fields, "author"),
        url: words(reader, &mut fields, "url"),
        ..EntrySelection::default()
    };
    if let Some(configuration) = configuration {
        selection.org = words(reader, &mut fields, "org");
        let sources = words(reader, &mut fields, "source");
        selection.source = sources.iter().map(|name| configuration.source_slug(name)).collect();
    }
    if let Some(node) = fields.take("except") {
        let nodes: Vec<&Node> = match &node.value {
            Value::List { items, .. } => items.iter().collect(),
            _ => vec![node],
        };
        let except = nodes.into_iter();
        selection.except = except
            .filter_map(|node| selection_without_except(reader, node, configuration))
            .collect();
    }
    reader.finish(&fields);
    if node.entries().is_empty() {
        let message = format!("{what} has no key that selects entries");
        let help = "add a `title`, `summary`, `category`, `author` or `url`";
        reader.report(Rule::WrongType, node.span, message, help);
        return None;
    }
    Some(selection)
}

fn selection_without_except(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: Option<&Configuration>,
) -> Option<EntrySelection> {
    let found = selection(reader, node, "`except`", configuration)?;
    if !found.except.is_empty() {
        let help = "an exception has no exceptions";
        reader.report(Rule::WrongType, node.span, "`except` inside `except`", help);
    }
    Some(found)
}

fn patterns(
    reader: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    key: &'static str,
) -> Vec<TitlePattern> {
    let words = fields.take(key).map(|node| reader.words(node)).unwrap_or_default();
    let patterns = words.iter().filter_map(|word| pattern(reader, word));
    patterns.map(|pattern| pattern.value).collect()
}
