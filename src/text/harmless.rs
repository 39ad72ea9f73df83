//! Characters that are obeyed and not shown.

/// Whether a terminal or a reader's eye obeys a character: control characters, line separators, and
/// those that turn the direction of writing.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}')
}
