//! Invented notes: every item is found, with its title, URL and date.
//!
//! Next to `NAME.md`, `NAME.items` has one expected item on each line, in order: date, title and URL,
//! separated by tabs, with `-` for none. Lines with `#` are comments. `tests/notes/` was written with
//! the parser; `tests/notes-independent/` was written by another author, without looking at it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use thread_tracker::adopt::adopt;
use thread_tracker::model::Configuration;
use thread_tracker::parse::thread;
use thread_tracker::text::Document;

/// The largest number of items that may be missed, in hundredths of all items.
const MOST_MISSED: usize = 5;

/// The smallest number of notes.
const LEAST_NOTES: usize = 40;

/// The notes of a directory of `tests/` with their texts and expected items, by name.
fn notes(directory: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(directory);
    let entries = fs::read_dir(directory).expect("a directory of notes").flatten();
    let notes = entries.filter(|entry| {
        let path = entry.path();
        path.extension().is_some_and(|end| end == "md") && path.with_extension("items").is_file()
    });
    notes
        .map(|entry| {
            let read = |path: PathBuf| fs::read_to_string(path).expect("a note and its items");
            let expected = read(entry.path().with_extension("items"));
            let expected = expected.lines().filter(|line| !line.starts_with('#'));
            let expected = expected.map(without_month).collect();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, (read(entry.path()), expected))
        })
        .collect()
}

/// An expected item whose date is a month has no date for the parser.
fn without_month(item: &str) -> String {
    match item.split_once('\t') {
        Some((date, rest)) if date.len() == "2026-05".len() => format!("-\t{rest}"),
        _ => item.to_string(),
    }
}

/// The text of the thread that a note becomes; `None` if the note is refused.
fn adopted(name: &str, note: &str) -> Option<String> {
    let note = Document::new(name, note);
    let adopted = adopt(&note, "threads/x.md", "a note", &[], &Configuration::default());
    adopted.ok().map(|adopted| adopted.text)
}

/// The items that the parser reads in a note after its adoption, as in `NAME.items`.
fn found(name: &str, note: &str) -> Vec<String> {
    let Some(text) = adopted(name, note) else {
        return Vec::new();
    };
    let document = Document::new("threads/x.md", text);
    let (file, _) = thread::parse_with_errors(document, &Configuration::default());
    let evidence = file.expect("an adopted note is a thread").thread.evidence;
    let row = |item: &thread_tracker::model::ItemRecord| {
        let date = item.date.map_or("-".to_string(), |date| date.to_string());
        let title = item.title.as_deref().unwrap_or("-");
        let url = item.url.as_deref().unwrap_or("-");
        format!("{date}\t{title}\t{url}")
    };
    evidence.iter().map(|line| row(&line.item)).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the score")]
fn note_corpus_is_found_with_title_url_and_date() {
    let notes = notes("notes");
    assert!(notes.len() >= LEAST_NOTES, "{} notes", notes.len());
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (name, (note, expected)) in &notes {
        let found = found(name, note);
        for item in expected {
            if found.contains(item) {
                right += 1;
            } else {
                missed.push(format!("{name}: {item}"));
            }
        }
        let surplus = found.iter().filter(|item| !expected.contains(item));
        wrong.extend(surplus.map(|item| format!("{name}: {item}")));
    }
    let all = right + missed.len();
    println!("{right} of {all} items are right, {} are wrong", wrong.len());
    assert!(wrong.is_empty(), "wrong:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
    assert!(missed.len() * 100 <= all * MOST_MISSED, "missed:\n{}", missed.join("\n"));
}

#[test]
#[expect(clippy::print_stdout, reason = "the score")]
fn note_corpus_of_another_author_is_found_with_title_url_and_date() {
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (name, (note, expected)) in notes("notes-independent") {
        let mut found: Vec<String> = found(&name, &note).iter().map(|item| shown(item)).collect();
        let declared = declared(&name);
        for item in expected {
            let forms = [Some(&item), declared.get(&item).filter(|item| has_one_reading(item))];
            let is_form = |known: &String| forms.contains(&Some(known));
            match found.iter().position(is_form) {
                Some(at) => {
                    found.remove(at);
                    right += 1;
                }
                None => missed.push(format!("{name}: {item}")),
            }
        }
        wrong.extend(found.into_iter().map(|item| format!("{name}: {item}")));
    }
    let all = right + missed.len();
    println!("{right} of {all} items are right, {} are wrong", wrong.len());
    assert!(wrong.is_empty(), "wrong:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
    assert!(missed.len() * 100 <= all * MOST_MISSED, "missed:\n{}", missed.join("\n"));
}

/// The items of a note of `tests/notes-independent/` as they are read with the order of day and
/// month that the lines `# declared:` of `NAME.items` state, by their form without it.
fn declared(name: &str) -> BTreeMap<String, String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/notes-independent").join(name);
    let items = fs::read_to_string(path.with_extension("items")).expect("the items of a note");
    let lines: Vec<&str> = items.lines().collect();
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let declared = pairs.filter_map(|(item, next)| {
        next.strip_prefix("# declared: ").map(|next| (item.to_string(), next.to_string()))
    });
    declared.collect()
}

/// Returns whether the date of an item has one reading in any order of day and month, so that it
/// needs no declaration: `18.05.2026`.
fn has_one_reading(item: &str) -> bool {
    let day = item.get("2026-05-".len().."2026-05-18".len());
    day.and_then(|day| day.parse().ok()).is_some_and(|day: u8| day > 12)
}

/// A found item as the commands show it: with its URL in place of a title that it does not have.
fn shown(item: &str) -> String {
    match item.split('\t').collect::<Vec<_>>()[..] {
        [date, "-", url] => format!("{date}\t{url}\t{url}"),
        _ => item.to_string(),
    }
}

#[test]
fn note_corpus_without_the_additions_of_adopt_is_unchanged() {
    for (name, (note, _)) in notes("notes").into_iter().chain(notes("notes-independent")) {
        let text = adopted(&name, &note).expect("the note is adopted");
        let kept = without_additions(&text, &note);
        assert_eq!(kept, note, "{name}");
    }
}

/// Removes the lines of an adopted text that the note does not have, in order.
fn without_additions(text: &str, note: &str) -> String {
    let mut lines = note.split_inclusive('\n').peekable();
    let kept = text.split_inclusive('\n').filter(|line| lines.next_if_eq(line).is_some());
    kept.collect()
}
