//! The parts that a rewrite must not change, compared line by line, and a difference that shows every byte.
//!
//! It shares no code with the product's own proof of an edit.

use similar::{ChangeTag, TextDiff};

/// The words that a scan may take out of a line: levels, days, and "nothing" where a day belongs.
const SETTLED: [&str; 7] =
    ["low", "medium", "medium-high", "ripe-pending-eval", "ripe", "~", "null"];

/// The first line of `before` that is not in `after` below the lines above it. A line of the front
/// matter may have become longer, or changed its level or its day.
pub fn lost(before: &str, after: &str) -> Option<String> {
    let body = front_matter_lines(before);
    let mut rest = after.split_inclusive('\n');
    for (number, line) in before.split_inclusive('\n').enumerate() {
        // Only the last line can be without its ending, and new lines after it give it one.
        let unfinished = !line.ends_with('\n');
        let survives = |new: &str| {
            if unfinished {
                new.trim_end_matches(['\r', '\n']) == line
            } else {
                new == line || (number < body && is_edited(line, new))
            }
        };
        if !rest.any(survives) {
            return Some(format!("line {}: {}", number + 1, visible(line)));
        }
    }
    let finished = |text: &str| text.ends_with('\n');
    (finished(before) != finished(after)).then(|| "the final newline, or its absence".into())
}

/// The number of lines before the body.
fn front_matter_lines(text: &str) -> usize {
    let fence = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().skip(1).position(fence).map_or(0, |close| close + 1)
}

/// Returns whether `new` is `old` with pieces inserted, apart from settled words; the line ending is kept.
fn is_edited(old: &str, new: &str) -> bool {
    let ending = |line: &str| line.len() - line.trim_end_matches(['\r', '\n']).len();
    let mut rest = words(new).into_iter();
    let kept = words(old).into_iter().filter(|word| !is_settled(word));
    ending(old) == ending(new) && kept.into_iter().all(|word| rest.any(|other| other == word))
}

/// Levels and days whole, every other character on its own.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '-';
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, behind) = rest.split_at(length);
        words.push(word);
        rest = behind;
    }
    words
}

fn is_settled(word: &str) -> bool {
    let day = word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    day || SETTLED.contains(&word)
}

/// The difference of two texts with two lines around each change.
pub fn difference(expected: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(expected, found);
    let mut escape_for_terminal = String::from("    - is expected, + was found\n");
    for group in diff.grouped_ops(2) {
        escape_for_terminal.push_str("    ...\n");
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            escape_for_terminal.push_str(&format!("    {sign} {}\n", visible(change.value())));
        }
    }
    escape_for_terminal
}

/// A line with its ending, its trailing blanks and all other invisible characters to be seen.
fn visible(line: &str) -> String {
    let end = line.trim_end_matches([' ', '\r', '\n']).len();
    let escape_for_terminal = line.char_indices().map(|(at, character)| match character {
        '\n' => "⏎".into(),
        '\r' => "␍".into(),
        '\t' => "→".into(),
        '\u{feff}' => "<mark>".into(),
        ' ' if at >= end => "·".into(),
        c if c.is_control() => format!("<{:02x}>", u32::from(c)),
        c => c.to_string(),
    });
    escape_for_terminal.collect()
}

#[test]
fn lost_finds_every_line_that_did_not_survive() {
    let before = "---\nripeness: {level: low}   # why\n---\n\na\nb\n";
    let kept = before.replace("low}", "ripe, since: 2026-06-03}").replace("a\n", "a\nnew\n");
    assert_eq!(lost(before, &kept), None);
    assert_eq!(lost("a\r\nb", "a\r\nb\r\nc"), None, "no final newline before or behind");
    let losses = [
        (before.to_string(), before.replace("# why", "#")),
        (before.to_string(), before.replace("a\nb\n", "b\na\n")),
        (before.to_string(), before.replace("a\n", "a \n")),
        (before.to_string(), before.replace('\n', "\r\n")),
        (before.to_string(), before.replace("\n\na", "\na")),
        ("a\nb".into(), "a\nb\n".into()),
    ];
    for (before, after) in losses {
        assert!(lost(&before, &after).is_some(), "{}", difference(&before, &after));
    }
}
