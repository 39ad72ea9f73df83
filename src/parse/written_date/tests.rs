//! Tests of the spellings.

use super::*;

const DATE: &str = "2026-05-04";

fn leading(text: &str) -> Option<String> {
    leading_date(text, None).and_then(|found| found.meaning.date()).map(|date| date.to_string())
}

#[test]
fn leading_date_in_each_spelling_is_read() {
    for text in [
        "2026-05-04",
        "2026-05-04T09:30:00Z",
        "2026-05-04 09:30",
        "2026/05/04",
        "2026.05.04",
        "2026-5-4",
        "4 May 2026",
        "4 MAY 2026",
        "04 May 2026",
        "4th of May, 2026",
        "4-May-2026",
        "May 4, 2026",
        "May 4th, 2026",
        "May 4 2026",
        "Mon, 4 May 2026",
        "Monday, May 4, 2026",
        "Mon May 4, 2026",
        "4. Mai 2026",
        "Montag, den 4. Mai 2026",
        "4 mai 2026",
        "lundi 4 mai 2026",
        "4 de mayo de 2026",
        "4 maggio 2026",
        "4 de maio de 2026",
        "4 mei 2026",
        "2026年5月4日",
        "2026年5月4日の記事",
        "2026년 5월 4일",
    ] {
        assert_eq!(leading(text).as_deref(), Some(DATE), "{text}");
        let found = leading_date(&format!("{text} x"), None).map(|found| found.length);
        let length = text.strip_suffix("の記事").map_or(text.len(), str::len);
        assert_eq!(found, Some(length), "{text}");
    }
    for (text, date) in [
        ("1er mars 2026", "2026-03-01"),
        ("3 Sept 2026", "2026-09-03"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("5 juil. 2026", "2026-07-05"),
        ("12. Januar 2026", "2026-01-12"),
        ("25/12/2026", "2026-12-25"),
        ("mar 3, 2026", "2026-03-03"),
        ("04/04/2026", "2026-04-04"),
    ] {
        assert_eq!(leading(text).as_deref(), Some(date), "{text}");
    }
}

#[test]
fn leading_date_in_other_text_is_none() {
    for text in [
        "2026-05-04-metr",
        "2026-05-04x",
        "May 4",
        "4 May",
        "Mayor 4, 2026",
        "4 jui 2026",
        "1.2.3",
        "v2026-05-04",
        "12 evals in 2026",
        "2026",
        "20260504",
        "Second 4, 2026",
        "",
    ] {
        assert_eq!(leading_date(text, None), None, "{text}");
    }
}

#[test]
fn leading_date_of_numbers_depends_on_the_declared_order() {
    let read = |text, order| leading_date(text, order).map(|found| found.meaning);
    let date = |text| date::parse(text).expect("a date");
    let both =
        Meaning::Ambiguous { day_first: date("2026-05-04"), month_first: date("2026-04-05") };
    for text in ["04/05/2026", "4.5.2026", "04-05-2026", "4/5/26"] {
        assert_eq!(read(text, None), Some(both.clone()), "{text}");
        let day_first = Some(Meaning::Date(date("2026-05-04")));
        assert_eq!(read(text, Some(DateOrder::DayFirst)), day_first, "{text}");
        let month_first = Some(Meaning::Date(date("2026-04-05")));
        assert_eq!(read(text, Some(DateOrder::MonthFirst)), month_first, "{text}");
    }
    let missing = read("25/12/2026", Some(DateOrder::MonthFirst));
    assert!(matches!(missing, Some(Meaning::Missing(_))), "{missing:?}");
}

#[test]
fn leading_date_of_a_month_alone_is_a_month() {
    for text in ["May 2026", "2026-05", "2026/05", "2026年5月", "Mai 2026", "mayo de 2026"] {
        let found = leading_date(text, None).map(|found| found.meaning);
        assert_eq!(found, Some(Meaning::Month), "{text}");
    }
}

#[test]
fn delimited_date_is_between_delimiters() {
    for (text, at) in [
        ("A title, 4 May 2026", 9),
        ("A title, May 4, 2026.", 9),
        ("A title – 2026-05-04", 12),
        ("A title · Mon, 4 May 2026", 11),
        ("A title — May 4, 2026 — more", 12),
        ("A, May 4, 2026, B — more", 3),
        ("[A](u) 2026-05-04", 7),
    ] {
        let found = delimited_date(text, None);
        assert_eq!(found.as_ref().map(|(at, _)| *at), Some(at), "{text}");
        let date = found.and_then(|(_, found)| found.meaning.date()).map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some(DATE), "{text}");
    }
    for text in
        ["due by 4 May 2026", "A — more, 4 May 2026, revised", "A 2026-05-04-metr", "A, May 2026"]
    {
        assert_eq!(delimited_date(text, None), None, "{text}");
    }
}

#[test]
fn find_written_date_skips_months_and_parts_of_names() {
    let found = |text| find_written_date(text, None).map(|(at, _)| at);
    assert_eq!(found("METR, 4 May 2026"), Some(6));
    assert_eq!(found("May 2026, 2026-05-04"), Some(10));
    assert_eq!(found("x2026-05-04 backlogs/2026-05-04"), None);
}

#[test]
fn after_timestamp_passes_over_weekday_time_and_repetition_only() {
    for (before, after, rest) in [
        ("<", " Mon>, x", ", x"),
        ("&lt;", " Mon&gt; x", " x"),
        ("[", " Mo 10:00-11:00 .+1w] x", " x"),
        ("<", "> x", " x"),
        ("[", " A title] x", " A title] x"),
        ("(", " Mon) x", " Mon) x"),
        ("<", " Mon", " Mon"),
    ] {
        assert_eq!(after_timestamp(before, after), rest, "{before}…{after}");
    }
}
