//! Escaping of characters that control a terminal or the direction of text.

use std::path::Path;

/// Returns whether a character is a control character, a line separator, or one that changes the
/// direction of text.
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}')
}

/// Replaces control characters by visible ones: an escape character becomes `␛`, a tab a space.
pub fn escape_for_terminal(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            '\u{1b}' => '␛',
            c if is_control(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Escapes a path for display: file names may contain control characters too.
pub fn escape_path(path: &Path) -> String {
    escape_for_terminal(&path.to_string_lossy())
}
