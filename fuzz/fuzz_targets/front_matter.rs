//! Any YAML: each value is at its position in the tree, inside its parent, and a plain word on one
//! line is the text at its span.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::parse::yaml;
use thread_tracker::parse::yaml::{Node, Style, Value};
use thread_tracker::text::{Document, Span};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let document = Document::new("threads/fuzz.md", text.as_ref());
    let whole = Span::new(0, text.len());
    let mut found = Vec::new();
    match yaml::parse(&document, whole, &mut found) {
        Some(root) => stands(&document, &root, whole),
        None => assert!(!found.is_empty(), "refused without a reason"),
    }
    for finding in &found {
        document.position(finding.span.start);
        document.slice(finding.span);
    }
});

fn stands(document: &Document, node: &Node, within: Span) {
    let Span { start, end } = node.span;
    let slice = document.slice(node.span);
    // The value of an alias is at another position.
    if node.shared {
        return;
    }
    assert!(within.start <= start && end <= within.end, "{node:?} is outside of {within:?}");
    if let Value::Scalar { text, style: Style::Plain } = &node.value
        && !slice.contains(['\n', '\r'])
    {
        assert_eq!(text, slice);
    }
    let inside = match node.value {
        Value::List { flow: true, .. } | Value::Map { flow: true, .. } => node.span,
        // An absent value at its end may be after the last colon.
        _ => within,
    };
    node.items().iter().for_each(|item| stands(document, item, inside));
    for entry in node.entries() {
        document.slice(entry.key_span);
        stands(document, &entry.value, inside);
    }
}
