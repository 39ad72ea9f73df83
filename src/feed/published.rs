//! Dates of publication, as feeds write them.

use chrono::{Datelike, Days};

use crate::model::Date;

/// A date of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Published {
    /// A date.
    On(Date),
    /// A date more than two days after the reading.
    Ahead(Date),
    /// No whole date, or one before feeds existed.
    Unknown,
}

/// The first year of the web; earlier years are placeholders, such as 1970.
const FIRST_YEAR: i32 = 1990;

/// A zone can be a day ahead, and a clock a few hours.
const MOST_DAYS_AHEAD: u64 = 2;

/// Reads a date as the publisher wrote it, in the publisher's zone. `today` is the date of the
/// reading.
///
/// `Mon, 16 Nov 2026 00:10:00 +0100` gives 2026-11-16, which is 2026-11-15 in UTC. `2026-11` and
/// `4/5/2026` give no date.
pub(super) fn published(text: &str, today: Date) -> Published {
    let text = text.trim();
    let latest = today.checked_add_days(Days::new(MOST_DAYS_AHEAD)).unwrap_or(today);
    match iso(text).or_else(|| rfc822(text)) {
        Some(date) if date.year() < FIRST_YEAR => Published::Unknown,
        Some(date) if date > latest => Published::Ahead(date),
        Some(date) => Published::On(date),
        None => Published::Unknown,
    }
}

/// `2026-11-12`, `2026/11/12`, with a time after `T` or a space.
fn iso(text: &str) -> Option<Date> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let date = &text[..end];
    let mut parts = date.split(['-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str, length| text.len() <= length && is_digits(text);
    let is_date = year.len() == 4
        && is_digits(year)
        && is_number(month, 2)
        && is_number(day, 2)
        && parts.next().is_none();
    is_date
        .then(|| Date::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

/// The date of RFC 822 and its variants: `Mon, 16 Nov 2026`, `16 November 26`, `Nov 16, 2026`.
fn rfc822(text: &str) -> Option<Date> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',' || c == '-');
    let words = words.filter(|word| !word.is_empty());
    let mut words = words.skip_while(|word| month(word).is_none() && !is_digits(word));
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    let (day, month) = match (month(first), month(second)) {
        (Some(month), _) => (second, month),
        (None, Some(month)) => (first, month),
        (None, None) => return None,
    };
    if !is_digits(day) || day.len() > 2 || !is_digits(year) {
        return None;
    }
    let number: i32 = year.parse().ok()?;
    // RFC 2822, section 4.3.
    let year = match (year.len(), number) {
        (2, ..50) => 2000 + number,
        (2, _) => 1900 + number,
        (4, _) => number,
        _ => return None,
    };
    Date::from_ymd_opt(year, month, day.parse().ok()?)
}

/// Returns the number of an English month: `Nov`, `november`.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    u32::try_from(at).ok().map(|at| at + 1)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
