//! YAML with positions: the only user of the YAML parser.
//!
//! A text becomes one [`Node`] whose spans are offsets into the whole document, so that every
//! finding and every edit speaks of the file as a person sees it. Aliases are followed; a node
//! that stands behind an anchor or an alias is `shared` and must not be edited, because one edit
//! would change more than one place.

mod read;

use granit_parser::ErrorKind;

use crate::text::Span;

pub use read::{is_too_large, parse};

/// A YAML value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A scalar with its quotes; a flow collection with its brackets; a block collection from its
    /// first key or item to the end of its last; an absent value as the empty span behind the colon.
    pub span: Span,
    /// What it is.
    pub value: Value,
    /// Behind an anchor or an alias, or inside something that is.
    pub shared: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// One word, number or text.
    Scalar {
        /// The text, unquoted.
        text: String,
        /// How it was written.
        style: Style,
    },
    /// A list.
    List {
        /// In the order of the text.
        items: Vec<Node>,
        /// Whether it is written in brackets.
        flow: bool,
    },
    /// A map.
    Map {
        /// In the order of the text; keys differ.
        entries: Vec<MapEntry>,
        /// Whether it is written in braces.
        flow: bool,
    },
}

/// How a scalar was written.
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
    /// Where the key stands.
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

    /// What it is, for a person.
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

/// What YAML readers take an unquoted scalar for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// An integer or a decimal.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Anything else.
    Text,
}

/// What a plain scalar is taken for, by the core schema of YAML 1.2.
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

/// What the parser found, in words that need no knowledge of YAML's grammar.
pub(super) fn explain(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as Kind;
    let (message, help) = match kind {
        Kind::TabNotAllowed | Kind::TabInBlockIndentation | Kind::TabInIndentation => {
            ("a tab indents this line", "indent with spaces")
        }
        Kind::UnclosedFlowCollection { open } => {
            return (format!("`{open}` is never closed"), "close it");
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{open}` is closed by `{close}`"), "close it with its own bracket");
        }
        Kind::UnexpectedCharacter { character } => {
            return (format!("`{character}` cannot begin a value"), "put the value in quotes");
        }
        Kind::UnknownAnchor => (
            "`*` begins an alias, and no `&` above has this name",
            "put the value in quotes if the `*` is part of it",
        ),
        Kind::RecursionLimitExceeded => {
            ("lists and maps are nested too deep", "nest at most 64 deep")
        }
        Kind::MappingValueNotAllowed => ("a value holds `: `", "put the whole value in quotes"),
        Kind::UnclosedQuotedScalar => ("a quote is opened here and never closed", "close it"),
        Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey => (
            "`key: value` is expected here",
            "check the colon, the space behind it, and the indentation",
        ),
        Kind::InvalidIndentation => {
            ("the indentation does not fit the lines above", "align it with its neighbours")
        }
        other => {
            let words = format!("this is not valid YAML: {}", in_words(&format!("{other:?}")));
            return (words, "if it is a text, put it in quotes");
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
