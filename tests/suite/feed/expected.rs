//! The feeds of `tests/feeds/feeds`: each gives what `tests/feeds/expected.json` says.

use std::fs;

use serde_json::Value;
use thread_tracker::feed::{Entry, Format, NotAFeed};
use thread_tracker::model::url::without_tracking;

use super::reading;
use crate::support::root;

/// The cases of `expected.json`.
fn cases() -> Vec<Value> {
    let path = root().join("tests/feeds/expected.json");
    let text = fs::read_to_string(path).expect("the expected results");
    let mut expected: Value = serde_json::from_str(&text).expect("JSON");
    match expected["cases"].take() {
        Value::Array(cases) => cases,
        other => panic!("no cases: {other}"),
    }
}

fn strings(value: &Value) -> Vec<String> {
    let values = value.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_string)).collect()
}

/// Compares an entry with an expected item and returns the differences.
fn differences(case: &Value, at: usize, entry: &Entry) -> Vec<String> {
    let item = &case["items"][at];
    let mut titles = vec![item["title"].as_str().map(str::to_string)];
    titles.extend(strings(&case["alternatives"][at.to_string()]).into_iter().map(Some));
    let address = item["url"].as_str().map(without_tracking);
    let url = item["written"].as_str().or(address.as_deref());
    let date = item["date"].as_str();
    let may_be_undated = item["note"].as_str().is_some_and(|note| note.starts_with("null passes"));
    let found = entry.date.map(|date| date.to_string());
    let is_date = found.as_deref() == date || (found.is_none() && may_be_undated);
    // Without title and URL, the id is the title when the entry is written.
    let found_url = entry.url.as_deref();
    let checks = [
        (
            titles.contains(&entry.title),
            format!("title {:?}, not {:?}", entry.title, item["title"]),
        ),
        (is_date, format!("date {found:?}, not {date:?}")),
        (without_slash(found_url) == without_slash(url), format!("url {found_url:?}, not {url:?}")),
        (
            entry.categories == strings(&item["categories"]),
            format!("categories {:?}", entry.categories),
        ),
        (entry.tags == strings(&item["tags"]), format!("tags {:?}", entry.tags)),
        (entry.threads == strings(&item["thread"]), format!("threads {:?}", entry.threads)),
        (entry.org.as_deref() == item["org"].as_str(), format!("org {:?}", entry.org)),
        (
            entry.id.as_deref() == item["guid"].as_str(),
            format!("id {:?}, not {}", entry.id, item["guid"]),
        ),
    ];
    let wrong = checks.into_iter().filter(|(is_right, _)| !is_right);
    wrong.map(|(_, difference)| format!("item {at}: {difference}")).collect()
}

fn without_slash(url: Option<&str>) -> Option<&str> {
    url.map(|url| url.trim_end_matches('/'))
}

#[test]
fn feeds_have_the_expected_entries_and_outcomes() {
    let cases = cases();
    assert_eq!(cases.len(), 40);
    let mut wrong = Vec::new();
    for case in &cases {
        let file = case["file"].as_str().expect("a file");
        let bytes = fs::read(root().join("tests/feeds").join(file)).expect("a feed");
        let format = match case["format"].as_str() {
            Some("sitemap") => Format::Sitemap,
            _ => Format::Auto,
        };
        let outcome = case["outcome"].as_str().expect("an outcome");
        let reading = match reading(&bytes, format) {
            Ok(reading) => reading,
            Err(reason) => {
                if outcome != "not-a-feed" {
                    wrong.push(format!("{file}: {reason}"));
                }
                let offered = strings(&case["feeds-offered"]);
                let is_offered = match &reason {
                    NotAFeed::Html(urls) => *urls == offered,
                    _ => offered.is_empty(),
                };
                assert!(is_offered, "{file}: {reason}");
                continue;
            }
        };
        let found = match (reading.damages.is_empty(), reading.entries.is_empty()) {
            (false, _) => "damaged",
            (true, true) => "empty",
            (true, false) => "ok",
        };
        if found != outcome {
            wrong.push(format!("{file}: {found}, not {outcome}: {:?}", reading.damages));
        }
        let items = case["items"].as_array().map_or(0, Vec::len);
        if reading.entries.len() != items {
            let titles: Vec<_> = reading.entries.iter().map(|entry| &entry.title).collect();
            wrong.push(format!("{file}: {} entries, not {items}: {titles:?}", titles.len()));
            continue;
        }
        let passed_over = case["passed-over"].as_u64().unwrap_or(0);
        assert_eq!(reading.passed_over as u64, passed_over, "{file}");
        let entries = reading.entries.iter().enumerate();
        let found = entries.flat_map(|(at, entry)| differences(case, at, entry));
        wrong.extend(found.map(|difference| format!("{file}: {difference}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
