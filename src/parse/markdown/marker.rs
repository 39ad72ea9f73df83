//! List markers that are not markdown.

/// Returns the length of a list marker that is not markdown at the start of a text, without the
/// whitespace after it.
///
/// `• a`, `・a`, `① a`, `1、a` and `１．a` begin with one; `- a` and `1. a` do not.
pub fn foreign_marker(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if "•◦‣▪●○■·・".contains(first) || ('①'..='⑳').contains(&first) {
        return Some(first.len_utf8());
    }
    let is_wide = |c: char| ('０'..='９').contains(&c);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_wide(c));
    let digits = &text[..text.len() - rest.len()];
    let delimiter = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '）'))?;
    (!digits.is_empty() && digits.chars().count() <= MOST_DIGITS)
        .then_some(digits.len() + delimiter.len_utf8())
}

/// The largest number of digits of a marker; markdown has the same limit.
const MOST_DIGITS: usize = 9;
