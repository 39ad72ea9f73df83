//! Calendar dates and durations in days.

use std::fmt;
use std::ops::Range;

/// A calendar date without time or time zone, written `YYYY-MM-DD`.
pub type Date = chrono::NaiveDate;

/// A duration in days, written `90d` or `2w`. There are no months: their lengths differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

/// The longest duration: a century.
const MOST_DAYS: u32 = 36_525;

impl Days {
    /// Parses a duration: `2w` is 14 days.
    ///
    /// # Errors
    /// A help text for the user, such as "write the unit: `90d` or `90w`".
    pub fn parse(text: &str) -> Result<Self, String> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at(digits);
        let factor = match unit {
            "d" => 1,
            "w" => 7,
            "m" | "mo" | "month" | "months" => {
                return Err("a month has no fixed number of days; write days, such as `30d`".into());
            }
            "" if digits > 0 => return Err(format!("write the unit: `{number}d` or `{number}w`")),
            _ => return Err("write days or weeks, such as `90d` or `2w`".into()),
        };
        number
            .parse::<u32>()
            .ok()
            .and_then(|count| count.checked_mul(factor))
            .filter(|&days| days <= MOST_DAYS)
            .map(Self)
            .ok_or_else(|| "write a number of days, such as `90d`".into())
    }
}

/// Parses `YYYY-MM-DD`.
///
/// # Errors
/// The reason, for the user: `2026-05-32` gives "May 2026 has 31 days".
pub fn parse(text: &str) -> Result<Date, String> {
    if text.len() != 10 || !starts_with_date(text) {
        return Err("a date is written YYYY-MM-DD".into());
    }
    let number = |digits: Range<usize>| text[digits].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let year = i32::try_from(year).unwrap_or(0);
    Date::from_ymd_opt(year, month, day).ok_or_else(|| missing_date_reason(year, month, day))
}

/// Returns the reason why a date does not exist.
pub fn missing_date_reason(year: i32, month: u32, day: u32) -> String {
    let Some(first) = Date::from_ymd_opt(year, month, 1) else {
        return format!("there is no month {month:02}");
    };
    if day == 0 {
        return "days count from 01".into();
    }
    let days = first
        .checked_add_months(chrono::Months::new(1))
        .map_or(31, |next| (next - first).num_days());
    format!("{} has {days} days", first.format("%B %Y"))
}

/// Returns the days from `earlier` to `later`; negative if `later` is before `earlier`.
pub fn days_between(earlier: Date, later: Date) -> i64 {
    (later - earlier).num_days()
}

/// Returns the offset of the first delimited `YYYY-MM-DD` in `text`. The date need not exist.
///
/// Delimited means that it is not next to a letter, a digit, `-` or `_`: `see (2026-05-08)` gives
/// 5, and neither `2026-05-10-metr.md` nor `v2026-05-10` has a date.
pub fn find_date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(9))
        .find(|&at| (at == 0 || !extends_date(bytes[at - 1])) && begins_with_date(&bytes[at..]))
}

/// Returns whether a text starts with a delimited `YYYY-MM-DD`. The date need not exist.
pub fn starts_with_date(text: &str) -> bool {
    begins_with_date(text.as_bytes())
}

/// Returns the length of the date that a text starts with, including the time of day after it;
/// `None` if the text does not start with a date. Neither date nor time need exist.
///
/// `2026-05-12: x` gives 10, `2026-05-12 09:30 x` gives 16, `2026-05-12T09:30:00Z` gives 20.
pub fn leading_length(text: &str) -> Option<usize> {
    let time = text.get(10..).and_then(time_of_day).map(|length| 10 + length);
    let with_time = time.filter(|_| text.get(..10).is_some_and(starts_with_date));
    with_time.or_else(|| starts_with_date(text).then_some(10))
}

/// Returns the length of a time of day, such as `T09:30`, ` 09:30:00.5` or ` 09:30+02:00`, at the
/// start of a text.
fn time_of_day(text: &str) -> Option<usize> {
    let minutes = text.strip_prefix(['T', 't', ' ']).and_then(after_minutes)?;
    let seconds = minutes.strip_prefix(':').and_then(after_two_digits).unwrap_or(minutes);
    let fraction = seconds.strip_prefix('.').filter(|rest| rest.starts_with(is_digit));
    let fraction = fraction.map_or(seconds, |rest| rest.trim_start_matches(is_digit));
    let zone = fraction
        .strip_prefix(['Z', 'z'])
        .or_else(|| after_zone_offset(fraction))
        .unwrap_or(fraction);
    let is_delimited = zone.bytes().next().is_none_or(|byte| !extends_date(byte));
    is_delimited.then_some(text.len() - zone.len())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Returns the text after a time such as `09:30`.
fn after_minutes(text: &str) -> Option<&str> {
    after_two_digits(text)?.strip_prefix(':').and_then(after_two_digits)
}

/// Returns the text after a time zone offset such as `+02:00` or `-0230`.
fn after_zone_offset(text: &str) -> Option<&str> {
    let hours = text.strip_prefix(['+', '-']).and_then(after_two_digits)?;
    after_two_digits(hours.strip_prefix(':').unwrap_or(hours))
}

fn after_two_digits(text: &str) -> Option<&str> {
    text.split_at_checked(2)
        .filter(|(digits, _)| digits.chars().all(is_digit))
        .map(|(_, rest)| rest)
}

fn begins_with_date(bytes: &[u8]) -> bool {
    let Some((date, rest)) = bytes.split_at_checked(10) else {
        return false;
    };
    date[4] == b'-'
        && date[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|&index: &usize| date[index].is_ascii_digit())
        && rest.first().is_none_or(|&byte| !extends_date(byte))
}

/// Returns whether a byte next to a date makes it a part of a longer token.
fn extends_date(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_of_a_date_that_does_not_exist_gives_the_reason() {
        assert_eq!(parse("2026-05-32").unwrap_err(), "May 2026 has 31 days");
        assert_eq!(parse("2026-02-29").unwrap_err(), "February 2026 has 28 days");
        assert_eq!(parse("2026-13-01").unwrap_err(), "there is no month 13");
        assert_eq!(parse("2026-5-1").unwrap_err(), "a date is written YYYY-MM-DD");
        assert!(parse("2028-02-29").is_ok(), "a leap day");
    }

    #[test]
    fn parse_days_accepts_days_and_weeks_but_not_months() {
        assert_eq!(Days::parse("90d"), Ok(Days(90)));
        assert_eq!(Days::parse("2w"), Ok(Days(14)));
        assert!(Days::parse("3m").unwrap_err().contains("month"));
        assert!(Days::parse("90").unwrap_err().contains("`90d`"));
        assert!(Days::parse("d").is_err());
        assert!(Days::parse("99999999999d").is_err());
    }

    #[test]
    fn leading_length_includes_a_time_of_day() {
        for (text, length) in [
            ("2026-05-12: x", 10),
            ("2026-05-12", 10),
            ("2026-05-12 09:30: x", 16),
            ("2026-05-12T09:30", 16),
            ("2026-05-12T09:30:15 x", 19),
            ("2026-05-12T09:30:15.250Z", 24),
            ("2026-05-12 09:30+02:00 x", 22),
            ("2026-05-12 12 evals", 10),
            ("2026-05-12 09:3x", 10),
        ] {
            assert_eq!(leading_length(text), Some(length), "{text}");
        }
        for text in ["2026-05-12Tea", "2026-05-12-x.md", "12 May 2026", "2026-05-1ü:00", ""] {
            assert_eq!(leading_length(text), None, "{text}");
        }
    }

    #[test]
    fn find_date_ignores_a_date_in_a_file_name() {
        assert_eq!(find_date("see 2026-05-10-metr-backlog.md"), None);
        assert_eq!(find_date("(x2026-05-10)"), None);
        assert_eq!(find_date("é (2026-05-08, n)"), Some(4));
    }
}
