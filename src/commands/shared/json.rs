//! What commands have to say, as data: shown to people by `render`, to programs as JSON.

use serde::Serialize;

use crate::text::is_control;

/// Counts up with every change of a JSON document that a reader could trip over.
pub const SCHEMA_VERSION: u32 = 2;

/// A report as one JSON document with `schema-version` and `kind` in front.
///
/// # Panics
/// Never: reports hold only text, numbers and lists, which JSON can say.
pub fn document<T: Serialize>(kind: &'static str, report: &T) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Envelope<'a, T> {
        schema_version: u32,
        kind: &'static str,
        #[serde(flatten)]
        report: &'a T,
    }
    escaped(&Envelope { schema_version: SCHEMA_VERSION, kind, report })
}

/// A value as JSON text for people too: what a terminal would obey stands there as `\u…`, which
/// means the same to every reader of JSON.
///
/// # Panics
/// Never, as [`document`].
pub fn escaped<T: Serialize>(value: &T) -> String {
    let text =
        serde_json::to_string_pretty(value).expect("reports hold only text, numbers and lists");
    let mut plain = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        // The line feeds between the parts are the only control characters that JSON text has.
        match is_control(character) && character != '\n' {
            true => plain.push_str(&format!("\\u{:04x}", u32::from(character))),
            false => plain.push(character),
        }
    }
    plain.push('\n');
    plain
}
