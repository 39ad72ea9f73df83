//! `adopt`: notes that become threads, without the loss of a word.

use proptest::prelude::*;
use thread_tracker::adopt::{Adopted, adopt};
use thread_tracker::model::{Configuration, Diagnostic};
use thread_tracker::parse::thread;
use thread_tracker::text::Document;

fn adopted(text: &str) -> Result<Adopted, Box<Diagnostic>> {
    adopt(
        &Document::new("note.txt", text),
        "threads/x.md",
        "a note",
        &[],
        &Configuration::default(),
    )
}

fn text_of(note: &str) -> String {
    adopted(note).unwrap_or_else(|finding| panic!("{}", finding.message)).text
}

/// The text after the front matter.
fn body_of(note: &str) -> String {
    let text = text_of(note);
    let (_, body) = text.split_once("\n---\n\n").expect("front matter");
    body.to_string()
}

/// The front matter's value for `key` after adoption.
fn value_of(note: &str, key: &str) -> Option<String> {
    let text = text_of(note);
    let line = text.lines().find(|line| line.starts_with(&format!("{key}: ")))?;
    Some(line[key.len() + 2..].to_string())
}

#[test]
fn adopt_of_markdown_keeps_every_byte_of_the_body() {
    let bodies = [
        "# T\r\n\r\ntext  \r\n• a bullet\r\n\r\nEvidence\r\n",
        "## Evidence\n\n* a\n\thttps://example.org\n\n\n",
        "T\n=\n\nno newline at the end",
    ];
    for body in bodies {
        let text = text_of(&format!("\u{feff}---\na: 1\n---\n{body}"));
        assert!(text.ends_with(body), "{text}");
        assert!(text.starts_with("\u{feff}---\na: 1\n"), "{text}");
    }
}

#[test]
fn adopt_keeps_the_line_endings() {
    let text = text_of("Title\r\n\r\nEvidence\r\n• one (2026-01-02)\r\n");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text}");
    assert!(text.contains("## Evidence\r\n\r\n- one (2026-01-02)\r\n"), "{text}");
}

#[test]
fn adopt_makes_a_heading_of_a_line_that_names_what_follows() {
    let note = "A title\n\nOne sentence that ends.\n\nWhat it is for:\n\nlower case\n\nA source\n• x\n\n\
                2026-01-02 a day\n\nhttps://example.org\n\nLast words";
    let body = body_of(note);
    let headings: Vec<&str> = body.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# A title", "## A source"]);
    assert!(body.ends_with("<https://example.org>\n\nLast words"), "{body}");
}

#[test]
fn adopt_keeps_the_depth_of_bullets() {
    let note = "Title\n\n  • one\n      ◦ two\n        goes on\n      ◦ three\n  • four\ngoes on\n\n\t• five\n";
    assert_eq!(
        body_of(note),
        "# Title\n\n- one\n  - two\n    goes on\n  - three\n- four\ngoes on\n\n- five\n"
    );
}

#[test]
fn adopt_makes_links_of_urls_without_the_punctuation_around_them() {
    let note =
        "Title\n\nSee (https://a.example/x_(y)), <https://b.example> and https://c.example/z.\n";
    let body = body_of(note);
    assert!(
        body.contains(
            "(<https://a.example/x_(y)>), <https://b.example> and <https://c.example/z>."
        ),
        "{body}"
    );
}

#[test]
fn adopt_takes_the_level_with_the_latest_date() {
    let ripeness = |prose: &str| value_of(&format!("# T\n\n{prose}\n"), "ripeness");
    assert_eq!(
        ripeness(
            "Promoted to medium on 2026-05-11.\n\nWas raised to “medium-high” on 2026-06-01, later."
        )
        .as_deref(),
        Some("{level: medium-high, since: 2026-06-01}")
    );
    assert_eq!(ripeness("**Ripeness:** medium").as_deref(), Some("{level: medium}"));
    assert_eq!(
        ripeness("## Ripeness\n\n- 2026-02-01: low → medium — why").as_deref(),
        Some("{level: medium, since: 2026-02-01}")
    );
    assert_eq!(ripeness("Promote to ripe when it rains.").as_deref(), Some("{level: low}"));
    assert_eq!(ripeness("Was promoted to manager on 2026-01-01.").as_deref(), Some("{level: low}"));
    let evidence = "## Evidence\n\n- Ann was raised to ripe on 2026-01-01 (2026-01-02)";
    assert_eq!(ripeness(evidence).as_deref(), Some("{level: low}"), "evidence speaks of others");
}

#[test]
fn adopt_reads_the_date_of_opening_and_the_tags() {
    let note = "# T\n\nOpened (2026-03-04) on a walk.\n\nTags: #kelp, lime\n";
    assert_eq!(value_of(note, "opened").as_deref(), Some("2026-03-04"));
    assert_eq!(value_of(note, "tags").as_deref(), Some("[kelp, lime]"));
    assert_eq!(value_of("# T\n\nThe door opened.\n", "opened"), None);
}

#[test]
fn adopt_ignores_sentences_that_only_resemble_facts() {
    let note = "# T\n\nThe door was opened 2026-02-03. We moved to medium on the way, and the price was \
                raised to medium sized jumps on 2026-03-01.\n\n```\nPromoted to ripe on 2026-06-06\n```\n\n\
                > Promoted to ripe on 2026-06-06\n";
    assert_eq!(value_of(note, "opened"), None);
    assert_eq!(value_of(note, "ripeness").as_deref(), Some("{level: low}"));
    let said =
        "# T\n\n## Ripeness\n\nMoved to medium on 2026-03-01. This thread was opened 2026-02-03.\n";
    assert_eq!(value_of(said, "opened").as_deref(), Some("2026-02-03"));
    assert_eq!(value_of(said, "ripeness").as_deref(), Some("{level: medium, since: 2026-03-01}"));
}

#[test]
fn adopt_reads_headings_in_any_script_and_in_bold() {
    let body = body_of(
        "日本のスレッド\n\n**Evidence**\n\n- 論文 (2026-01-02)\n\nRipeness: medium\n\nNothing\n",
    );
    let headings: Vec<&str> = body.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["# 日本のスレッド", "## **Evidence**"]);
    let text = text_of("**Evidence**\n\n- A (2026-01-02)\n\nRipeness: medium\n");
    assert!(text.contains("ripeness: {level: medium}"), "{text}");
}

#[test]
fn adopt_reads_triggers_after_prose_that_announces_them() {
    let ids = |note: &str| {
        let text = text_of(note);
        let ids = text.lines().filter_map(|line| line.strip_prefix("  - id: "));
        ids.map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(ids("# T\n\nRipe when:\n\n- it rains\n- it snows\n"), ["rains", "snows"]);
    assert_eq!(ids("# T\n\nTo buy:\n\n- it rains\n"), [""; 0], "a list of something else");
    assert_eq!(ids("# T\n\nOnce it rains, this is ripe.\n"), ["rains-ripe"]);
    assert_eq!(ids("# T\n\n## Evidence\n\nRipe when:\n\n- it rains\n"), [""; 0]);
    assert_eq!(ids("---\ntriggers: []\n---\n# T\n\nRipe when:\n\n- it rains\n"), [""; 0]);
}

#[test]
fn adopt_again_changes_nothing() {
    let once = text_of("Title\n\nRipe when:\n\n• it rains\n");
    assert_eq!(text_of(&once), once, "a thread has all that adoption would add");
}

/// Lines of notes, and lines that no note has.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Z][a-z]{0,9}( [a-z]{1,9}){0,4}[.:]?",
        4 => Just(String::new()),
        4 => "[ \t]{0,6}[•◦*+-] ?#?[0-9a-z \\[\\]():]{0,20}(\\(2026-0[1-9]-[0-3][0-9]\\))?",
        1 => Just("Evidence".to_string()),
        1 => Just("## Ripeness".to_string()),
        1 => Just("Promote to ripe on any of:".to_string()),
        1 => Just("Drafts".to_string()),
        1 => Just("- 2026-01-02 — a.md — \"T\" Anchors: one (2026-01-02), #2; Awaiting review.".to_string()),
        1 => Just("---".to_string()),
        1 => Just("Promoted to medium on 2026-05-11 (https://x.example/a).".to_string()),
        1 => "[a-z]{1,8}: [^\n]{0,12}",
        2 => "[^\n]{0,30}",
    ]
}

fn note() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(line(), 0..30);
    (lines, any::<bool>(), any::<bool>()).prop_map(|(lines, crlf, fenced)| {
        let ending = if crlf { "\r\n" } else { "\n" };
        let text = lines.join(ending);
        if fenced { format!("---{ending}{text}") } else { text }
    })
}

proptest! {
    #[test]
    fn adopt_of_any_note_gives_a_thread_or_a_finding_with_help(note in note()) {
        let document = Document::new("note.txt", note.clone());
        match adopted(&note) {
            Ok(Adopted { text, understood, left, errors, .. }) => {
                let (file, found) =
                    thread::parse(Document::new("threads/x.md", text.clone()), &Configuration::default());
                prop_assert_eq!(file.is_some(), errors.is_empty(), "{:#?}\n{}", found, text);
                let lines = note.lines().count().max(1);
                let place = |line: usize| (1..=lines).contains(&line);
                let remarks = understood.iter().chain(&left).chain(&errors);
                prop_assert!(remarks.into_iter().all(|remark| place(remark.line)));
                for word in note.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
                    prop_assert!(text.contains(word), "{word} is lost");
                }
            }
            Err(finding) => {
                prop_assert_eq!(&finding.path, "note.txt");
                prop_assert_eq!(document.clamp(finding.span), finding.span);
                prop_assert!(finding.help.is_some(), "{}", finding.message);
            }
        }
    }
}
