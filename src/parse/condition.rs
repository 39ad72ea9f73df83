//! `sets`, `triggers` and their conditions.
//!
//! A condition is a map with exactly one key. An untagged serde enum would ignore a second key
//! without a message and has no positions.

use crate::model::trigger::Bound;
use crate::model::{
    Condition, Configuration, Count, Distinct, Effect, Leaf, Quiet, Rule, Safety, Trigger,
};
use crate::parse::fields::{Fields, Reader};
use crate::parse::value_fix::correction;
use crate::parse::yaml::{MapEntry, Node, Value};
use crate::text::Spanned;
use crate::text::suggest::did_you_mean;

const WORDS: [&str; 9] =
    ["all", "any", "none", "count", "quiet", "read", "verdict", "attested", "draft"];

/// Parses a trigger. Returns `None` if it cannot be evaluated; a diagnostic gives the reason.
pub fn trigger(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<Trigger> {
    let mut fields = reader.map(node, "a trigger")?;
    let id = reader.require(&mut fields, "id").and_then(|node| reader.word(node));
    let why = reader.require(&mut fields, "why").and_then(|node| reader.text(node));
    let effect = effect(reader, &mut fields, configuration);
    let when = reader.require(&mut fields, "when").and_then(|node| condition(reader, node));
    let from = fields.take("from").map(|node| levels(reader, node, configuration));
    let hold_for = fields.take("for").and_then(|node| reader.days(node));
    let until = fields.take("until").and_then(|node| reader.date(node));
    let next = fields.take("next").and_then(|node| reader.text(node));
    let acknowledged = fields.entry("weighed").map(|entry| fact_ids(reader, entry));
    reader.finish(&fields);
    Some(Trigger {
        span: node.span,
        id: id?,
        why: why?.value,
        effect: effect?,
        when: when?,
        from: from.unwrap_or_default(),
        hold_for,
        until,
        next: next.map(|text| text.value),
        acknowledged,
    })
}

/// Parses `weighed:`, which may be an empty list, unlike other lists.
fn fact_ids(reader: &mut Reader<'_>, entry: &MapEntry) -> Vec<String> {
    let items = entry.value.items();
    if items.is_empty() && !matches!(entry.value.value, Value::Null | Value::List { .. }) {
        let message = "`weighed` is a list of items, written by the tool";
        reader.report(
            Rule::WrongType,
            entry.value.span,
            message,
            "delete the key to let the trigger act again",
        );
    }
    let texts = items.iter().filter_map(|item| reader.text(item));
    texts.map(|text| text.value).collect()
}

fn effect(
    reader: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    configuration: &Configuration,
) -> Option<Effect> {
    type Kind = fn(Spanned<String>) -> Effect;
    let kinds: [(&'static str, Kind); 3] =
        [("raise-to", Effect::RaiseTo), ("lower-to", Effect::LowerTo), ("stay-at", Effect::StayAt)];
    let mut found = Vec::new();
    for (key, kind) in kinds {
        if let Some(entry) = fields.entry(key) {
            found.push((entry, kind));
        }
    }
    match found.as_slice() {
        [(entry, kind)] => level(reader, &entry.value, configuration).map(kind),
        [] => {
            let help = "add one of `raise-to: LEVEL`, `lower-to: LEVEL`, `stay-at: LEVEL`";
            reader.report(Rule::MissingKey, fields.span, "a trigger needs a level", help);
            None
        }
        [_, (second, _), ..] => {
            let message = format!("`{}` is a second effect", second.key);
            let help = "keep one of `raise-to`, `lower-to`, `stay-at`; write a second trigger for the other";
            reader.report(Rule::UnknownKey, second.key_span, message, help);
            None
        }
    }
}

/// Parses a level of the ladder.
pub fn level(
    reader: &mut Reader<'_>,
    node: &Node,
    configuration: &Configuration,
) -> Option<Spanned<String>> {
    let word = reader.word(node)?;
    let ladder = configuration.ladder.0.iter().map(String::as_str);
    reader.check_known(Rule::UnknownLevel, "level", &word, ladder).then_some(word)
}

fn levels(reader: &mut Reader<'_>, node: &Node, configuration: &Configuration) -> Vec<String> {
    let words = reader.words(node);
    let ladder = configuration.ladder.0.iter().map(String::as_str);
    words
        .into_iter()
        .filter(|word| reader.check_known(Rule::UnknownLevel, "level", word, ladder.clone()))
        .map(|word| word.value)
        .collect()
}

/// One condition with all below it.
pub fn condition(reader: &mut Reader<'_>, node: &Node) -> Option<Condition> {
    let entry = single_word(reader, node)?;
    let value = &entry.value;
    let leaf = match entry.key.as_str() {
        "all" => return conditions(reader, entry).map(Condition::All),
        "any" => return conditions(reader, entry).map(Condition::Any),
        "none" => return conditions(reader, entry).map(Condition::None),
        "count" => Leaf::Count(count(reader, value)?),
        "quiet" => Leaf::Quiet(quiet(reader, value)?),
        "read" => Leaf::Read { item: reader.word(value)? },
        "verdict" => verdict(reader, value)?,
        "attested" => attested(reader, value)?,
        "draft" => draft(reader, value)?,
        _ => return unknown_word(reader, entry),
    };
    Some(Condition::Leaf(leaf))
}

/// The only key of a condition.
fn single_word<'n>(reader: &mut Reader<'_>, node: &'n Node) -> Option<&'n MapEntry> {
    match node.entries() {
        [entry] if entry.value.value == Value::Null => {
            let message = format!("`{}` says nothing", entry.key);
            reader.report(Rule::BadCondition, entry.key_span, message, example(&entry.key));
            None
        }
        [entry] => Some(entry),
        [first, second, ..] => {
            let message = format!("`{}` and `{}` in one condition", first.key, second.key);
            let help = format!(
                "a condition has one key; join two conditions with `all: [{{{}: …}}, {{{}: …}}]` or `any: […]`",
                first.key, second.key
            );
            reader.report(Rule::BadCondition, second.key_span, message, help);
            None
        }
        [] => {
            let message = format!("a condition is expected here, found {}", node.kind());
            let help = "write one condition, such as `{read: ITEM}`";
            reader.report(Rule::BadCondition, node.span, message, help);
            None
        }
    }
}

fn unknown_word(reader: &mut Reader<'_>, entry: &MapEntry) -> Option<Condition> {
    let help = did_you_mean(&entry.key, WORDS.iter().copied()).map_or_else(
        || format!("the conditions are {}", WORDS.join(", ")),
        |word| format!("did you mean `{word}`?"),
    );
    let message = format!("there is no condition `{}`", entry.key);
    let key = Spanned::new(entry.key.clone(), entry.key_span);
    let fix = correction(reader.document, Safety::Safe, &key, WORDS.into_iter());
    reader.report_with(Rule::BadCondition, entry.key_span, message, help, fix);
    None
}

fn example(word: &str) -> &'static str {
    match word {
        "all" | "any" | "none" => "list its conditions: `[{read: ITEM}, …]`",
        "count" => "write `{count: {of: SET, at-least: 2}}`",
        "quiet" => "write `{quiet: {of: SET, for: 90d}}`",
        "verdict" => "write `{verdict: {item: ITEM, is: WORD}}`",
        "attested" => "write `{attested: {claim: WORD}}`",
        "draft" => "write `{draft: {is: STATE}}`",
        _ => "write `{read: ITEM}`",
    }
}

fn conditions(reader: &mut Reader<'_>, entry: &MapEntry) -> Option<Vec<Condition>> {
    let items = entry.value.items();
    if items.is_empty() {
        let message = format!("`{}` has no conditions", entry.key);
        reader.report(Rule::BadCondition, entry.value.span, message, example(&entry.key));
        return None;
    }
    // Every condition is read, so that all mistakes are found, before one missing ends it.
    let read: Vec<_> = items.iter().map(|item| condition(reader, item)).collect();
    read.into_iter().collect()
}

fn count(reader: &mut Reader<'_>, node: &Node) -> Option<Count> {
    let mut fields = reader.map(node, "`count`")?;
    let of = reader.require(&mut fields, "of").and_then(|node| reader.word(node));
    let bound = bound(reader, &mut fields);
    let distinct = fields.take("distinct").map(|node| distinct(reader, node));
    let published_within = fields.take("published-within").map(|node| reader.days(node));
    let landed_since = fields.take("landed-since").map(|node| reader.date(node));
    reader.finish(&fields);
    Some(Count {
        of: of?,
        bound: bound?,
        distinct: transposed(distinct)?,
        published_within: transposed(published_within)?,
        landed_since: transposed(landed_since)?,
    })
}

/// A value that was given but could not be read spoils the whole; one that was not given does not.
#[expect(clippy::option_option, reason = "given or not, readable or not")]
fn transposed<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

fn bound(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Bound> {
    let least = fields.entry("at-least");
    let most = fields.entry("at-most");
    match (least, most) {
        (Some(entry), None) | (None, Some(entry)) if entry.value.value == Value::Null => None,
        (Some(entry), None) => reader.number(&entry.value, 1).map(Bound::AtLeast),
        (None, Some(entry)) => reader.number(&entry.value, 0).map(Bound::AtMost),
        (Some(_), Some(second)) => {
            let help = "keep one; for a range, join two counts with `all`";
            reader.report(
                Rule::BadCondition,
                second.key_span,
                "`at-least` and `at-most` in one `count`",
                help,
            );
            None
        }
        (None, None) => {
            let help = "add `at-least: N` or `at-most: N`";
            reader.report(Rule::BadCondition, fields.span, "`count` has no number", help);
            None
        }
    }
}

fn distinct(reader: &mut Reader<'_>, node: &Node) -> Option<Distinct> {
    let word = reader.word(node)?;
    match word.value.as_str() {
        "org" => Some(Distinct::Org),
        "source" => Some(Distinct::Source),
        _ => {
            reader.check_known(
                Rule::UnknownWord,
                "`distinct`",
                &word,
                ["org", "source"].into_iter(),
            );
            None
        }
    }
}

fn quiet(reader: &mut Reader<'_>, node: &Node) -> Option<Quiet> {
    let mut fields = reader.map(node, "`quiet`")?;
    let of = reader.require(&mut fields, "of").and_then(|node| reader.word(node));
    let silent_for = reader.require(&mut fields, "for").and_then(|node| reader.days(node));
    reader.finish(&fields);
    Some(Quiet { of: of?, silent_for: silent_for? })
}

fn verdict(reader: &mut Reader<'_>, node: &Node) -> Option<Leaf> {
    let mut fields = reader.map(node, "`verdict`")?;
    let item = reader.require(&mut fields, "item").and_then(|node| reader.word(node));
    let is = reader.require(&mut fields, "is").map(|node| reader.words(node));
    reader.finish(&fields);
    let (item, is) = (item?, is?);
    (!is.is_empty()).then_some(Leaf::Verdict { item, is })
}

fn attested(reader: &mut Reader<'_>, node: &Node) -> Option<Leaf> {
    let mut fields = reader.map(node, "`attested`")?;
    let claim = reader.require(&mut fields, "claim").and_then(|node| reader.word(node));
    let by = fields.take("by").map(|node| reader.words(node));
    let people = fields.take("people").map(|node| reader.number(node, 1));
    reader.finish(&fields);
    let claim = claim?;
    let people = transposed(people)?.unwrap_or(1);
    Some(Leaf::Attested { claim, by: by.unwrap_or_default(), people })
}

fn draft(reader: &mut Reader<'_>, node: &Node) -> Option<Leaf> {
    let mut fields = reader.map(node, "`draft`")?;
    let is = reader.require(&mut fields, "is").map(|node| reader.words(node));
    reader.finish(&fields);
    is.filter(|is| !is.is_empty()).map(|is| Leaf::Draft { is })
}
