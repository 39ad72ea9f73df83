//! Typed values of YAML nodes. Each mistake is a diagnostic with its position and a remedy; parsing
//! continues after it.

use crate::model::{Date, Days, Diagnostic, Fix, Rule, Safety, date};
use crate::parse::value_fix::{correction, quoting};
use crate::parse::yaml::{MapEntry, Node, Scalar, Style, Value, classify};
use crate::text::suggest::{did_you_mean, listed, unknown_name_help};
use crate::text::{Document, Span, Spanned};

/// Keys that mean nothing when they are empty: the tool fills two of them, a person the third.
const MAY_BE_EMPTY: [&str; 3] = ["since", "weighed", "next"];

/// Parses nodes of one document and collects diagnostics.
pub struct Reader<'a> {
    /// The document that the nodes come from.
    pub document: &'a Document,
    /// The diagnostics so far.
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// The keys of a map. Keys that are not taken are unknown.
pub struct Fields<'n> {
    /// The map.
    pub span: Span,
    what: String,
    entries: &'n [MapEntry],
    known: Vec<&'static str>,
    required: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Returns the fix that corrects the spelling of a key, unless the map has the correct key as
    /// well.
    fn correction(&self, document: &Document, safety: Safety, entry: &MapEntry) -> Option<Fix> {
        let key = Spanned::new(entry.key.clone(), entry.key_span);
        let free = |known: &&str| !self.entries.iter().any(|entry| entry.key == *known);
        let fix = correction(document, safety, &key, self.known.iter().copied());
        fix.filter(|_| {
            did_you_mean(&entry.key, self.known.iter().copied()).is_some_and(|near| free(&near))
        })
    }

    /// Takes the value of `key`, unless it is missing or empty.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        let entry = self.entry(key)?;
        Some(&entry.value).filter(|node| node.value != Value::Null)
    }

    /// The entry of `key`, even where its value is empty.
    pub fn entry(&mut self, key: &'static str) -> Option<&'n MapEntry> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Reader<'_> {
    /// Reports a finding.
    pub fn report(
        &mut self,
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_with(rule, span, message, help, None);
    }

    /// Reports a finding with a help line.
    pub fn report_with(
        &mut self,
        rule: Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
        fix: Option<Fix>,
    ) {
        let finding = Diagnostic::new(rule, &self.document.path, span, message).help(help);
        self.diagnostics.push(finding.fix(fix));
    }

    /// Opens a map; `what` names it in messages, such as "a trigger".
    pub fn map<'n>(&mut self, node: &'n Node, what: &str) -> Option<Fields<'n>> {
        if !matches!(node.value, Value::Map { .. }) {
            let message = format!("{what} is a map of keys, found {}", node.kind());
            self.report(
                Rule::WrongType,
                node.span,
                message,
                "write `{key: value, …}`, or each `key: value` on its own line",
            );
            return None;
        }
        Some(Fields {
            span: node.span,
            what: what.to_string(),
            entries: node.entries(),
            known: Vec::new(),
            required: Vec::new(),
        })
    }

    /// The value of a key that must be there and not empty.
    pub fn require<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node> {
        let found = fields.entry(key);
        fields.required.push(key);
        match found {
            Some(entry) if entry.value.value != Value::Null => Some(&entry.value),
            Some(entry) => {
                let message = format!("`{key}` is empty");
                self.report(Rule::MissingKey, entry.key_span, message, "give it a value");
                None
            }
            None => {
                let message = format!("{} has no `{key}`", fields.what);
                let place = first_line(self.document, fields.span);
                self.report(Rule::MissingKey, place, message, format!("add `{key}: …`"));
                None
            }
        }
    }

    /// Reports keys that were not taken as errors.
    pub fn finish(&mut self, fields: &Fields<'_>) {
        for entry in fields.entries {
            // An empty value is not the same as no key: `{tag: }` would match everything.
            let may_be_empty = MAY_BE_EMPTY.contains(&entry.key.as_str())
                || fields.required.contains(&entry.key.as_str());
            if entry.value.value == Value::Null && !may_be_empty {
                let message = format!("`{}` is empty", entry.key);
                self.report(
                    Rule::MissingKey,
                    entry.key_span,
                    message,
                    "give it a value, or remove it",
                );
            }
            if !fields.known.contains(&entry.key.as_str()) {
                let message = format!("{} has no key `{}`", fields.what, entry.key);
                let help = did_you_mean(&entry.key, fields.known.iter().copied()).map_or_else(
                    || format!("its keys are {}", listed(fields.known.iter().copied())),
                    |word| format!("did you mean `{word}`?"),
                );
                let fix = fields.correction(self.document, Safety::Safe, entry);
                self.report_with(Rule::UnknownKey, entry.key_span, message, help, fix);
            }
        }
    }

    /// Warns about keys that were not taken and resemble a known key. Other keys are ignored.
    pub fn finish_leniently(&mut self, fields: &Fields<'_>) {
        for entry in fields.entries {
            if fields.known.contains(&entry.key.as_str()) || entry.key.starts_with("x-") {
                continue;
            }
            if let Some(word) = did_you_mean(&entry.key, fields.known.iter().copied()) {
                let message = format!("nothing reads the key `{}`", entry.key);
                let help = format!("did you mean `{word}`? a key of your own may begin with `x-`");
                // A difference in case is a typing error; a different letter may be a key of
                // another tool.
                let is_style = entry.key.to_lowercase().replace('_', "-") == word;
                let safety = if is_style { Safety::Safe } else { Safety::Unsafe };
                let fix = fields.correction(self.document, safety, entry);
                self.report_with(Rule::SuspectKey, entry.key_span, message, help, fix);
            }
        }
    }

    /// A text: any scalar as it is written.
    pub fn text(&mut self, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } if text.trim().is_empty() => {
                self.report(
                    Rule::WrongType,
                    node.span,
                    "this string is empty",
                    "give it a value, or remove the key",
                );
                None
            }
            Value::Scalar { text, .. } => Some(Spanned::new(text.clone(), node.span)),
            _ => {
                let message = format!("a string is expected here, found {}", node.kind());
                self.report(
                    Rule::WrongType,
                    node.span,
                    message,
                    "write a string, in quotes if it contains a colon",
                );
                None
            }
        }
    }

    /// Parses a string that no YAML reader takes for a number or a boolean.
    pub fn word(&mut self, node: &Node) -> Option<Spanned<String>> {
        if let Value::Scalar { text, style: Style::Plain } = &node.value
            && classify(text) != Scalar::Text
        {
            let message = format!("`{text}` is {}, a string is expected", node.kind());
            let fix = quoting(self.document, &Spanned::new(text.clone(), node.span));
            let help = format!("quote it: \"{text}\"");
            self.report_with(Rule::WrongType, node.span, message, help, fix);
            return None;
        }
        self.text(node)
    }

    /// Parses a string or a list of at least one string.
    pub fn words(&mut self, node: &Node) -> Vec<Spanned<String>> {
        match &node.value {
            Value::List { items, .. } if items.is_empty() => {
                self.report(
                    Rule::WrongType,
                    node.span,
                    "this list is empty",
                    "list at least one, or remove the key",
                );
                Vec::new()
            }
            Value::List { items, .. } => items.iter().filter_map(|item| self.word(item)).collect(),
            _ => self.word(node).into_iter().collect(),
        }
    }

    /// A date.
    pub fn date(&mut self, node: &Node) -> Option<Date> {
        let text = self.text(node)?;
        match date::parse(&text.value) {
            Ok(date) => Some(date),
            Err(reason) => {
                let message = format!("`{}` is not a date: {reason}", text.value);
                self.report(Rule::BadDate, node.span, message, "write a date as YYYY-MM-DD");
                None
            }
        }
    }

    /// Parses a duration: `90d`.
    pub fn days(&mut self, node: &Node) -> Option<Days> {
        let text = self.text(node)?;
        match Days::parse(&text.value) {
            Ok(days) => Some(days),
            Err(reason) => {
                let message = format!("`{}` is not a duration", text.value);
                self.report(Rule::BadDuration, node.span, message, reason);
                None
            }
        }
    }

    /// A whole number that is not less than `least`.
    pub fn number(&mut self, node: &Node, least: u32) -> Option<u32> {
        let text = match &node.value {
            Value::Scalar { text, style: Style::Plain } => text.as_str(),
            _ => "",
        };
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u32>().ok().filter(|&number| digits && number >= least);
        if number.is_none() {
            let message = format!("a whole number of {least} or more is expected here");
            self.report(Rule::WrongType, node.span, message, format!("write {}", least.max(1)));
        }
        number
    }

    /// `true` or `false`.
    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Scalar { text, style: Style::Plain } if classify(text) == Scalar::Boolean => {
                Some(text.eq_ignore_ascii_case("true"))
            }
            _ => {
                let message = format!("true or false is expected here, found {}", node.kind());
                self.report(Rule::WrongType, node.span, message, "write `true` or `false`");
                None
            }
        }
    }

    /// Reports a value that is not in `known`. `what` names the kind of value, such as "level".
    pub fn check_known<'k>(
        &mut self,
        rule: Rule,
        what: &str,
        word: &Spanned<String>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> bool {
        if known.clone().any(|known| known == word.value) {
            return true;
        }
        let help = unknown_name_help(what, &word.value, known.clone());
        // Two names that resemble each other may belong to two people.
        let safety = if rule == Rule::UnknownPerson { Safety::Unsafe } else { Safety::Safe };
        let fix = correction(self.document, safety, word, known);
        self.report_with(rule, word.span, format!("unknown {what} `{}`", word.value), help, fix);
        false
    }
}

/// The part of `span` on its first line, for a caret.
fn first_line(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    let line = text.lines().next().unwrap_or("");
    Span::new(span.start, span.start + line.len())
}
