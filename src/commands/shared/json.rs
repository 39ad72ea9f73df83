//! Reports as JSON documents.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::is_control;

/// Version of the JSON documents: goes up with every change that can break a reader.
pub const SCHEMA_VERSION: u32 = 2;

/// Result of a command, which `--json` prints as one document.
pub trait Report: Serialize + JsonSchema {
    /// The `kind` of the document, and the name of its schema.
    const KIND: &'static str;
}

/// Returns a report as a JSON document that begins with `schema-version` and `kind`.
///
/// # Panics
/// Never: reports contain only text, numbers and lists, which JSON can represent.
pub fn document<R: Report>(report: &R) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Envelope<'a, R> {
        schema_version: u32,
        kind: &'static str,
        #[serde(flatten)]
        report: &'a R,
    }
    escaped(&Envelope { schema_version: SCHEMA_VERSION, kind: R::KIND, report })
}

/// Returns a value as JSON text without raw control characters: `"\u{1b}"` becomes `"\u001b"`, so
/// that a terminal shows the text and a JSON reader sees the same value.
///
/// # Panics
/// Never, as [`document`].
pub fn escaped<T: Serialize>(value: &T) -> String {
    let text =
        serde_json::to_string_pretty(value).expect("reports contain only text, numbers and lists");
    let mut escaped = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // Line feeds between values are the only control characters of pretty-printed JSON.
        if is_control(character) && character != '\n' {
            escaped.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped.push('\n');
    escaped
}
