//! Dates in the spellings of notes.
//!
//! | spelling | examples |
//! |---|---|
//! | year first | `2026-05-04`, `2026-05-04T09:30`, `2026/05/04`, `2026.05.04` |
//! | East Asian | `2026年5月4日` |
//! | day and month | `4 May 2026`, `Mon, 4 May 2026`, `4. Mai 2026`, `4 de mayo de 2026`, `4-May-2026` |
//! | month and day | `May 4th, 2026`, `Monday, May 4 2026` |
//! | numbers | `04/05/2026`, `8/2/26`, `04.05.2026`: only with a declared order |
//! | month alone | `May 2026`, `2026-05`, `2026年5月`: no date |

mod words;

use crate::model::{Date, DateOrder, date};
use crate::parse::written_date::words::{DateWord, date_word};

/// A date as a note has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    /// Its length in bytes, including weekday and time of day.
    pub length: usize,
    /// Its meaning.
    pub meaning: Meaning,
}

/// The meaning of a written date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// One date.
    Date(Date),
    /// A date that does not exist, with the reason for the user.
    Missing(String),
    /// Two numbers of which each may be the month.
    Ambiguous {
        /// The date if the first number is the day.
        day_first: Date,
        /// The date if the first number is the month.
        month_first: Date,
    },
    /// A month without a day.
    Month,
}

impl Meaning {
    /// Returns the date, if it is known.
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// Returns the date that a text begins with. `order` is the order of day and month that the
/// workspace declares.
///
/// `May 4th, 2026 — a title` gives 2026-05-04 with a length of 13. A date ends before a character
/// that is neither a letter nor a digit, `-` or `_`: `2026-05-04-metr` begins with no date.
pub fn leading_date(text: &str, order: Option<DateOrder>) -> Option<WrittenDate> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        year_first(text)
            .or_else(|| east_asian(text))
            .or_else(|| day_and_month(text))
            .or_else(|| numbers(text, order))
    } else if first.is_alphabetic() {
        let rest = after_weekday(text);
        let inner = rest.and_then(|rest| {
            leading_date(rest, order).map(|found| WrittenDate {
                length: text.len() - rest.len() + found.length,
                ..found
            })
        });
        inner.filter(|found| found.meaning != Meaning::Month).or_else(|| month_and_day(text))
    } else {
        None
    }
}

/// Returns the offset of the first date of a text, and the date. A date begins after a character
/// that is neither a letter nor a digit, `-`, `_` or `/`.
///
/// `METR, 4 May 2026` gives 6 and 2026-05-04.
pub fn find_written_date(text: &str, order: Option<DateOrder>) -> Option<(usize, WrittenDate)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() && !(before.is_alphanumeric() || matches!(before, '-' | '_' | '/')) {
            let found = leading_date(&text[at..], order);
            if let Some(found) = found.filter(|found| found.meaning != Meaning::Month) {
                return Some((at, found));
            }
        }
        before = c;
    }
    None
}

/// Returns the offset of the first date between delimiters, and the date. The date follows a comma,
/// a dash, a vertical bar, a middle dot, a colon, a closing bracket or quotation mark, and ends the
/// text or is followed by a dash. Before the first dash, a comma or another delimiter may follow.
///
/// `A title, 4 May 2026` gives 9, `A title — 4 May 2026 — more` gives 12; `due by 4 May 2026` and
/// `A title — more, 4 May 2026, and more` give none.
pub fn delimited_date(text: &str, order: Option<DateOrder>) -> Option<(usize, WrittenDate)> {
    let dash = DASHES.iter().filter_map(|dash| text.find(dash)).min().unwrap_or(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = c.is_alphanumeric() && !(before.is_alphanumeric() || "-_/".contains(before));
        before = c;
        if !begins || !is_delimiter_at_end(&text[..at]) {
            continue;
        }
        let Some(found) = leading_date(&text[at..], order) else {
            continue;
        };
        let rest = after_timestamp(&text[..at], &text[at + found.length..]);
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || ".;*_>])".contains(c));
        let is_apart = after.is_empty()
            || DASHES.iter().any(|dash| after.starts_with(dash.trim()))
            || (at < dash && after.starts_with([',', '·', '|', ':', '，', '#']));
        if is_apart && found.meaning != Meaning::Month {
            return Some((at, found));
        }
    }
    None
}

/// Returns the text after what a timestamp of org-mode has after its date: a weekday, a time, a
/// repetition. `before` is the text before the date.
///
/// Between `<` and ` Mon 10:00 +1w>, x` this is `, x`. Other text in brackets belongs to the item.
pub fn after_timestamp<'t>(before: &str, after: &'t str) -> &'t str {
    let brackets = [("<", ">"), ("&lt;", "&gt;"), ("[", "]")];
    let Some((_, close)) = brackets.into_iter().find(|(open, _)| before.ends_with(open)) else {
        return after;
    };
    let is_part = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            || matches!(date_word(word), Some(DateWord::Weekday))
    };
    let end = after.find(close).filter(|at| after[..*at].split_whitespace().all(is_part));
    end.map_or(after, |at| &after[at + close.len()..])
}

/// Dashes that separate a title from the text after it.
const DASHES: [&str; 3] = [" — ", " – ", " -- "];

/// Returns whether a text ends with a delimiter, before whitespace and emphasis. A symbol that is not
/// ASCII is one: `📅 2026-05-04`.
fn is_delimiter_at_end(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "*_(<[".contains(c));
    let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric() && c != '“' && c != '‘';
    text.ends_with(|c: char| ",-:|;)]\">".contains(c) || is_symbol(c))
}

/// `2026-05-04`, with a time of day; `2026/05/04`, `2026.5.4`; `2026-05` is a month.
fn year_first(text: &str) -> Option<WrittenDate> {
    let (year, rest) = year(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = number(rest.strip_prefix(separator)?)?;
    let Some((day, after)) = rest.strip_prefix(separator).and_then(number) else {
        let is_month = (1..=12).contains(&month) && separator != '.' && is_end(rest);
        let length = text.len() - rest.len();
        return is_month.then_some(WrittenDate { length, meaning: Meaning::Month });
    };
    let iso = date::leading_length(text).unwrap_or(0);
    let length = iso.max(text.len() - after.len());
    let is_date = iso > 0 || is_end(after);
    is_date.then(|| WrittenDate { length, meaning: meaning(year, month, day) })
}

/// `2026年5月4日`; `2026年5月` is a month. Letters may follow.
fn east_asian(text: &str) -> Option<WrittenDate> {
    let (year, rest) = year(text)?;
    let rest = rest.trim_start().strip_prefix(['年', '년'])?.trim_start();
    let (month, rest) = number(rest)?;
    let rest = rest.trim_start().strip_prefix(['月', '월'])?;
    let with_day = number(rest.trim_start())
        .and_then(|(day, after)| Some((day, after.trim_start().strip_prefix(['日', '号', '일'])?)));
    Some(match with_day {
        Some((day, after)) => {
            WrittenDate { length: text.len() - after.len(), meaning: meaning(year, month, day) }
        }
        None => WrittenDate { length: text.len() - rest.len(), meaning: Meaning::Month },
    })
}

/// `4 May 2026`, `4. Mai 2026`, `4th of May, 2026`, `4 de mayo de 2026`, `4-May-2026`.
fn day_and_month(text: &str) -> Option<WrittenDate> {
    let (day, rest) = number(text)?;
    let rest = after_linking_words(after_gap(after_ordinal(rest))?);
    let (month, rest) = month(rest)?;
    let rest = after_linking_words(after_gap(rest.trim_start_matches(['.', ',']))?);
    let (year, rest) = year(rest)?;
    is_end(rest).then(|| WrittenDate {
        length: text.len() - rest.len(),
        meaning: meaning(year, month, day),
    })
}

/// `May 4th, 2026`; `May 2026` and `mayo de 2026` are months.
fn month_and_day(text: &str) -> Option<WrittenDate> {
    let (month, rest) = month(text)?;
    let rest = after_linking_words(after_gap(rest.trim_start_matches(['.', ',']))?);
    if let Some((_, rest)) = year(rest) {
        let length = text.len() - rest.len();
        return is_end(rest).then_some(WrittenDate { length, meaning: Meaning::Month });
    }
    let (day, rest) = number(rest)?;
    let rest = after_gap(after_ordinal(rest).trim_start_matches(','))?;
    let (year, rest) = year(rest)?;
    is_end(rest).then(|| WrittenDate {
        length: text.len() - rest.len(),
        meaning: meaning(year, month, day),
    })
}

/// `04/05/2026`, `04.05.2026`, `04-05-2026`, `8/2/26`.
fn numbers(text: &str, order: Option<DateOrder>) -> Option<WrittenDate> {
    let (first, rest) = number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = number(rest.strip_prefix(separator)?)?;
    let rest = rest.strip_prefix(separator)?;
    let (year, rest) = year(rest).or_else(|| {
        let (year, rest) = number(rest).filter(|(_, after)| rest.len() - after.len() == 2)?;
        (separator == '/').then_some((2000 + i32::try_from(year).ok()?, rest))
    })?;
    let length = text.len() - rest.len();
    let exists = |month, day| Date::from_ymd_opt(year, month, day);
    let meaning = match (exists(second, first), exists(first, second), order) {
        (_, _, Some(DateOrder::DayFirst)) => meaning(year, second, first),
        (_, _, Some(DateOrder::MonthFirst)) => meaning(year, first, second),
        (Some(day_first), Some(month_first), None) if day_first != month_first => {
            Meaning::Ambiguous { day_first, month_first }
        }
        (Some(date), _, None) | (None, Some(date), None) => Meaning::Date(date),
        (None, None, None) => return None,
    };
    is_end(rest).then_some(WrittenDate { length, meaning })
}

fn meaning(year: i32, month: u32, day: u32) -> Meaning {
    match Date::from_ymd_opt(year, month, day) {
        Some(date) => Meaning::Date(date),
        None => Meaning::Missing(date::missing_date_reason(year, month, day)),
    }
}

/// A number of four digits at the start of a text, and the text after it.
fn year(text: &str) -> Option<(i32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let is_year = digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.starts_with(['1', '2'])
        && !rest.starts_with(|c: char| c.is_ascii_digit());
    is_year.then(|| digits.parse().ok().map(|year| (year, rest))).flatten()
}

/// A number of one or two digits at the start of a text, and the text after it.
fn number(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    (digits.len() <= 2).then(|| digits.parse().ok().map(|number| (number, rest))).flatten()
}

fn after_ordinal(text: &str) -> &str {
    let ordinals = ["st", "nd", "rd", "th", "er", "º", "ª", "°", "."];
    ordinals.iter().find_map(|ordinal| text.strip_prefix(ordinal)).unwrap_or(text)
}

/// The text after at least one space, or one `-`.
fn after_gap(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\n', '\r']);
    if rest.len() < text.len() { Some(rest) } else { text.strip_prefix('-') }
}

/// The text after a word such as `of` or `de`.
fn after_linking_words(text: &str) -> &str {
    let words = ["of ", "de ", "del ", "di ", "van "];
    words.iter().find_map(|word| text.strip_prefix(word)).map_or(text, str::trim_start)
}

/// The name of a month at the start of a text, and the text after it.
fn month(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(char::is_alphabetic);
    match date_word(&text[..text.len() - rest.len()])? {
        DateWord::Month(month) => Some((month, rest)),
        DateWord::Weekday => None,
    }
}

/// The text after the name of a weekday, with its punctuation: `Mon, 4 May` gives `4 May`.
fn after_weekday(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_alphabetic() || c == '-');
    let word = &text[..text.len() - rest.len()];
    // `mar` is a month and a weekday.
    let is_weekday = matches!(date_word(word), Some(DateWord::Weekday))
        || (word.to_lowercase().starts_with("mar") && !rest.trim_start().starts_with('.'));
    let rest = rest.trim_start_matches(['.', ',']);
    let is_apart = rest.starts_with(char::is_whitespace);
    (is_weekday && is_apart).then(|| {
        let rest = rest.trim_start();
        ["the ", "den ", "der ", "le ", "el "]
            .iter()
            .find_map(|article| rest.strip_prefix(article))
            .unwrap_or(rest)
    })
}

/// Returns whether a date may end before this text.
fn is_end(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests;
