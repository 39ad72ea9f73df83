//! Edits of YAML values at known positions, in the style of the file, and the quoting of all text that
//! is written.

use crate::edit::Refusal;
use crate::model::Date;
use crate::parse::yaml::{MapEntry, Node, Scalar, Style, Value, classify};
use crate::text::{Document, Edit};

/// The entry of a key.
pub fn entry<'n>(map: &'n Node, key: &str) -> Option<&'n MapEntry> {
    map.entries().iter().find(|entry| entry.key == key)
}

/// Returns the quoting style of the keys of a map, which new keys and values use as well.
pub fn style_of_keys(document: &Document, map: &Node) -> Style {
    let first = map.entries().first().map(|entry| document.slice(entry.key_span));
    match first.and_then(|key| key.chars().next()) {
        Some('"') => Style::Double,
        Some('\'') => Style::Single,
        _ => Style::Plain,
    }
}

/// Another text for a key, in the quotes that the old one has.
pub fn replace(document: &Document, entry: &MapEntry, text: &str) -> Result<Edit, Refusal> {
    replace_by(document, entry, |style| quoted(text, style))
}

/// Another date for a key, in the quotes that the old one has.
pub fn replace_date(document: &Document, entry: &MapEntry, day: Date) -> Result<Edit, Refusal> {
    replace_by(document, entry, |style| dated(day, style))
}

fn replace_by(
    document: &Document,
    entry: &MapEntry,
    write: impl Fn(Style) -> String,
) -> Result<Edit, Refusal> {
    let node = &entry.value;
    refuse_shared(node)?;
    match &node.value {
        Value::Null => fill(document, entry, &write(Style::Plain)),
        Value::Scalar { style: Style::Block, .. } => Err(Refusal::new(
            node.span,
            "a block text cannot be edited in place",
            "write the value on the line of its key",
        )),
        Value::Scalar { style, .. } if !document.slice(node.span).contains(['\n', '\r']) => {
            Ok(Edit::Value { span: node.span, text: write(*style) })
        }
        _ => Err(Refusal::new(
            node.span,
            "this value cannot be edited in place",
            "write it on one line, after its key",
        )),
    }
}

/// Replaces the value of a key by YAML text. The old value must be on one line.
pub fn set(document: &Document, entry: &MapEntry, value: &str) -> Result<Edit, Refusal> {
    let node = &entry.value;
    if node.value == Value::Null {
        return fill(document, entry, value);
    }
    refuse_shared(node)?;
    let is_block = match &node.value {
        Value::Scalar { style, .. } => *style == Style::Block,
        Value::List { flow, .. } | Value::Map { flow, .. } => !flow,
        Value::Null => false,
    };
    if is_block || document.slice(node.span).contains(['\n', '\r']) {
        let reason = format!("`{}` is on several lines and cannot be edited in place", entry.key);
        let help = format!("replace these lines by `{}: {value}`", entry.key);
        return Err(Refusal::new(node.span, reason, help));
    }
    Ok(Edit::Value { span: node.span, text: value.to_string() })
}

/// Sets the value of a key that has none, as YAML text.
pub fn fill(document: &Document, entry: &MapEntry, value: &str) -> Result<Edit, Refusal> {
    let node = &entry.value;
    refuse_shared(node)?;
    let follows_colon = document.text[..node.span.start].ends_with(':');
    let text = match (node.span.is_empty(), follows_colon) {
        (true, true) => format!(" {value}"),
        (true, false) => format!(": {value}"),
        (false, _) => value.to_string(),
    };
    Ok(Edit::Value { span: node.span, text })
}

pub(super) fn refuse_shared(node: &Node) -> Result<(), Refusal> {
    if node.shared {
        let reason =
            "this value is shared through an anchor; an edit would change more than one place";
        let help = "write the value itself instead of using `&` and `*`";
        return Err(Refusal::new(node.span, reason, help));
    }
    Ok(())
}

/// Returns a string as a scalar of this style that readers of YAML 1.1 and 1.2 read as this string,
/// in a block and in brackets. All quoting is decided here: a string that any reader could take for
/// a date, a number, a boolean or markup gets double quotes.
pub fn quoted(text: &str, style: Style) -> String {
    let fits_single = !text.chars().any(must_be_escaped);
    match style {
        Style::Single if fits_single => format!("'{}'", text.replace('\'', "''")),
        Style::Plain | Style::Block if is_plain(text) => text.to_string(),
        _ => format!("\"{}\"", text.chars().map(in_double_quotes).collect::<String>()),
    }
}

/// Returns a sentence as a scalar: without quotes if it consists of letters, digits, spaces and
/// harmless punctuation, so that every reader takes it for this string.
pub fn sentence(text: &str, style: Style) -> String {
    let is_harmless = |c: char| c.is_alphanumeric() || " -_./()+".contains(c);
    let is_plain = style == Style::Plain
        && text.starts_with(char::is_alphabetic)
        && text.ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == ')')
        && text.contains(' ')
        && text.chars().all(is_harmless);
    if is_plain { text.to_string() } else { quoted(text, style) }
}

/// Returns a date as a scalar of this style. Without quotes, many readers take it for a date.
pub fn dated(date: Date, style: Style) -> String {
    match style {
        Style::Single | Style::Double => quoted(&date.to_string(), style),
        Style::Plain | Style::Block => date.to_string(),
    }
}

/// Returns whether a string needs no quotes for any reader: it begins with a letter and contains no
/// markup.
fn is_plain(text: &str) -> bool {
    const RETYPED: [&str; 9] = ["null", "yes", "no", "on", "off", "y", "n", "true", "false"];
    text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || "-_./=@~+".contains(c))
        && classify(text) == Scalar::Text
        && !RETYPED.contains(&text.to_lowercase().as_str())
}

/// Characters that no reader takes, or that some take for a line break or drop.
fn must_be_escaped(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn in_double_quotes(character: char) -> String {
    match character {
        '\\' | '"' => format!("\\{character}"),
        _ if must_be_escaped(character) => format!("\\u{:04x}", u32::from(character)),
        _ => character.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_scalar_that_readers_could_take_for_another_type_has_quotes() {
        for word in ["no", "Y", "1.0", "a: b", "a #b", "[x]", "", "- a", "*x", "0x1F", "~", "a,b"] {
            assert!(quoted(word, Style::Plain).starts_with('"'), "{word}");
        }
        for word in ["ripe", "metr/rd-1", "aar=deployed", "claim@alex", "überblick/1"] {
            assert_eq!(quoted(word, Style::Plain), word);
        }
        let date = crate::model::date::parse("2026-05-11").unwrap();
        assert_eq!(dated(date, Style::Plain), "2026-05-11");
        assert_eq!(dated(date, Style::Single), "'2026-05-11'");
        assert_eq!(
            quoted("2026-05-11", Style::Plain),
            "\"2026-05-11\"",
            "a text that looks like one"
        );
        assert_eq!(quoted("a\u{feff}\u{1b}", Style::Single), "\"a\\ufeff\\u001b\"");
        assert_eq!(quoted("it's", Style::Single), "'it''s'");
        assert_eq!(quoted("a\"b\\", Style::Double), "\"a\\\"b\\\\\"");
    }
}
