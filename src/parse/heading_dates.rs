//! Headings that are dates: the items below have the date.

use crate::model::{Date, DateOrder};
use crate::parse::written_date::leading_date;

/// The dates of the headings that a block is below.
#[derive(Debug)]
pub struct HeadingDates {
    order: Option<DateOrder>,
    /// Levels and dates, outermost first.
    open: Vec<(u8, Option<Date>)>,
}

impl HeadingDates {
    /// Before the first heading.
    pub fn new(order: Option<DateOrder>) -> Self {
        Self { order, open: Vec::new() }
    }

    /// Continues after a heading.
    pub fn enter(&mut self, level: u8, text: &str) {
        self.open.retain(|(open, _)| *open < level);
        self.open.push((level, heading_date(text, self.order)));
    }

    /// Returns the date of the innermost heading that is one.
    pub fn date(&self) -> Option<Date> {
        self.open.iter().rev().find_map(|(_, date)| *date)
    }
}

/// Returns the date of a heading that is only a date: `2026-08-19`, `Week of May 4, 2026`,
/// `📅 4. Mai 2026`.
pub fn heading_date(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = words.to_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix));
    let words = prefix.and_then(|prefix| words.get(prefix.len()..)).unwrap_or(words);
    let found = leading_date(words, order)?;
    let is_whole = words[found.length..].chars().all(|c| !c.is_alphanumeric());
    found.meaning.date().filter(|_| is_whole)
}

/// Words that may precede the date of a heading.
const PREFIXES: [&str; 7] = [
    "week of ",
    "week ending ",
    "woche vom ",
    "semaine du ",
    "semana del ",
    "settimana del ",
    "week van ",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_date_of_a_heading_with_other_words_is_none() {
        let date = |text| heading_date(text, None).map(|date| date.to_string());
        for text in ["2026-05-04", "Week of May 4, 2026", "📅 4. Mai 2026", "[2026年5月4日]"] {
            assert_eq!(date(text).as_deref(), Some("2026-05-04"), "{text}");
        }
        for text in ["2026-05-04: the day", "May 2026", "METR", "Import AI 455 (2026-05-04)"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
