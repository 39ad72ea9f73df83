//! Selections: which items a set or `collect` means.

use crate::model::{Configuration, Rule, Selection, TitlePattern};
use crate::parse::fields::Reader;
use crate::parse::yaml::{Node, Value};
use crate::text::Spanned;

/// One selection or a list of them, of which any may match.
pub fn selections(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
    configuration: &Configuration,
) -> Vec<Selection> {
    match &node.value {
        Value::List { items, .. } if items.is_empty() => {
            reader.report(
                Rule::WrongType,
                node.span,
                format!("{what} is empty"),
                "give at least one selection",
            );
            Vec::new()
        }
        Value::List { items, .. } => items
            .iter()
            .filter_map(|item| selection(reader, item, what, configuration, true))
            .collect(),
        _ => selection(reader, node, what, configuration, true).into_iter().collect(),
    }
}

fn selection(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
    configuration: &Configuration,
    may_except: bool,
) -> Option<Selection> {
    let mut fields = reader.map(node, what)?;
    let mut words = |reader: &mut Reader<'_>, key| {
        let node = fields.take(key);
        node.map(|node| reader.words(node)).unwrap_or_default()
    };
    let mut selection = Selection {
        source: words(reader, "source"),
        org: words(reader, "org"),
        tag: words(reader, "tag"),
        item: words(reader, "item"),
        verdict: words(reader, "verdict"),
        ..Selection::default()
    };
    for source in &mut selection.source {
        source.value = configuration.source_slug(&source.value);
    }
    if let Some(node) = fields.take("title") {
        selection.title =
            reader.words(node).into_iter().filter_map(|word| pattern(reader, &word)).collect();
    }
    selection.read = fields.take("read").and_then(|node| reader.truth(node));
    if may_except && let Some(node) = fields.take("except") {
        selection.except = exceptions(reader, node, configuration);
    }
    reader.finish(&fields);
    if node.entries().is_empty() {
        let help = "add a `source`, `org`, `tag`, `title` or `item`; an empty selection would match everything";
        reader.report(
            Rule::WrongType,
            node.span,
            format!("{what} has no key that selects items"),
            help,
        );
        return None;
    }
    Some(selection)
}

/// Parses a pattern for words.
pub fn pattern(reader: &mut Reader<'_>, word: &Spanned<String>) -> Option<Spanned<TitlePattern>> {
    match TitlePattern::parse(&word.value) {
        Ok(pattern) => Some(Spanned::new(pattern, word.span)),
        Err(reason) => {
            let message = format!("`{}` is not a pattern: {reason}", word.value);
            let help = "write words, such as `risk report` or `export control*`, or `/REGEX/`";
            reader.report(Rule::BadPattern, word.span, message, help);
            None
        }
    }
}

fn exceptions(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Vec<Selection> {
    let single = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::List { items, .. } if items.is_empty() => {
            reader.report(
                Rule::WrongType,
                node.span,
                "`except` is empty",
                "give a selection, or remove it",
            );
            return Vec::new();
        }
        Value::List { items, .. } => items.as_slice(),
        _ => single,
    };
    nodes
        .iter()
        .filter_map(|node| selection(reader, node, "`except`", configuration, false))
        .collect()
}
