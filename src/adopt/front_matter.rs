//! The front matter of the new thread: the keys of the note, and the facts in its prose.

use std::collections::BTreeSet;

use crate::adopt::facts::{Fact, LevelState};
use crate::adopt::page;
use crate::adopt::page::NoteLine;
use crate::adopt::triggers::Trigger;
use crate::edit::yaml_edit::quoted;
use crate::model::{Date, Diagnostic, Ladder, Rule, date};
use crate::parse::yaml;
use crate::parse::yaml::{Node, Style, Value};
use crate::text::{Document, Span};

/// The front matter that a note has already.
#[derive(Debug, Clone, Default)]
pub(super) struct KeptFrontMatter {
    /// Its lines, those that were set aside as comments.
    lines: Vec<NoteLine>,
    /// Its keys, with the indices of their lines in `lines`.
    keys: Vec<(String, std::ops::Range<usize>)>,
    /// The keys that were set aside.
    aside: BTreeSet<String>,
    /// A level that the front matter states as a plain value.
    pub level_state: Option<LevelState>,
    /// The date of a key such as `created`.
    pub opened: Option<Date>,
}

/// Values to add.
#[derive(Debug, Clone, Default)]
pub(super) struct Filling<'a> {
    /// When the thread was opened.
    pub opened: Option<Date>,
    /// The level; the lowest where the note states none.
    pub level_state: Option<&'a LevelState>,
    /// The headings of the evidence, if they are not known.
    pub evidence: &'a [String],
    /// The tags.
    pub tags: &'a [String],
    /// The level below which the thread is held.
    pub held: Option<&'a str>,
    /// The triggers.
    pub triggers: &'a [Fact<Trigger>],
}

impl KeptFrontMatter {
    /// Reads the front matter of a note.
    ///
    /// # Errors
    /// It is no YAML, or written so that no key can be added.
    pub(super) fn read(
        note: &Document,
        span: Span,
        ladder: &Ladder,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut found = Vec::new();
        let root = yaml::parse(note, span, &mut found);
        if let Some(error) = found.into_iter().find(Diagnostic::is_error) {
            return Err(Box::new(error));
        }
        let root = root.ok_or_else(|| unfit(note, span))?;
        if !root.entries().is_empty() && matches!(root.value, Value::Map { flow: true, .. }) {
            return Err(unfit(note, root.span));
        }
        if !matches!(root.value, Value::Map { .. } | Value::Null) {
            return Err(unfit(note, root.span));
        }
        let first = note.position(span.start).line;
        let lines = page::lines(&note.text[span.range()], first);
        let starts: Vec<usize> = root
            .entries()
            .iter()
            .map(|entry| note.position(entry.key_span.start).line - first)
            .collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        let keys = root.entries().iter().zip(starts.iter().zip(ends));
        let keys = keys.map(|(entry, (&start, end))| (entry.key.clone(), start..end));
        Ok(Self {
            keys: keys.collect(),
            lines,
            aside: BTreeSet::new(),
            level_state: level_state(&root, ladder),
            opened: ["created", "date"]
                .iter()
                .find_map(|key| date::parse(scalar(root.get(key)?)?.get(..10)?).ok()),
        })
    }

    /// Returns whether it has a key that is read.
    pub(super) fn has(&self, key: &str) -> bool {
        !self.aside.contains(key) && self.keys.iter().any(|(known, _)| known == key)
    }

    /// Turns the key at a line of the note into comments. Returns `None` if the line has no key, or
    /// the key is a comment already.
    pub(super) fn set_aside(&mut self, number: usize) -> Option<(usize, String)> {
        let at = self.lines.iter().position(|line| line.number == number)?;
        let (key, range) = self.keys.iter().find(|(_, range)| range.contains(&at))?;
        if !self.aside.insert(key.clone()) {
            return None;
        }
        for line in &mut self.lines[range.clone()] {
            line.text = format!("# {}", line.text);
        }
        Some((self.lines[range.start].number, key.clone()))
    }

    /// Returns its lines with the missing keys after them, each with `ending`.
    pub(super) fn filled(
        &self,
        filling: &Filling<'_>,
        ladder: &Ladder,
        ending: &'static str,
    ) -> Vec<NoteLine> {
        let number = self.lines.last().map_or(1, |line| line.number);
        let added = self.additions(filling, ladder).into_iter();
        let added = added.map(|text| NoteLine { number, text, ending });
        self.lines.iter().cloned().chain(added).collect()
    }

    /// Returns hints as comments, if the note states no level yet.
    fn additions(&self, filling: &Filling<'_>, ladder: &Ladder) -> Vec<String> {
        let hints = !self.has("ripeness");
        let mut lines = Vec::new();
        match filling.opened {
            _ if self.has("opened") => {}
            Some(date) => lines.push(format!("opened: {date}")),
            None if hints => lines.push("# opened: YYYY-MM-DD".into()),
            None => {}
        }
        if hints {
            if !self.has("status") {
                lines.push("status: active".into());
            }
            lines.extend(ripeness(filling.level_state, ladder));
        }
        if !self.has("sections") && !filling.evidence.is_empty() {
            lines.push(sections(filling.evidence));
        }
        if !self.has("tags") && !filling.tags.is_empty() {
            let tags: Vec<String> =
                filling.tags.iter().map(|tag| quoted(tag, Style::Plain)).collect();
            lines.push(format!("tags: [{}]", tags.join(", ")));
        }
        if let (true, false, Some(level)) = (hints, self.has("hold"), filling.held) {
            lines.push(HOLD.replace("LEVEL", &quoted(level, Style::Plain)));
        }
        if hints && !self.has("collect") {
            lines.push(COLLECT.into());
        }
        if !self.has("triggers") && (hints || !filling.triggers.is_empty()) {
            lines.extend(triggers(filling.triggers, ladder));
        }
        lines.iter().flat_map(|text| text.lines()).map(str::to_string).collect()
    }
}

fn sections(evidence: &[String]) -> String {
    let headings: Vec<String> =
        evidence.iter().map(|heading| quoted(heading, Style::Plain)).collect();
    match headings.as_slice() {
        [heading] => format!("sections: {{evidence: {heading}}}"),
        headings => format!("sections: {{evidence: [{}]}}", headings.join(", ")),
    }
}

const HOLD: &str = "\
# The note keeps the thread below this level; this would hold triggers as well:
# hold: {below: LEVEL, until: {read: SOURCE/ITEM}, why: SENTENCE}";

const COLLECT: &str = "\
# Catalog items that belong to this thread without being mapped:
# collect: {tag: [WORD]}";

fn ripeness(level_state: Option<&LevelState>, ladder: &Ladder) -> Vec<String> {
    let lowest = ladder.0.first().map_or("", String::as_str);
    match level_state {
        Some(LevelState { level, since }) => {
            let since = since.map(|since| format!(", since: {since}")).unwrap_or_default();
            vec![format!("ripeness: {{level: {}{since}}}", quoted(level, Style::Plain))]
        }
        None => vec![
            "# The note states no level; this is the lowest one.".into(),
            format!("ripeness: {{level: {}}}", quoted(lowest, Style::Plain)),
        ],
    }
}

fn triggers(triggers: &[Fact<Trigger>], ladder: &Ladder) -> Vec<String> {
    let top = quoted(ladder.0.last().map_or("", String::as_str), Style::Plain);
    if triggers.is_empty() {
        return vec![
            "# When to write about it; a person answers with `thread attest`:".into(),
            "# triggers:".into(),
            format!(
                "#   - {{id: WORD, why: SENTENCE, raise-to: {top}, when: {{attested: {{claim: WORD}}}}}}"
            ),
        ];
    }
    let mut lines = vec![
        "# Triggers of the note, as claims that a person attests with `thread attest`. If the evidence".into(),
        "# can decide one, replace `attested` by another condition.".into(),
        "triggers:".into(),
    ];
    for Fact { value: Trigger { id, why, effect, level, next }, .. } in triggers {
        lines.push(format!("  - id: {}", quoted(id, Style::Plain)));
        lines.push(format!("    why: {}", quoted(why, Style::Plain)));
        lines.push(format!("    {effect}: {}", quoted(level, Style::Plain)));
        lines.push(format!("    when: {{attested: {{claim: {}}}}}", quoted(id, Style::Plain)));
        lines.extend(next.as_ref().map(|next| format!("    next: {}", quoted(next, Style::Plain))));
    }
    lines
}

/// Returns a level that is a plain value: `ripeness: medium`.
fn level_state(root: &Node, ladder: &Ladder) -> Option<LevelState> {
    let words = ["ripeness", "level"].into_iter().filter_map(|key| scalar(root.get(key)?));
    let mut levels = words.filter(|word| ladder.rank(word).is_some());
    levels.next().map(|level| LevelState { level: level.to_string(), since: None })
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

fn unfit(note: &Document, span: Span) -> Box<Diagnostic> {
    let message = "this front matter is not a list of keys, so no keys can be added";
    let place = Span::new(span.start, note.next_line(span.start).min(span.end).max(span.start));
    let finding = Diagnostic::new(Rule::WrongType, &note.path, place, message);
    Box::new(finding.help("write each `key: value` on its own line, or remove it"))
}
