//! YAML with positions.
//!
//! A text becomes one [`Node`] whose spans are offsets into the whole document, so that findings
//! and edits refer to the file. Aliases are resolved. A node with an anchor or from an alias is
//! `shared` and must not be edited, because the edit would change several values.

mod read;

use granit_parser::ErrorKind;

use crate::text::Span;

pub use read::{is_too_large, parse};

/// A YAML value and its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A scalar with its quotes; a flow collection with its brackets; a block collection from its
    /// first key or item to the end of its last; a missing value as the empty span after the colon.
    pub span: Span,
    /// Its value.
    pub value: Value,
    /// True if it has an anchor, comes from an alias, or is inside of such a node.
    pub shared: bool,
}

/// The value of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A string, number, boolean or null.
    Scalar {
        /// The text, unquoted.
        text: String,
        /// Its style.
        style: Style,
    },
    /// A list.
    List {
        /// In the order of the text.
        items: Vec<Node>,
        /// True if it is written in brackets.
        flow: bool,
    },
    /// A map.
    Map {
        /// In the order of the text; keys differ.
        entries: Vec<MapEntry>,
        /// True if it is written in braces.
        flow: bool,
    },
}

/// The style of a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'single'`
    Single,
    /// `"double"`
    Double,
    /// `|` or `>`
    Block,
}

/// One key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEntry {
    /// The key's text.
    pub key: String,
    /// The span of the key.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[MapEntry] {
        match &self.value {
            Value::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List { items, .. } => items,
            _ => &[],
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let mut entries = self.entries().iter();
        entries.find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Returns its kind for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { text, style: Style::Plain } => match classify(text) {
                Scalar::Number => "a number",
                Scalar::Boolean => "true or false",
                Scalar::Text => "a text",
            },
            Value::Scalar { .. } => "a text",
            Value::List { .. } => "a list",
            Value::Map { .. } => "a map",
        }
    }
}

/// The type of an unquoted scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// An integer or a decimal.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Anything else.
    Text,
}

/// Returns the type of a plain scalar by the core schema of YAML 1.2: `455` is a number.
pub fn classify(text: &str) -> Scalar {
    match text {
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Scalar::Boolean,
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && text.parse::<f64>().is_ok() =>
        {
            Scalar::Number
        }
        _ => Scalar::Text,
    }
}

impl Node {
    fn empty_map(at: usize) -> Self {
        Self {
            span: Span::at(at),
            value: Value::Map { entries: Vec::new(), flow: false },
            shared: false,
        }
    }

    fn size(&self) -> usize {
        let children: usize = match &self.value {
            Value::Null | Value::Scalar { .. } => 0,
            Value::List { items, .. } => items.iter().map(Node::size).sum(),
            Value::Map { entries, .. } => entries.iter().map(|entry| entry.value.size() + 1).sum(),
        };
        children + 1
    }

    fn share(&mut self) {
        self.shared = true;
        match &mut self.value {
            Value::Null | Value::Scalar { .. } => {}
            Value::List { items, .. } => items.iter_mut().for_each(Node::share),
            Value::Map { entries, .. } => entries.iter_mut().for_each(|entry| entry.value.share()),
        }
    }
}

/// Returns a message and a help line for a syntax error, without terms of the YAML grammar.
pub(super) fn explain(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as Kind;
    let (message, help) = match kind {
        Kind::TabNotAllowed | Kind::TabInBlockIndentation | Kind::TabInIndentation => {
            ("a tab indents this line", "indent with spaces")
        }
        Kind::UnclosedFlowCollection { open } => {
            return (format!("`{open}` is not closed"), "close it");
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            return (
                format!("`{open}` is closed by `{close}`"),
                "close it with the matching bracket",
            );
        }
        Kind::UnexpectedCharacter { character } => {
            return (format!("`{character}` cannot begin a value"), "put the value in quotes");
        }
        Kind::UnknownAnchor => (
            "`*` begins an alias, and no `&` above has this name",
            "put the value in quotes if the `*` is part of it",
        ),
        Kind::RecursionLimitExceeded => {
            ("lists and maps are nested too deeply", "use at most 64 levels")
        }
        Kind::MappingValueNotAllowed => ("a value holds `: `", "put the whole value in quotes"),
        Kind::UnclosedQuotedScalar => {
            ("a quotation mark is opened here and not closed", "close it")
        }
        Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey => (
            "`key: value` is expected here",
            "check the colon, the space after it, and the indentation",
        ),
        Kind::InvalidIndentation => (
            "the indentation does not match the lines before",
            "align it with the other keys or items",
        ),
        other => {
            let words = format!("this is not valid YAML: {}", in_words(&format!("{other:?}")));
            return (words, "if it is a string, put it in quotes");
        }
    };
    (message.into(), help)
}

/// `InvalidDocumentEnd` as "invalid document end".
fn in_words(name: &str) -> String {
    let name = name.split([' ', '{', '(']).next().unwrap_or(name);
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
