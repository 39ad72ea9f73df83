//! Headings that are dates: the items below have the date.

use crate::model::{Date, DateOrder};
use crate::parse::written_date::{find_written_date, leading_date};

/// The dates of the headings that a block is below.
#[derive(Debug, Clone)]
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

    /// Continues after a heading, and returns its date. A title dates its items only if it begins with a date, as that of
    /// a daily note: `# METR, 2026-05-04` is the title of a catalog with the date of its scan.
    pub fn enter(&mut self, level: u8, text: &str) -> Option<Date> {
        let date_of = if level == 1 { leading_heading_date } else { heading_date };
        let date = date_of(text, self.order);
        self.open.retain(|(open, _)| *open < level);
        self.open.push((level, date));
        date
    }

    /// Returns the date of the innermost heading that is one.
    pub fn date(&self) -> Option<Date> {
        self.open.iter().rev().find_map(|(_, date)| *date)
    }
}

/// Returns the date that a heading begins or ends with: `2026-08-19`, `Week of May 4, 2026`,
/// `2026-05-18: after the trip`, `[2.1.0] - 2026-05-21`. Such a heading names no source.
pub fn heading_date(text: &str, order: Option<DateOrder>) -> Option<Date> {
    leading_heading_date(text, order).or_else(|| {
        // A source with the date of a scan: `### METR (2026-05-04)`.
        let words = text.trim_end().trim_end_matches([']', '.', ':', '*', '_']);
        let (at, found) = find_written_date(words, order)?;
        found.meaning.date().filter(|_| at + found.length == words.len())
    })
}

/// Returns the date that a heading begins with, after words such as `Week of`.
fn leading_heading_date(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = words.to_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix));
    let words = prefix.and_then(|prefix| words.get(prefix.len()..)).unwrap_or(words);
    leading_date(words, order)?.meaning.date()
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
    fn heading_date_is_at_the_start_or_at_the_end() {
        let date = |text| heading_date(text, None).map(|date| date.to_string());
        for text in [
            "2026-05-04",
            "Week of May 4, 2026",
            "📅 4. Mai 2026",
            "[2026年5月4日]",
            "2026-05-04: the day",
            "[2.1.0] - 2026-05-04",
        ] {
            assert_eq!(date(text).as_deref(), Some("2026-05-04"), "{text}");
        }
        for text in [
            "May 2026",
            "METR",
            "METR (2026-05-04)",
            "Since 2026-05-04 in Lisbon",
            "AI 2026-05-04-b",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
