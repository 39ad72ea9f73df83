//! Threads put together at random from the ways in which people write them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const RIPENESS: [&str; 7] = [
    "ripeness: {level: low, since: 2026-05-01}\n",
    "ripeness: {level: low}   # since when?\n",
    "ripeness: { since: ~, level: \"low\" , }\n",
    "ripeness: {\n  level: low,   # not yet\n  # when?\n  since: 2026-05-01\n}\n",
    "ripeness:\n  level: low\n  since: 2026-05-01   # a Friday\n",
    "ripeness:   # the level\n    # here:\n    level: 'low'   # low\n    # behind it\n",
    "ripeness:\n  since:\n  level: low\n",
];

/// Levels that cannot be edited in place.
const REFUSED: [&str; 2] = ["ripeness: {level: &level low}\n", "ripeness:\n  level: |-\n    low\n"];

const ENOUGH: [&str; 4] = [
    "- id: enough\n  why: three are in\n  raise-to: ripe\n  when: {count: {of: news, at-least: 3}}\n",
    "- {id: enough, why: \"three: in\", raise-to: ripe,\n   when: {count: {of: news, at-least: 3}}}   # three\n",
    "- id: enough\n  raise-to: ripe\n\n  # not two\n  when:\n    count:\n      of: news\n      at-least: 3\n  why: >\n    three\n    are in\n\n",
    "-   when: {count: {of: news, at-least: 3}}\n    raise-to: ripe\n    why: three\n      are in\n    id: 'enough'\n",
];

const SPOKE: &str =
    "- id: spoke\n  why: it spoke\n  raise-to: medium\n  when: {count: {of: beta, at-least: 1}}\n";

const WEIGHED: [&str; 10] = [
    "",
    "  weighed:\n",
    "  weighed: ~   # nothing\n",
    "  weighed: []\n",
    "  weighed: [ ]\n",
    "  weighed: [beta/11]   # seen\n",
    "  weighed: [\n    beta/10,\n    'beta/11',   # seen\n    # the end\n  ]\n",
    "  weighed:\n  - beta/11\n",
    "  weighed:\n    -   beta/10   # ten\n    # eleven:\n    -   \"beta/11\"\n    # the end\n",
    "  next: |+\n    kept\n\n",
];

const KEYS: [&str; 6] = [
    "",
    "# a comment: with a colon\n",
    "tags: &t [a, b]\nx-tags: *t\n",
    "x-text: |\n  level: low\n  since: 2026-05-01\n  ---\n",
    "aliases:\n- one\n-   two\n",
    "x-quoted: \"first\n\n  - second\"\n",
];

/// Text that may be between two blocks.
const NOISE: [&str; 14] = [
    "",
    "",
    "",
    "A paragraph of prose\non two lines.\n",
    "```\n- [ ] no item (2026-05-05)\n## Evidence\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "<!-- a comment -->\n",
    "<details>\nhidden\n</details>\n",
    "> - [ ] quoted (2026-05-06)\n> lazy\n",
    "***\n",
    "[one]: https://example.org/1\n[two]: https://example.org/2\n",
    "%% hidden %%\n",
    "* only a remark\n",
    "#### A deeper heading\n",
];

/// Text that may follow the text of a bullet.
const SUFFIX: [&str; 12] = [
    "",
    "",
    "",
    " — a word on it [landed:: 2026-05-31]",
    " (tags:: a, b) ^block-id",
    "  ",
    "\\\nINDENTbehind a hard break",
    "\nlazy words",
    "\nINDENT- nested (2026-05-30)",
    "\n\nINDENTA second paragraph.",
    "\nINDENT```\nINDENTcode\nINDENT```",
    " <!-- (2026-05-30) -->\u{a0}🏳️‍🌈",
];

/// The style of a list.
#[derive(Debug, Clone)]
struct Style {
    marker: &'static str,
    indent: usize,
    gap: &'static str,
    between: &'static str,
    task: &'static str,
    newest_first: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let marker = select(&["-", "-", "*", "+", "1.", "9)", "•"][..]);
    let gap = select(&[" ", " ", "  ", "   ", "\t"][..]);
    let between = select(&["\n", "\n", "\n\n", "\n \n\n"][..]);
    let task = select(&["", "[ ] ", "[x] "][..]);
    (marker, 0..=3_usize, gap, between, task, any::<bool>()).prop_map(
        |(marker, indent, gap, between, task, newest_first)| Style {
            marker,
            indent,
            gap,
            between,
            task,
            newest_first,
        },
    )
}

/// A list of bullets with the days of May among `days`, each written by `text`.
fn list(most: usize, text: impl Fn(u32, &Style) -> String) -> impl Strategy<Value = String> {
    let bullets = vec((1..=28_u32, select(&SUFFIX[..])), 0..=most);
    (style(), bullets, any::<bool>()).prop_map(move |(style, mut bullets, sorted)| {
        if sorted {
            bullets.sort_by_key(|(day, _)| *day);
        }
        if style.newest_first {
            bullets.reverse();
        }
        let indent = " ".repeat(style.indent);
        let width = style.indent + style.marker.chars().count() + 1;
        let lines = bullets.iter().map(|(day, suffix)| {
            // Below a sign that markdown does not know, a nested block is no part of the item.
            let nests =
                style.marker == "•" && suffix.starts_with('\n') && suffix.contains("INDENT");
            let suffix = if nests { "" } else { suffix };
            let suffix = suffix.replace("INDENT", &" ".repeat(width.max(2)));
            format!("{indent}{}{}{}{suffix}", style.marker, style.gap, text(*day, &style))
        });
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { String::new() } else { format!("{}\n", lines.join(style.between)) }
    })
}

/// Blocks with a blank line between them, or none.
fn blocks(blocks: [String; 3], airy: bool) -> String {
    let blank = if airy { "\n" } else { "" };
    let kept = blocks.into_iter().filter(|block| !block.is_empty());
    kept.map(|block| format!("{block}{blank}")).collect()
}

fn section(
    heading: &'static str,
    list: impl Strategy<Value = String>,
) -> impl Strategy<Value = String> {
    let noise = || select(&NOISE[..]).prop_map(str::to_string);
    (noise(), list, noise(), any::<bool>(), any::<bool>()).prop_map(
        move |(above, list, below, airy, spaced)| {
            let below = if spaced && !below.is_empty() { format!("\n{below}") } else { below };
            format!("{heading}\n\n{}", blocks([above, list, below], airy))
        },
    )
}

fn body() -> impl Strategy<Value = String> {
    let evidence = list(4, |day, style| {
        let link = format!("[Day {day}](https://example.org/alpha/{day})");
        format!("{}{link} (2026-05-{day:02})", style.task)
    });
    let log = list(3, |day, _| format!("2026-05-{day:02}: looked"));
    let alpha = section("## Evidence\n\n### Alpha Letter", evidence);
    let bare = select(&NOISE[..]).prop_map(|noise| format!("## Evidence\n\n{noise}\n"));
    let ripeness = section("## Ripeness", log);
    let notes = section("## Notes", Just(String::new()));
    (prop_oneof![3 => alpha.boxed(), 1 => bare.boxed()], ripeness, notes, select(&NOISE[..]))
        .prop_flat_map(|(evidence, ripeness, notes, noise)| {
            let sections = subsequence(vec![evidence, ripeness, notes], 1..=3).prop_shuffle();
            (Just(noise), sections)
        })
        .prop_map(|(noise, sections)| format!("# A storyline\n\n{noise}\n{}", sections.join("\n")))
}

fn front_matter() -> impl Strategy<Value = String> {
    let close = select(&["---\n", "---  \n", "...\n"][..]);
    let indent = select(&["", "  "][..]);
    (
        prop_oneof![12 => select(&RIPENESS[..]), 1 => select(&REFUSED[..])],
        select(&ENOUGH[..]),
        select(&WEIGHED[..]),
        vec(select(&KEYS[..]), 3),
        indent,
        close,
    )
        .prop_map(|(ripeness, enough, weighed, keys, indent, close)| {
            let sets = "sets: {news: {tag: news}, beta: {source: beta}}\n";
            let (mut seen, mut keys) = (Vec::new(), keys);
            keys.retain(|key| {
                !seen.contains(key) && {
                    seen.push(key);
                    true
                }
            });
            let key = |at: usize| keys.get(at).copied().unwrap_or_default();
            let triggers = indented(&format!("{enough}{SPOKE}{weighed}"), indent);
            let (a, b, c) = (key(0), key(1), key(2));
            format!("---\n{a}{ripeness}{b}{sets}triggers:\n{triggers}{c}{close}")
        })
}

fn indented(text: &str, indent: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.map(|line| if line == "\n" { line.into() } else { format!("{indent}{line}") }).collect()
}

/// Whole files, with all line endings, with and without a mark and a final newline.
pub fn threads() -> impl Strategy<Value = String> {
    let mark = select(&["", "", "\u{feff}"][..]);
    let end = select(&["", "", "\n", "\n\n", "cut"][..]);
    (mark, front_matter(), body(), 0..4_usize, end).prop_map(|(mark, front, body, endings, end)| {
        let body = if end == "cut" { body.trim_end() } else { &body };
        let end = if end == "cut" { "" } else { end };
        let lf = format!("{body}{end}");
        match endings {
            0 => format!("{mark}{front}\n{lf}"),
            1 => format!("{mark}{front}\n{lf}").replace('\n', "\r\n"),
            2 => format!("{mark}{}\n{lf}", front.replace('\n', "\r\n")),
            _ => format!("{mark}{front}\n{}", lf.replace('\n', "\r\n")),
        }
    })
}
