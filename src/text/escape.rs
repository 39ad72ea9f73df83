//! Characters that are obeyed and not shown.

use std::path::Path;

/// Whether a terminal or a reader's eye obeys a character: control characters, line separators, and
/// those that turn the direction of writing.
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

/// Text of a file as it may be shown: control characters, and those that turn the direction of
/// writing, become visible signs.
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

/// A path as it may be shown. Whoever named a file may have put anything into its name.
pub fn escape_path(path: &Path) -> String {
    escape_for_terminal(&path.to_string_lossy())
}
