//! Additions to YAML at known positions, in the style of the file: keys, items of lists, and
//! comments.

use crate::edit::yaml_edit::{entry, fill, quoted, refuse_shared, set, style_of_keys};
use crate::edit::{REPORT, Refusal};
use crate::parse::yaml::{MapEntry, Node, Style, Value};
use crate::text::{Document, Edit, Span};

/// Adds a key with a value as YAML text at the end of a map.
pub fn add_key(document: &Document, map: &Node, key: &str, value: &str) -> Result<Edit, Refusal> {
    add_key_behind(document, map, "", key, value)
}

/// Adds a key with a value as YAML text after another key, or at the end of the map if that key is
/// missing.
pub fn add_key_behind(
    document: &Document,
    map: &Node,
    neighbour: &str,
    key: &str,
    value: &str,
) -> Result<Edit, Refusal> {
    add_key_with_lines(document, map, neighbour, key, value, &[])
}

/// Adds a key whose value is on the lines below it: `value` is used in a map in brackets, `below`
/// in other maps, each with the indentation of the key before it.
fn add_key_with_lines(
    document: &Document,
    map: &Node,
    neighbour: &str,
    key: &str,
    value: &str,
    below: &[String],
) -> Result<Edit, Refusal> {
    refuse_shared(map)?;
    let Value::Map { entries, flow } = &map.value else {
        let reason = format!("`{key}` can only be added to a map");
        return Err(Refusal::new(map.span, reason, "write `{key: value}`"));
    };
    // The new key is added after an entry whose end is known exactly.
    let is_exact = |entry: &&MapEntry| match (&entry.value.value, flow) {
        (Value::Null, true) => false,
        _ => !ends_in_block_text(&entry.value),
    };
    let mut exact = entries.iter().rev().filter(is_exact);
    let beside = exact.clone().find(|entry| entry.key == neighbour);
    let Some(anchor) = beside.or_else(|| exact.next()) else {
        let reason = format!("`{key}` cannot be added safely");
        return Err(Refusal::new(map.span, reason, format!("add `{key}: {value}` yourself")));
    };
    let pair = format!("{}: {value}", quoted(key, style_of_keys(document, map)));
    let is_last = entries.last().is_some_and(|last| last.key == anchor.key);
    let end = anchor.value.span.end;
    match (flow, own_line(document, anchor.key_span.start, end)) {
        (true, Some(indent)) if is_last => Ok(Edit::NewLines {
            at: document.next_line(end),
            lines: vec![format!("{indent}{pair},")],
        }),
        (true, _) => Ok(Edit::Value { span: Span::at(end), text: format!(", {pair}") }),
        (false, _) => {
            let indent = indent_of(document, anchor)?;
            let key_line = match below {
                [] => format!("{indent}{pair}"),
                _ => format!(
                    "{indent}{}:",
                    pair[..pair.len() - value.len()].trim_end_matches([':', ' '])
                ),
            };
            let below = below.iter().map(|line| format!("{indent}{line}"));
            let lines = std::iter::once(key_line).chain(below).collect();
            Ok(Edit::NewLines { at: document.next_line(end), lines })
        }
    }
}

/// Returns the indent of a value in brackets that has a line of its own and a comma after it; new
/// values then get lines of their own.
fn own_line(document: &Document, start: usize, end: usize) -> Option<&str> {
    let indent = &document.text[document.line_start(start)..start];
    let rest = document.text[end..document.next_line(end)].trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix(',')?.trim();
    let alone = indent.chars().all(|c| c == ' ') && (rest.is_empty() || rest.starts_with('#'));
    alone.then_some(indent)
}

/// Returns whether the last line of a node belongs to a `|` or `>` text, whose end is not known
/// exactly.
fn ends_in_block_text(node: &Node) -> bool {
    match &node.value {
        Value::Scalar { style, .. } => *style == Style::Block,
        Value::List { items, flow: false } => items.last().is_some_and(ends_in_block_text),
        Value::Map { entries, flow: false } => {
            entries.last().is_some_and(|entry| ends_in_block_text(&entry.value))
        }
        _ => false,
    }
}

/// Returns the indentation of the keys of a block map; a dash before its first key counts as a
/// space.
fn indent_of(document: &Document, entry: &MapEntry) -> Result<String, Refusal> {
    let before = &document.text[document.line_start(entry.key_span.start)..entry.key_span.start];
    if before.chars().all(|c| c == ' ' || c == '-') {
        Ok(" ".repeat(before.len()))
    } else {
        Err(Refusal::new(
            entry.key_span,
            "the indentation of this key is unusual",
            "move the key to the start of its line",
        ))
    }
}

/// Adds a value as YAML text to a list, after its last item.
pub fn append_yaml(document: &Document, list: &Node, value: &str) -> Result<Edit, Refusal> {
    refuse_shared(list)?;
    match &list.value {
        Value::List { items, flow: false } if !items.is_empty() => {
            append_lines(document, items, &[vec![value.to_string()]])
        }
        Value::List { items, .. } => Ok(match items.as_slice() {
            [] => fill_brackets(document, list, value),
            [.., last] => append_in_brackets(document, last, &[value.to_string()]),
        }),
        _ => Err(Refusal::new(list.span, "a list is expected here", "write `[]`")),
    }
}

/// Adds strings to a list, after its last item and with the quotes of that item.
pub fn append(document: &Document, list: &Node, texts: &[String]) -> Result<Edit, Refusal> {
    refuse_shared(list)?;
    let Value::List { items, flow } = &list.value else {
        return Err(Refusal::new(list.span, "a list is expected here", "write `[]`"));
    };
    let style = match items.last().map(|last| &last.value) {
        Some(Value::Scalar { style, .. }) => *style,
        _ => Style::Plain,
    };
    let texts: Vec<String> = texts.iter().map(|text| quoted(text, style)).collect();
    match (items.as_slice(), flow) {
        ([], _) => Ok(fill_brackets(document, list, &texts.join(", "))),
        ([.., last], true) => Ok(append_in_brackets(document, last, &texts)),
        (items, false) => {
            let lines: Vec<Vec<String>> = texts.into_iter().map(|text| vec![text]).collect();
            append_lines(document, items, &lines)
        }
    }
}

/// Adds a map to the list of a key: as lines below the last item, in brackets where that item is,
/// or under a new key after `neighbour`.
pub fn add_map_to_list(
    document: &Document,
    root: &Node,
    (neighbour, key): (&str, &str),
    pairs: &[(&str, String)],
) -> Result<Edit, Refusal> {
    let in_brackets: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let in_brackets = format!("{{{}}}", in_brackets.join(", "));
    let new_lines = lines_of_map("  - ", pairs);
    let Some(known) = entry(root, key) else {
        let value = format!("[{in_brackets}]");
        return add_key_with_lines(document, root, neighbour, key, &value, &new_lines);
    };
    refuse_shared(&known.value)?;
    match &known.value.value {
        Value::Null => {
            under_empty_key(document, root, known, &new_lines, &format!("[{in_brackets}]"))
        }
        Value::List { items, flow: true } => Ok(match items.as_slice() {
            [] => fill_brackets(document, &known.value, &in_brackets),
            [.., last] => append_in_brackets(document, last, &[in_brackets]),
        }),
        Value::List { items, .. } => {
            let is_in_brackets = |item: &Node| matches!(item.value, Value::Map { flow: true, .. });
            if items.last().is_some_and(is_in_brackets) {
                return append_lines(document, items, &[vec![in_brackets]]);
            }
            append_lines(document, items, &[lines_of_map("", pairs)])
        }
        _ => Err(Refusal::new(known.value.span, format!("`{key}` is not a list"), "write a list")),
    }
}

/// The lines of a map, the first after `marker`, the others indented as much.
fn lines_of_map(marker: &str, pairs: &[(&str, String)]) -> Vec<String> {
    let indent = " ".repeat(marker.len());
    let pairs = pairs.iter().enumerate();
    pairs
        .map(|(at, (key, value))| {
            format!("{}{key}: {value}", if at == 0 { marker } else { &indent })
        })
        .collect()
}

/// Adds a key to the map of another key: `sets: {NAME: VALUE}`. Without that key, it is added after
/// `neighbour`.
pub fn add_to_map(
    document: &Document,
    root: &Node,
    place: (&str, &str),
    key: &str,
    value: &str,
) -> Result<Edit, Refusal> {
    add_all_to_map(document, root, place, &[(key, value.to_string())])
}

/// Like [`add_to_map`], for several keys in this order.
pub fn add_all_to_map(
    document: &Document,
    root: &Node,
    (neighbour, outer): (&str, &str),
    pairs: &[(&str, String)],
) -> Result<Edit, Refusal> {
    let written =
        pairs.iter().map(|(key, value)| format!("{}: {value}", quoted(key, Style::Plain)));
    let written: Vec<String> = written.collect();
    let lines: Vec<String> = written.iter().map(|pair| format!("  {pair}")).collect();
    let in_brackets = format!("{{{}}}", written.join(", "));
    let Some(known) = entry(root, outer) else {
        return add_key_with_lines(document, root, neighbour, outer, &in_brackets, &lines);
    };
    refuse_shared(&known.value)?;
    match &known.value.value {
        Value::Null => under_empty_key(document, root, known, &lines, &in_brackets),
        Value::Map { entries, .. } if entries.is_empty() => set(document, known, &in_brackets),
        _ => {
            let edits =
                pairs.iter().map(|(key, value)| add_key(document, &known.value, key, value));
            joined(edits.collect::<Result<Vec<Edit>, Refusal>>()?)
        }
    }
}

/// Joins additions at one position.
fn joined(edits: Vec<Edit>) -> Result<Edit, Refusal> {
    let mut edits = edits.into_iter();
    let first = edits.next().unwrap_or(Edit::NewLines { at: 0, lines: Vec::new() });
    edits.try_fold(first, |all, next| match (all, next) {
        (Edit::NewLines { at, lines }, Edit::NewLines { at: next, lines: more }) if at == next => {
            Ok(Edit::NewLines { at, lines: [lines, more].concat() })
        }
        (Edit::Value { span, text }, Edit::Value { span: next, text: more })
            if span == next && span.start == span.end =>
        {
            Ok(Edit::Value { span, text: text + &more })
        }
        _ => Err(Refusal::new(Span::at(0), "several keys cannot be added here at once", REPORT)),
    })
}

/// Fills a key without a value: by lines below it, or in brackets if the map is in brackets.
fn under_empty_key(
    document: &Document,
    map: &Node,
    entry: &MapEntry,
    lines: &[String],
    in_brackets: &str,
) -> Result<Edit, Refusal> {
    let rest = &document.text[entry.key_span.end..document.next_line(entry.key_span.end)];
    let rest = rest.trim_start_matches(['"', '\'', ':', ' ', '\t']).trim();
    let is_bare = rest.is_empty() || rest.starts_with('#');
    if matches!(map.value, Value::Map { flow: true, .. }) || !is_bare {
        return fill(document, entry, in_brackets);
    }
    let indent = indent_of(document, entry)?;
    Ok(Edit::NewLines {
        at: document.next_line(entry.key_span.end),
        lines: lines.iter().map(|line| format!("{indent}{line}")).collect(),
    })
}

/// Turns the lines of an item of a list into comments. The list must have a line of its own for
/// each item.
pub fn comment_out(document: &Document, item: &Node, what: &str) -> Result<Vec<Edit>, Refusal> {
    let start = document.line_start(item.span.start);
    let before = &document.text[start..item.span.start];
    let end = document.next_line(item.span.end.max(item.span.start + 1) - 1);
    let rest = document.text[item.span.end..end].trim();
    let is_alone = before.trim_start_matches(' ').starts_with("- ")
        && before.matches('-').count() == 1
        && (rest.is_empty() || rest.starts_with('#'));
    if !is_alone || ends_in_block_text(item) {
        let reason = format!("{what} cannot be removed from a list of this form");
        return Err(Refusal::new(item.span, reason, "remove its lines in the file"));
    }
    let mut edits = Vec::new();
    let mut at = start;
    for line in document.text[start..end].split_inclusive('\n') {
        if !line.trim().is_empty() {
            edits.push(Edit::Value { span: Span::at(at), text: "# ".into() });
        }
        at += line.len();
    }
    Ok(edits)
}

fn fill_brackets(document: &Document, list: &Node, text: &str) -> Edit {
    let inside = Span::new(list.span.start + 1, list.span.end.saturating_sub(1));
    let is_blank = document.slice(inside).chars().all(|c| c == ' ');
    let span = if is_blank { inside } else { Span::at(inside.start) };
    Edit::Value { span, text: text.to_string() }
}

fn append_in_brackets(document: &Document, last: &Node, texts: &[String]) -> Edit {
    match own_line(document, last.span.start, last.span.end) {
        Some(indent) => Edit::NewLines {
            at: document.next_line(last.span.end),
            lines: texts.iter().map(|text| format!("{indent}{text},")).collect(),
        },
        None => {
            Edit::Value { span: Span::at(last.span.end), text: format!(", {}", texts.join(", ")) }
        }
    }
}

/// Adds items below the last one, each of which has one line or more.
fn append_lines(document: &Document, items: &[Node], new: &[Vec<String>]) -> Result<Edit, Refusal> {
    let last = items.last().map_or(Span::at(0), |last| last.span);
    let before = &document.text[document.line_start(last.start)..last.start];
    let is_usual = before.trim_start_matches(' ').starts_with('-')
        && before.matches('-').count() == 1
        && !items.last().is_some_and(ends_in_block_text);
    if !is_usual {
        let reason = "the form of this list is not supported";
        return Err(Refusal::new(last, reason, "write it as `[a, b]`"));
    }
    let between = |pair: &[Node]| Span::new(pair[0].span.end, pair[1].span.start);
    let spaced =
        items.len() > 1 && items.windows(2).all(|pair| document.has_blank_line(between(pair)));
    let mut lines = Vec::new();
    let indent = " ".repeat(before.chars().count());
    for item in new {
        if spaced {
            lines.push(String::new());
        }
        for (at, line) in item.iter().enumerate() {
            lines.push(format!("{}{line}", if at == 0 { before } else { &indent }));
        }
    }
    Ok(Edit::NewLines { at: document.next_line(last.end), lines })
}
