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
    fn a_date_inside_a_file_name_is_not_found() {
        assert_eq!(find("see 2026-05-10-metr-backlog.md"), None);
        assert_eq!(find("(x2026-05-10)"), None);
        assert_eq!(find("é (2026-05-08, n)"), Some(4));
    }
}
