//! Lines of the Ripeness section that look like log entries.

use crate::model::Configuration;
use crate::parse::bullet;
use crate::parse::bullet::Bullet;
use crate::parse::unread::looks::after_marker;
use crate::parse::unread::position::PositionKind;
use crate::parse::written_date::{Meaning, leading_date};
use crate::text::Document;

/// Fields that only log entries have.
const FIELDS: [&str; 5] = ["trigger", "attested", "withdrawn", "by", "on"];

/// Words that begin a sentence about a change of the level.
const MOVED: [&str; 5] = ["raised", "lowered", "promoted", "demoted", "moved"];

const ARROWS: [&str; 2] = ["→", "->"];

/// Returns whether a bullet without a leading ISO date was probably intended as a log entry: it
/// changes the level, has a date first or in parentheses, or has a field that only log entries
/// have.
///
/// `- 12 May 2026: medium → ripe` was, `- the two framings diverge` was not.
pub fn looks_like_entry(
    document: &Document,
    bullet: &Bullet<'_>,
    configuration: &Configuration,
) -> bool {
    let words = bullet::plain_text(document.slice(bullet.span));
    let lowercase = words.to_lowercase();
    bullet.date.is_some()
        || FIELDS.iter().any(|key| bullet.field(key).is_some())
        || MOVED.contains(&lowercase.split(' ').next().unwrap_or_default())
        || begins_with_date(&words)
        || moves_a_level(&words, configuration)
}

/// Returns whether a line that is not a list item of the log looks like one of its entries.
pub(super) fn is_entry(line: &str, kind: PositionKind, configuration: &Configuration) -> bool {
    let text = line.trim_start_matches(|c: char| c.is_whitespace() || "#>|".contains(c));
    let content = after_marker(text);
    let (dated, moves) = (
        begins_with_date(content.unwrap_or(text)),
        moves_a_level(content.unwrap_or(text), configuration),
    );
    match kind {
        PositionKind::SetAside | PositionKind::Wrapped => false,
        PositionKind::Heading => moves,
        _ if content.is_some() => dated || moves,
        PositionKind::Paragraph | PositionKind::Quote | PositionKind::Table => {
            dated && (moves || line.contains("::"))
        }
        _ => false,
    }
}

/// At most this many words are between the start of a log entry and the arrow to its level.
const BEFORE_ARROW: usize = 3;

/// Returns whether an arrow of the text follows a level of the ladder, or follows few words and
/// leads to one.
///
/// `12 May: medium → ripe` and `now → ripe` do, `if it holds in salt water → ripe` does not.
fn moves_a_level(text: &str, configuration: &Configuration) -> bool {
    let is_level = |word: Option<&str>| {
        let word = word.unwrap_or_default().trim_matches(|c: char| "*_`:,;.()".contains(c));
        configuration.ladder.0.iter().any(|level| level.eq_ignore_ascii_case(word))
    };
    ARROWS.iter().any(|arrow| {
        text.match_indices(arrow).any(|(at, arrow)| {
            let (before, after) = (&text[..at], &text[at + arrow.len()..]);
            let is_near_start = before.split_whitespace().nth(BEFORE_ARROW).is_none();
            is_level(before.split_whitespace().next_back())
                || (is_near_start && is_level(after.split_whitespace().next()))
        })
    })
}

/// Returns whether a text begins with a date in any spelling, also with one that is not read:
/// `12 May 2026`, `5/12/26`, `20260512`.
fn begins_with_date(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let found = leading_date(text, None).is_some_and(|found| found.meaning != Meaning::Month);
    found || is_compact_date(text)
}

/// `20260512`
fn is_compact_date(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    digits == 8
        && text
            .get(..4)
            .and_then(|year| year.parse::<u16>().ok())
            .is_some_and(|year| (1900..2200).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_with_date_in_any_spelling_is_true() {
        for text in [
            "2026-05-12T10:00: x",
            "2026-05-12: x",
            "2026/05/12 x",
            "12.05.2026: x",
            "5/12/26 x",
            "2026年5月12日：x",
            "20260512 x",
            "12 May 2026: x",
            "May 12, 2026 — x",
            "2026-5-1 x",
            "Mon, 12 May 2026: x",
            "12. Mai 2026: x",
            "12 de mayo de 2026: x",
            "[[2026-05-12]] x",
            "<2026-05-12 Tue> x",
            "May 4th, 2026",
            "📅 2026-05-12 x",
        ] {
            assert!(begins_with_date(text), "{text}");
        }
    }

    #[test]
    fn begins_with_date_with_other_numbers_is_false() {
        for text in [
            "2026-05-12-arrival.md is the draft",
            "1.2.3 is out",
            "3 evals in May",
            "2026 was good",
            "the two framings diverge",
            "The 3 evals of 2026",
            "",
        ] {
            assert!(!begins_with_date(text), "{text}");
        }
    }

    #[test]
    fn moves_a_level_needs_a_level_beside_the_arrow() {
        let ladder = Configuration::default();
        for text in
            ["12 May: medium → ripe", "now -> Ripe, for good", "by May 12 → ripe", "**medium** → x"]
        {
            assert!(moves_a_level(text, &ladder), "{text}");
        }
        for text in
            ["costs → prices", "a rise → b", "if it holds in salt water → ripe", "medium and ripe"]
        {
            assert!(!moves_a_level(text, &ladder), "{text}");
        }
    }
}
