//! `thread.yaml`. Unknown keys are errors.

use crate::model::slug::slug_of;
use crate::model::{
    Configuration, DateOrder, Diagnostic, Ladder, PersonKind, Rule, RuleLevel, RuleLevels,
    SectionKind, SectionNames,
};
use crate::parse::fields::{Fields, Reader};
use crate::parse::yaml::{MapEntry, Node};
use crate::parse::{fence, source, yaml};
use crate::text::{Document, Span, Spanned};

/// Parses `thread.yaml`. Keys with errors have their default values.
pub fn parse(document: &Document) -> (Configuration, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    diagnostics.extend(fence::find_conflict(document));
    let mut configuration = Configuration::default();
    let whole = Span::new(0, document.text.len());
    if let Some(root) = yaml::parse(document, whole, &mut diagnostics) {
        let mut reader = Reader { document, diagnostics: &mut diagnostics };
        read(&mut reader, &root, &mut configuration);
    }
    (configuration, diagnostics)
}

fn read(reader: &mut Reader<'_>, root: &Node, configuration: &mut Configuration) {
    let Some(mut fields) = reader.map(root, "thread.yaml") else {
        return;
    };
    for (key, directory) in [
        ("threads", &mut configuration.threads),
        ("backlogs", &mut configuration.backlogs),
        ("drafts", &mut configuration.drafts),
    ] {
        if let Some(path) = fields.take(key).and_then(|node| directory_path(reader, node)) {
            *directory = path;
        }
    }
    if let Some(levels) = distinct_words(reader, &mut fields, "ladder") {
        configuration.ladder = Ladder(levels);
    }
    if let Some(states) = distinct_words(reader, &mut fields, "draft-states") {
        configuration.draft_states = states;
    }
    if let Some(node) = fields.take("sources") {
        for entry in node.entries() {
            let slug = slug_of(&entry.key);
            if slug != entry.key {
                let message = format!("the key of a source is its slug, not `{}`", entry.key);
                let help = format!("write `{slug}`, and `{}` as its `name`", entry.key);
                reader.report(Rule::UnknownWord, entry.key_span, message, help);
            }
            let source = source::source(reader, &entry.value);
            configuration.sources.insert(entry.key.clone(), source);
        }
        reader.map(node, "`sources`");
    }
    if let Some(node) = fields.take("tagging") {
        configuration.tagging = source::tagging(reader, node, configuration);
    }
    if let Some(node) = fields.take("people") {
        for entry in node.entries() {
            if let Some(kind) = person(reader, &entry.value) {
                configuration.people.insert(entry.key.clone(), kind);
            }
        }
        reader.map(node, "`people`");
    }
    configuration.notation.dates = fields.take("dates").and_then(|node| date_order(reader, node));
    if let Some(node) = fields.take("sections") {
        configuration.notation.sections = section_names(reader, node);
    }
    if let Some(node) = fields.take("rules") {
        for entry in node.entries() {
            level(reader, entry, &mut configuration.rule_levels);
        }
        reader.map(node, "`rules`");
    }
    reader.finish(&fields);
}

/// `dmy` or `mdy`.
fn date_order(reader: &mut Reader<'_>, node: &Node) -> Option<DateOrder> {
    let word = reader.word(node)?;
    let words = DateOrder::WORDS.iter().map(|(word, _)| *word);
    reader.check_known(Rule::UnknownWord, "order of dates", &word, words);
    DateOrder::WORDS.iter().find(|(known, _)| *known == word.value).map(|(_, order)| *order)
}

/// Parses `sections:`, of `thread.yaml` or of a thread: `{evidence: [Links, Papers], notes: Log}`.
pub fn section_names(reader: &mut Reader<'_>, node: &Node) -> SectionNames {
    let mut names = SectionNames::default();
    let Some(mut fields) = reader.map(node, "`sections`") else {
        return names;
    };
    for kind in SectionKind::ALL {
        let headings = fields.take(kind.key()).map(|node| reader.words(node)).unwrap_or_default();
        for heading in headings {
            let known = names.declared.iter().find(|(_, known)| *known == heading.value);
            if let Some((other, _)) = known {
                let message = format!(
                    "the heading `{}` is declared for `{}` already",
                    heading.value,
                    other.key()
                );
                reader.report(Rule::DuplicateKey, heading.span, message, "keep one of them");
            } else {
                names.declared.push((kind, heading.value));
            }
        }
    }
    reader.finish(&fields);
    names
}

/// Parses a directory relative to the workspace. Its path may not lead out of the workspace.
fn directory_path(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.text(node)?;
    let path = text.value.trim_end_matches('/').to_string();
    let leaves = path.is_empty()
        || path.starts_with(['/', '\\'])
        || path.contains(':')
        || path.split(['/', '\\']).any(|part| part == "..");
    if leaves {
        let message = format!("`{}` is not a directory in this workspace", text.value);
        reader.report(
            Rule::WrongType,
            text.span,
            message,
            "give a path relative to this file, without `..`",
        );
        return None;
    }
    Some(path)
}

/// Parses a list of at least one string without duplicates.
fn distinct_words(
    reader: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    key: &'static str,
) -> Option<Vec<String>> {
    let words = reader.words(fields.take(key)?);
    let mut seen: Vec<Spanned<String>> = Vec::new();
    for word in words {
        if seen.iter().any(|known| known.value == word.value) {
            let message = format!("`{}` is listed twice in `{key}`", word.value);
            reader.report(Rule::DuplicateKey, word.span, message, "keep one of them");
        } else {
            seen.push(word);
        }
    }
    let words: Vec<String> = seen.into_iter().map(|word| word.value).collect();
    (!words.is_empty()).then_some(words)
}

fn person(reader: &mut Reader<'_>, node: &Node) -> Option<PersonKind> {
    let word = reader.word(node)?;
    match word.value.as_str() {
        "person" => Some(PersonKind::Person),
        "agent" => Some(PersonKind::Agent),
        _ => {
            reader.check_known(
                Rule::UnknownWord,
                "kind of person",
                &word,
                ["person", "agent"].into_iter(),
            );
            None
        }
    }
}

/// `RULE: deny`, `warn` or `allow`.
fn level(reader: &mut Reader<'_>, entry: &MapEntry, rule_levels: &mut RuleLevels) {
    let name = Spanned::new(entry.key.clone(), entry.key_span);
    let names = Rule::ALL.iter().map(|rule| rule.name());
    let is_known = reader.check_known(Rule::UnknownWord, "rule", &name, names);
    let Some(word) = reader.word(&entry.value) else {
        return;
    };
    let words = RuleLevel::ALL.map(RuleLevel::as_str);
    reader.check_known(Rule::UnknownWord, "stance", &word, words.into_iter());
    let level = RuleLevel::ALL.into_iter().find(|level| level.as_str() == word.value);
    if let (true, Some(rule), Some(level)) = (is_known, Rule::named(&name.value), level)
        && rule_levels.set(rule, level).is_none()
    {
        let message = format!("`{}` is always an error; its level cannot be changed", name.value);
        let help = "remove it; only the levels of warnings and hints can be changed";
        reader.report(Rule::UnknownWord, name.span, message, help);
    }
}
