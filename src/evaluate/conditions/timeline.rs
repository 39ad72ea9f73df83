//! Truth of a condition over time.
//!
//! Truth changes only on dates on which something happens: an item lands, enters or leaves a
//! window of time, or is read; a source is scanned; a person attests; a draft changes its state.
//! A timeline lists those dates, so a question about a century costs as much as one about a week.

use std::collections::BTreeSet;

use crate::model::Date;

/// Truth of a condition on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// False.
    False,
    /// Unknown, such as the silence of a source that was never scanned.
    Unknown,
    /// True.
    True,
}

impl Truth {
    /// True only if every part is true; false if one part is false.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().min().unwrap_or(Self::True)
    }

    /// True if one part is true; false only if every part is false.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().max().unwrap_or(Self::False)
    }

    /// True only if every part is false.
    pub fn none(parts: impl IntoIterator<Item = Self>) -> Self {
        match Self::any(parts) {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Returns whether it is [`Truth::True`].
    pub fn is_true(self) -> bool {
        self == Self::True
    }
}

impl From<bool> for Truth {
    fn from(is_true: bool) -> Self {
        if is_true { Self::True } else { Self::False }
    }
}

/// Truth of a condition on every date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The first date of each run of equal truth, ascending. The first run begins with
    /// [`Date::MIN`], and two neighbours differ.
    runs: Vec<(Date, Truth)>,
    /// Dates on which the numbers of the condition may change, even if its truth stays.
    pub events: BTreeSet<Date>,
}

impl Timeline {
    /// A timeline from its truth at the events. Between two events the truth does not change, and
    /// before the first event it is that of [`Date::MIN`].
    pub fn new(events: BTreeSet<Date>, mut truth_on: impl FnMut(Date) -> Truth) -> Self {
        let mut runs = vec![(Date::MIN, truth_on(Date::MIN))];
        for &event in &events {
            let truth = truth_on(event);
            if runs.last().is_some_and(|(_, last)| *last != truth) {
                runs.push((event, truth));
            }
        }
        Self { runs, events }
    }

    /// Joins the timelines of the parts of a condition.
    pub fn join(parts: &[Self], join: impl Fn(&mut dyn Iterator<Item = Truth>) -> Truth) -> Self {
        let events = parts.iter().flat_map(|part| part.events.iter().copied()).collect();
        Self::new(events, |date| join(&mut parts.iter().map(|part| part.on(date))))
    }

    /// Truth on a date.
    pub fn on(&self, date: Date) -> Truth {
        self.runs[self.run(date)].1
    }

    /// First date of the run of equal truth that contains `date`.
    pub fn since(&self, date: Date) -> Date {
        self.runs[self.run(date)].0
    }

    /// Returns whether it is true on every date from `first` up to the date before `end`.
    pub fn is_true_throughout(&self, first: Date, end: Date) -> bool {
        first >= end || {
            let run = self.run(first);
            self.runs[run].1.is_true() && self.runs.get(run + 1).is_none_or(|next| next.0 >= end)
        }
    }

    /// Dates on which the truth becomes true.
    pub fn rises(&self) -> impl Iterator<Item = Date> {
        self.runs.iter().filter(|(_, truth)| truth.is_true()).map(|(first, _)| *first)
    }

    fn run(&self, date: Date) -> usize {
        self.runs.partition_point(|(first, _)| *first <= date) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date;

    fn on(text: &str) -> Date {
        date::parse(text).expect("tests write real dates")
    }

    /// True from January 5 to 9, and from January 20 on.
    fn twice() -> Timeline {
        let events = ["2026-01-05", "2026-01-07", "2026-01-10", "2026-01-20"].map(on).into();
        Timeline::new(events, |date| {
            let first = on("2026-01-05")..on("2026-01-10");
            Truth::from(first.contains(&date) || date >= on("2026-01-20"))
        })
    }

    #[test]
    fn timeline_since_is_the_start_of_the_run() {
        let timeline = twice();
        assert_eq!(timeline.since(on("2026-01-09")), on("2026-01-05"));
        assert_eq!(timeline.since(on("2026-01-12")), on("2026-01-10"));
        assert_eq!(timeline.since(on("2025-01-01")), Date::MIN);
        assert_eq!(timeline.on(on("2026-01-19")), Truth::False);
        assert_eq!(timeline.on(on("2026-01-20")), Truth::True);
    }

    #[test]
    fn timeline_is_true_throughout_excludes_the_end() {
        let timeline = twice();
        assert!(timeline.is_true_throughout(on("2026-01-05"), on("2026-01-10")));
        assert!(!timeline.is_true_throughout(on("2026-01-05"), on("2026-01-11")));
        assert!(!timeline.is_true_throughout(on("2026-01-04"), on("2026-01-06")));
        assert!(timeline.is_true_throughout(on("2026-01-12"), on("2026-01-12")), "no date at all");
        assert!(timeline.is_true_throughout(on("2026-01-20"), Date::MAX));
    }

    #[test]
    fn timeline_join_follows_every_part() {
        let late =
            Timeline::new([on("2026-01-08")].into(), |date| (date >= on("2026-01-08")).into());
        let both = Timeline::join(&[twice(), late], |parts| Truth::all(parts));
        assert_eq!(both.rises().collect::<Vec<_>>(), ["2026-01-08", "2026-01-20"].map(on));
    }

    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn truth_joins_as_kleene_defines_it() {
        for (parts, all, any, none) in [
            ([True, True], True, True, False),
            ([True, Unknown], Unknown, True, False),
            ([True, False], False, True, False),
            ([Unknown, Unknown], Unknown, Unknown, Unknown),
            ([Unknown, False], False, Unknown, Unknown),
            ([False, False], False, False, True),
        ] {
            assert_eq!(Truth::all(parts), all, "all {parts:?}");
            assert_eq!(Truth::any(parts), any, "any {parts:?}");
            assert_eq!(Truth::none(parts), none, "none {parts:?}");
        }
    }
}
