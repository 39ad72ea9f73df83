//! Civil dates and spans of days. No time of day, no zone, no months.

use std::fmt;

/// A civil date: `YYYY-MM-DD`, a day on the wall calendar, without time or zone.
pub type Date = chrono::NaiveDate;

/// A span of whole days, written `90d` or `2w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

/// The longest span that is accepted, in days: a century.
const MOST_DAYS: u32 = 36_525;

impl Days {
    /// Reads `90d` or `2w`.
    ///
    /// # Errors
    /// What is wrong, for a person; months are refused because they have no fixed length.
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

/// Reads `YYYY-MM-DD`.
///
/// # Errors
/// What is wrong, for a person ("May has 31 days").
pub fn parse(text: &str) -> Result<Date, String> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return Err("a date is written YYYY-MM-DD".into());
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let year = i32::try_from(year).unwrap_or(0);
    Date::from_ymd_opt(year, month, day).ok_or_else(|| explain(year, month, day))
}

/// Why there is no such day.
fn explain(year: i32, month: u32, day: u32) -> String {
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

/// Days from `earlier` to `later`; negative where `later` comes first.
pub fn days_between(earlier: Date, later: Date) -> i64 {
    (later - earlier).num_days()
}

/// Finds the first delimited `YYYY-MM-DD` in `text`: its offset. The day need not exist.
///
/// Delimited means that no letter, digit, `-` or `_` touches it, so that `2026-05-10-metr.md` and
/// `v2026-05-10` hold no date.
pub fn find(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(9))
        .find(|&at| (at == 0 || !touches(bytes[at - 1])) && is_day(&bytes[at..]))
}

/// Whether a text begins with a delimited `YYYY-MM-DD`, which need not exist.
pub fn leads(text: &str) -> bool {
    is_day(text.as_bytes())
}

/// The length of the date that begins a text, with the time of day after it; `None` for a text that
/// begins with no date. The day need not exist, and neither need the time.
///
/// `2026-05-12: x` has 10, `2026-05-12 09:30 x` has 16, `2026-05-12T09:30:00Z` has 20.
pub fn leading(text: &str) -> Option<usize> {
    let time = text.get(10..).and_then(time_of_day).map(|length| 10 + length);
    let with_time = time.filter(|_| text.get(..10).is_some_and(leads));
    with_time.or_else(|| leads(text).then_some(10))
}

/// The length of `T09:30`, ` 09:30:00.5` or ` 09:30+02:00` at the start of a text.
fn time_of_day(text: &str) -> Option<usize> {
    let minutes = text.strip_prefix(['T', 't', ' ']).and_then(clock)?;
    let seconds = minutes.strip_prefix(':').and_then(two_digits).unwrap_or(minutes);
    let fraction = seconds.strip_prefix('.').filter(|rest| rest.starts_with(is_digit));
    let fraction = fraction.map_or(seconds, |rest| rest.trim_start_matches(is_digit));
    let zone = fraction.strip_prefix(['Z', 'z']).or_else(|| offset(fraction)).unwrap_or(fraction);
    let is_delimited = zone.bytes().next().is_none_or(|byte| !touches(byte));
    is_delimited.then_some(text.len() - zone.len())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The text after `09:30`.
fn clock(text: &str) -> Option<&str> {
    two_digits(text)?.strip_prefix(':').and_then(two_digits)
}

/// The text after `+02:00` or `-0230`.
fn offset(text: &str) -> Option<&str> {
    let hours = text.strip_prefix(['+', '-']).and_then(two_digits)?;
    two_digits(hours.strip_prefix(':').unwrap_or(hours))
}

fn two_digits(text: &str) -> Option<&str> {
    text.split_at_checked(2)
        .filter(|(digits, _)| digits.chars().all(is_digit))
        .map(|(_, rest)| rest)
}

fn is_day(bytes: &[u8]) -> bool {
    let Some((day, behind)) = bytes.split_at_checked(10) else {
        return false;
    };
    day[4] == b'-'
        && day[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|&index: &usize| day[index].is_ascii_digit())
        && behind.first().is_none_or(|&byte| !touches(byte))
}

fn touches(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_explained() {
        assert_eq!(parse("2026-05-32").unwrap_err(), "May 2026 has 31 days");
        assert_eq!(parse("2026-02-29").unwrap_err(), "February 2026 has 28 days");
        assert_eq!(parse("2026-13-01").unwrap_err(), "there is no month 13");
        assert_eq!(parse("2026-5-1").unwrap_err(), "a date is written YYYY-MM-DD");
        assert!(parse("2028-02-29").is_ok(), "a leap day");
    }

    #[test]
    fn a_span_is_days_or_weeks_and_never_months() {
        assert_eq!(Days::parse("90d"), Ok(Days(90)));
        assert_eq!(Days::parse("2w"), Ok(Days(14)));
        assert!(Days::parse("3m").unwrap_err().contains("month"));
        assert!(Days::parse("90").unwrap_err().contains("`90d`"));
        assert!(Days::parse("d").is_err());
        assert!(Days::parse("99999999999d").is_err());
    }

    #[test]
    fn leading_with_a_time_of_day_includes_the_time() {
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
            assert_eq!(leading(text), Some(length), "{text}");
        }
        for text in ["2026-05-12Tea", "2026-05-12-x.md", "12 May 2026", "2026-05-1ü:00", ""] {
            assert_eq!(leading(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_inside_a_file_name_is_not_found() {
        assert_eq!(find("see 2026-05-10-metr-backlog.md"), None);
        assert_eq!(find("(x2026-05-10)"), None);
        assert_eq!(find("é (2026-05-08, n)"), Some(4));
    }
}
