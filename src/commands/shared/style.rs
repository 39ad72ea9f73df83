//! Colours, widths, and removal of control characters.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use crate::text::escape_for_terminal;

/// Headings and names.
pub const BOLD: Style = Style::new().bold();
/// Less important text.
pub const DIM: Style = Style::new().dimmed();
/// Ripe, ready and satisfied.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Waiting for a person.
pub const WAITING: Style = AnsiColor::Yellow.on_default();
/// Errors.
pub const BAD: Style = AnsiColor::Red.on_default();

/// The width that is assumed where there is no terminal.
pub const UNKNOWN_WIDTH: usize = 140;

/// `text` in a style.
pub fn paint(style: Style, text: &str) -> String {
    match text {
        "" => String::new(),
        _ => format!("{style}{text}{style:#}"),
    }
}

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to `columns`, with an ellipsis where something was cut.
pub fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_string();
    }
    let mut used = 0;
    let mut short = String::new();
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used + 1 > columns {
            break;
        }
        short.push(character);
    }
    if columns > 0 {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    short
}

/// The text cut or filled to exactly `columns`.
pub fn fill(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blanks = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(blanks))
}

/// A number with its noun: `1 thread`, `2 threads`.
pub fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_counts_columns_instead_of_bytes() {
        assert_eq!(cut("naïve", 5), "naïve");
        assert_eq!(cut("naïve text", 6), "naïve…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(fill("ab", 4), "ab  ");
    }

    #[test]
    fn shown_text_has_no_control_characters() {
        assert_eq!(
            escape_for_terminal("a\u{1b}[31m\u{7}\u{202e}b\u{9b}"),
            "a␛[31m\u{fffd}\u{fffd}b\u{fffd}"
        );
    }
}
