//! Events of the YAML parser to nodes.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, options};

use crate::model::{Diagnostic, Rule};
use crate::parse::yaml::{MapEntry, Node, Style, Value, explain};
use crate::text::{Document, Span};

/// Collections may be nested so deep; the front matter of a thread needs seven.
const DEEPEST: usize = 64;
/// Nodes that one text may have, aliases counted as often as they are used.
const MOST_NODES: usize = 20_000;

/// Parses the YAML in `span`: a map, or an empty text, which is an empty map. Returns `None` if it
/// is not valid; `diagnostics` gives the reason.
pub fn parse(document: &Document, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut builder = Builder::new(document, span, diagnostics);
    if !builder.read(span) {
        return None;
    }
    let root = builder.root.unwrap_or_else(|| Node::empty_map(span.start));
    match root.value {
        Value::Map { .. } => Some(root),
        Value::Null => Some(Node::empty_map(span.start)),
        _ => {
            diagnostics.push(
                Diagnostic::new(
                    Rule::YamlSyntax,
                    &document.path,
                    root.span,
                    format!("keys are expected here, found {}", root.kind()),
                )
                .label("not `key: value`")
                .help("write each `key: value` on its own line, with a space after the colon"),
            );
            None
        }
    }
}

/// Returns whether the YAML in `span` of the document has more values than are read.
pub fn is_too_large(document: &Document, span: Span) -> bool {
    let mut ignored = Vec::new();
    let mut builder = Builder::new(document, span, &mut ignored);
    !builder.read(span) && builder.nodes > MOST_NODES
}

/// A collection that is still open.
struct Open {
    node: Node,
    anchor: usize,
    /// The key that waits for its value; its text is `None` where the key is not a scalar.
    key: Option<(Option<String>, Span)>,
}

struct Builder<'a> {
    document: &'a Document,
    offset: usize,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    stack: Vec<Open>,
    root: Option<Node>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a Document, span: Span, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            document,
            offset: span.start,
            anchors: HashMap::new(),
            nodes: 0,
            stack: Vec::new(),
            root: None,
            diagnostics,
        }
    }

    /// Takes all events of the YAML in a span; `false` if one of them ends the reading.
    fn read(&mut self, span: Span) -> bool {
        let settings = options! {
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
            emit_comments: false,
        };
        let text = self.document.slice(span);
        Parser::new_from_str_with_options(text, settings).all(|event| match event {
            Ok((event, place)) => {
                let place = place.byte_range().map_or(Span::at(0), Span::from);
                self.take(event, place.shifted(span.start))
            }
            Err(error) => {
                self.syntax_error(&error, text);
                false
            }
        })
    }

    /// Takes one event; `false` ends the reading.
    fn take(&mut self, event: Event<'_>, place: Span) -> bool {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.finish(scalar(&text, style, place), anchor)
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(target) => {
                    self.nodes += target.size();
                    let mut node = if self.nodes > MOST_NODES {
                        Node::empty_map(place.start)
                    } else {
                        target.clone()
                    };
                    node.share();
                    node.span = place;
                    self.finish(node, 0)
                }
                None => self.fail(
                    place,
                    "an alias inside its own anchor",
                    "write the value without the alias",
                ),
            },
            Event::SequenceStart(style, anchor, _) => {
                let value = Value::List { items: Vec::new(), flow: style == StructureStyle::Flow };
                self.open(value, place, anchor)
            }
            Event::MappingStart(style, anchor, _) => {
                let value = Value::Map { entries: Vec::new(), flow: style == StructureStyle::Flow };
                self.open(value, place, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place),
            Event::DocumentStart(..) if self.root.is_some() => {
                self.fail(place, "a second YAML document begins here", "keep one document")
            }
            _ => true,
        }
    }

    fn open(&mut self, value: Value, place: Span, anchor: usize) -> bool {
        let node = Node { span: place, value, shared: false };
        self.stack.push(Open { node, anchor, key: None });
        true
    }

    fn close(&mut self, place: Span) -> bool {
        let Some(Open { mut node, anchor, .. }) = self.stack.pop() else {
            return true;
        };
        // Most collections have one or two entries; a vector allocates space for four.
        match &mut node.value {
            Value::List { items, .. } => items.shrink_to_fit(),
            Value::Map { entries, .. } => entries.shrink_to_fit(),
            Value::Null | Value::Scalar { .. } => {}
        }
        node.span = match &node.value {
            Value::List { items, flow: false } => hull(items.first(), items.last(), node.span),
            Value::Map { entries, flow: false } => match (entries.first(), entries.last()) {
                (Some(first), Some(last)) => Span::new(first.key_span.start, last.value.span.end),
                _ => node.span,
            },
            _ => Span::new(node.span.start, place.end),
        };
        self.finish(node, anchor)
    }

    /// Adds a finished node to its parent.
    fn finish(&mut self, mut node: Node, anchor: usize) -> bool {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return self.fail(
                node.span,
                "this YAML is too large",
                "the limit is 20,000 values; aliases count each time they are used",
            );
        }
        if anchor > 0 {
            node.share();
            self.anchors.insert(anchor, node.clone());
        }
        let Some(parent) = self.stack.last_mut() else {
            self.root = Some(node);
            return true;
        };
        match &mut parent.node.value {
            Value::List { items, .. } => items.push(node),
            Value::Map { entries, .. } => match parent.key.take() {
                None => {
                    let text = match node.value {
                        Value::Scalar { text, .. } => Some(text),
                        _ => None,
                    };
                    parent.key = Some((text, node.span));
                }
                Some((key, key_span)) => {
                    let Some(key) = key else {
                        return self.fail(key_span, "a key must be a string", "write `key: value`");
                    };
                    if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                        let first = first.key_span;
                        return self.duplicate(&key, key_span, first);
                    }
                    if node.value == Value::Null && node.span.is_empty() {
                        node.span = Span::at(behind_colon(&self.document.text, key_span.end));
                    }
                    entries.push(MapEntry { key, key_span, value: node });
                }
            },
            Value::Null | Value::Scalar { .. } => {}
        }
        true
    }

    fn fail(&mut self, span: Span, message: &str, help: &str) -> bool {
        let finding = Diagnostic::new(Rule::YamlSyntax, &self.document.path, span, message);
        self.diagnostics.push(finding.help(help));
        false
    }

    fn duplicate(&mut self, key: &str, span: Span, first: Span) -> bool {
        let finding = Diagnostic::new(
            Rule::DuplicateKey,
            &self.document.path,
            span,
            format!("`{key}` is defined twice"),
        )
        .label("again here")
        .related(&self.document.path, first, "first here")
        .help("keep one of them");
        self.diagnostics.push(finding);
        false
    }

    fn syntax_error(&mut self, error: &ScanError, text: &str) {
        let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
        let at = if text[at..].trim().is_empty() { text.trim_end().len() } else { at };
        let width = text[at..]
            .chars()
            .next()
            .filter(|c| *c != '\n' && *c != '\r')
            .map_or(0, char::len_utf8);
        let span = Span::new(at, at + width).shifted(self.offset);
        let (message, help) = explain(error.kind());
        let finding = Diagnostic::new(Rule::YamlSyntax, &self.document.path, span, message);
        self.diagnostics.push(finding.label("here").help(help));
    }
}

fn hull(first: Option<&Node>, last: Option<&Node>, otherwise: Span) -> Span {
    match (first, last) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => otherwise,
    }
}

fn behind_colon(text: &str, key_end: usize) -> usize {
    let blanks = text[key_end..].len() - text[key_end..].trim_start_matches([' ', '\t']).len();
    if text[key_end + blanks..].starts_with(':') { key_end + blanks + 1 } else { key_end }
}

fn scalar(text: &str, style: ScalarStyle, span: Span) -> Node {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        _ => Style::Block,
    };
    let null = style == Style::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL");
    let value = if null { Value::Null } else { Value::Scalar { text: text.to_string(), style } };
    Node { span, value, shared: false }
}
