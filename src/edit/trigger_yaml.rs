//! Triggers, conditions and selections as YAML text.

use crate::edit::yaml_edit::{quoted, sentence};
use crate::model::trigger::Bound;
use crate::model::{Condition, Count, Distinct, Effect, Leaf, Selection, Trigger};
use crate::parse::yaml::Style;
use crate::text::Spanned;

/// The keys of a trigger with their values, in the order of the documentation.
///
/// A trigger that counts has `id`, `why`, `raise-to` and `when: {count: {of: hits, at-least: 2}}`.
pub fn trigger(trigger: &Trigger) -> Vec<(&'static str, String)> {
    let effect = match &trigger.effect {
        Effect::RaiseTo(_) => "raise-to",
        Effect::LowerTo(_) => "lower-to",
        Effect::StayAt(_) => "stay-at",
    };
    let from: Vec<String> = trigger.from.iter().map(|level| word(level)).collect();
    let optional = [
        ("from", (!from.is_empty()).then(|| list(&from))),
        ("for", trigger.hold_for.map(|days| days.to_string())),
        ("until", trigger.until.map(|date| date.to_string())),
        ("next", trigger.next.as_deref().map(|next| sentence(next, Style::Plain))),
    ];
    let required = [
        ("id", word(&trigger.id.value)),
        ("why", sentence(&trigger.why, Style::Plain)),
        (effect, word(&trigger.effect.level().value)),
        ("when", condition(&trigger.when)),
    ];
    let given = optional.into_iter().filter_map(|(key, value)| Some((key, value?)));
    required.into_iter().chain(given).collect()
}

/// A condition: `{all: [{read: lab/a}, {count: {of: hits, at-least: 2}}]}`.
pub fn condition(condition: &Condition) -> String {
    let joined = |key: &str, parts: &[Condition]| {
        let parts: Vec<String> = parts.iter().map(self::condition).collect();
        format!("{{{key}: [{}]}}", parts.join(", "))
    };
    match condition {
        Condition::All(parts) => joined("all", parts),
        Condition::Any(parts) => joined("any", parts),
        Condition::None(parts) => joined("none", parts),
        Condition::Leaf(leaf) => format!("{{{}}}", self::leaf(leaf)),
    }
}

fn leaf(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Count(count) => format!("count: {}", self::count(count)),
        Leaf::Quiet(quiet) => {
            format!("quiet: {{of: {}, for: {}}}", word(&quiet.of.value), quiet.silent_for)
        }
        Leaf::Read { item } => format!("read: {}", word(&item.value)),
        Leaf::Verdict { item, is } => {
            format!("verdict: {{item: {}, is: {}}}", word(&item.value), one_or_list(is))
        }
        Leaf::Attested { claim, by, people } => {
            let mut text = format!("attested: {{claim: {}", word(&claim.value));
            if !by.is_empty() {
                text.push_str(&format!(", by: {}", one_or_list(by)));
            }
            if *people > 1 {
                text.push_str(&format!(", people: {people}"));
            }
            text + "}"
        }
        Leaf::Draft { is } => format!("draft: {{is: {}}}", one_or_list(is)),
    }
}

fn count(count: &Count) -> String {
    let mut text = match count.bound {
        Bound::AtLeast(least) => format!("{{of: {}, at-least: {least}", word(&count.of.value)),
        Bound::AtMost(most) => format!("{{of: {}, at-most: {most}", word(&count.of.value)),
    };
    match count.distinct {
        Some(Distinct::Org) => text.push_str(", distinct: org"),
        Some(Distinct::Source) => text.push_str(", distinct: source"),
        None => {}
    }
    if let Some(days) = count.published_within {
        text.push_str(&format!(", published-within: {days}"));
    }
    if let Some(since) = count.landed_since {
        text.push_str(&format!(", landed-since: {since}"));
    }
    text + "}"
}

/// A selection: `{tag: kelp, org: [lab, harbour]}`.
pub fn selection(selection: &Selection) -> String {
    let title: Vec<String> = selection
        .title
        .iter()
        .map(|pattern| sentence(pattern.value.as_str(), Style::Plain))
        .collect();
    let keys = [
        ("source", words(&selection.source)),
        ("org", words(&selection.org)),
        ("tag", words(&selection.tag)),
        ("title", title),
        ("item", words(&selection.item)),
        ("verdict", words(&selection.verdict)),
    ];
    let given = keys.into_iter().filter(|(_, values)| !values.is_empty());
    let mut parts: Vec<String> =
        given.map(|(key, values)| format!("{key}: {}", single_or_list(&values))).collect();
    parts.extend(selection.read.map(|read| format!("read: {read}")));
    let except: Vec<String> = selection.except.iter().map(self::selection).collect();
    if !except.is_empty() {
        parts.push(format!("except: {}", single_or_list(&except)));
    }
    format!("{{{}}}", parts.join(", "))
}

fn word(text: &str) -> String {
    quoted(text, Style::Plain)
}

fn words(words: &[Spanned<String>]) -> Vec<String> {
    words.iter().map(|text| word(&text.value)).collect()
}

fn one_or_list(values: &[Spanned<String>]) -> String {
    single_or_list(&words(values))
}

fn single_or_list(values: &[String]) -> String {
    match values {
        [value] => value.clone(),
        values => list(values),
    }
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}
