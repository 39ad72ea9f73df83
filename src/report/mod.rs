//! What commands have to say, as data: shown to people by `render`, to programs as JSON.

pub mod backtest;
pub mod catalog;
pub mod diagnostics;
pub mod edit;
pub mod evidence;
pub mod log;
pub mod next;
pub mod scan;
pub mod settlement;
pub mod show;
pub mod status;
pub mod test;
pub mod trigger;

use serde::Serialize;

/// Counts up with every change of a JSON document that a reader could trip over.
pub const SCHEMA_VERSION: u32 = 1;

/// A report as one JSON document with `schema-version` and `kind` in front.
///
/// # Panics
/// Never: reports hold only text, numbers and lists, which JSON can say.
pub fn json<T: Serialize>(kind: &'static str, report: &T) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Envelope<'a, T> {
        schema_version: u32,
        kind: &'static str,
        #[serde(flatten)]
        report: &'a T,
    }
    let envelope = Envelope { schema_version: SCHEMA_VERSION, kind, report };
    let mut text =
        serde_json::to_string_pretty(&envelope).expect("reports hold only text, numbers and lists");
    text.push('\n');
    text
}
