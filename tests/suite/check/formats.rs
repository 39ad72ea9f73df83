//! The formats of `check`: valid, and without control characters.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use thread_tracker::commands::check::formats::{concise, github, sarif};
use thread_tracker::commands::shared::findings::report::findings;
use thread_tracker::commands::shared::findings::text::render;
use thread_tracker::commands::shared::json;
use thread_tracker::model::{Diagnostic, Rule};
use thread_tracker::text::{Span, is_control};
use thread_tracker::workspace::Workspace;

use crate::support::random::cases;
use crate::support::root;
use crate::support::scratch::Scratch;
use crate::support::world::World;

const T: &str = "threads/t.md";

fn assert_sarif(text: &str) -> Value {
    let schema = std::fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json"));
    let mut schema: Value = serde_json::from_str(&schema.expect("the schema")).expect("JSON");
    // As published it has a stray bracket, which is no regular expression; we write no `language`.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        language["pattern"] = "^[a-z]{2}".into();
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let log: Value = serde_json::from_str(text).expect("JSON");
    let wrong: Vec<String> =
        validator.iter_errors(&log).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut broken = log.clone();
    broken["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&broken), "the schema is one that refuses");
    log
}

#[test]
fn sarif_of_findings_is_valid_by_the_published_schema() {
    let scratch = Scratch::new()
        .with("threads/a b.md", "---\nripeness: {level: meduim}\ntags: [455]\n---\n")
        .with("threads/open.md", "---\nripeness: {level: low}\n\n# é\n")
        .with("threads/broken.md", b"\xff\xfe")
        .with("threads/twice.md", "---\nripeness: {level: low}\nripeness: {level: low}\n---\n");
    let ran = scratch.run(&["check", "--format", "sarif"]);
    assert_eq!(ran.code, Some(1), "the exit code is that of any format");
    let log = assert_sarif(&ran.stdout);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of =
        |rule: &str| results.iter().find(|result| result["ruleId"] == rule).expect("it is told");
    let level = of("unknown-level");
    let place = &level["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "threads/a%20b.md");
    assert_eq!(place["region"]["startColumn"], 19);
    let change = &level["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "medium");
    assert_eq!(of("duplicate-key")["relatedLocations"].as_array().map(Vec::len), Some(1));
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index");
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
    }
    assert_eq!(scratch.run(&["check", "--format", "sarif"]), ran, "the same files, the same bytes");
}

#[test]
fn sarif_without_findings_is_valid() {
    let scratch = Scratch::new().with("threads/a.md", "---\nripeness: {level: low}\n---\n# A\n");
    let ran = scratch.run(&["check", "--format", "sarif"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(assert_sarif(&ran.stdout)["runs"][0]["results"], Value::Array(Vec::new()));
}

/// The control characters of a text, apart from our own line feeds and colours.
fn obeyed(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let style = rest.strip_prefix("\u{1b}[").and_then(|behind| {
            let end = behind.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
            behind[end..].strip_prefix('m')
        });
        if style.is_none() && is_control(character) && character != '\n' {
            found.push(character);
        }
        rest = style.unwrap_or(&rest[character.len_utf8()..]);
    }
    found
}

fn finding(path: &str, span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(Rule::BadDate, path, span, words)
        .label(words)
        .help(words)
        .related(T, span, words)
}

fn all_formats(workspace: &Workspace, found: &[Diagnostic]) -> Vec<String> {
    let widths = [None, Some(0), Some(20), Some(40), Some(80), Some(140)];
    let mut texts: Vec<String> =
        widths.into_iter().map(|width| render(workspace, found, width)).collect();
    let findings = findings(workspace, found);
    texts.extend([concise::render(&findings), github::render(&findings), sarif::render(&findings)]);
    texts.push(json::escaped(&findings));
    texts
}

/// Text with all that a terminal obeys, and long lines.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = [
        "\u{1b}]0;x\u{7}",
        "\u{1b}c",
        "\u{9b}31m",
        "\u{7f}",
        "\u{202e}",
        "\u{2066}",
        "\u{61c}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\t",
        "\r",
        "\r\n",
        "\n",
        "é",
        "日本",
        "🏳\u{fe0f}\u{200d}🌈",
        "e\u{301}",
        " ",
        "word ",
        "%",
        ":",
        ",",
    ];
    let long = select(vec!["word ", "x", "日"]).prop_map(|piece| piece.repeat(150));
    let piece = prop_oneof![
        4 => select(pieces.to_vec()).prop_map(String::from),
        1 => any::<String>(),
        1 => long,
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn format_of_any_text_span_and_width_has_no_control_characters(
        text in any_text(),
        words in any_text(),
        start in 0..900_usize,
        length in 0..900_usize,
    ) {
        let workspace = World::new().with(T, &text).read();
        let span = Span::new(start, start + length);
        let found = [finding(T, span, &words), finding(&format!("threads/{words}"), span, "x")];
        for escape_for_terminal in all_formats(&workspace, &found) {
            prop_assert_eq!(obeyed(&escape_for_terminal), Vec::<char>::new(), "{:?}", escape_for_terminal);
        }
    }
}

#[test]
fn obeyed_finds_control_sequences_but_not_colours() {
    assert_eq!(obeyed("\u{1b}[1;31mred\u{1b}[0m\n"), Vec::<char>::new());
    assert_eq!(obeyed("\u{1b}]0;x\u{7}"), ['\u{1b}', '\u{7}']);
}

#[test]
fn json_of_control_characters_escapes_them() {
    let text = "a\u{202e}b\u{9b}c\u{7f}";
    let json = json::escaped(&text);
    assert_eq!(json, "\"a\\u202eb\\u009bc\\u007f\"\n");
    assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
}

#[test]
fn excerpt_of_a_long_line_underlines_only_its_beginning() {
    let line = format!("- {}", "word ".repeat(100));
    let workspace = World::new().with(T, line.as_str()).read();
    let escape_for_terminal =
        render(&workspace, &[finding(T, Span::new(0, line.len()), "x")], Some(80));
    let underlined = escape_for_terminal.lines().filter(|line| line.contains('^'));
    let most = underlined.map(|line| line.matches('^').count()).max();
    assert!(most.is_some_and(|most| (10..=40).contains(&most)), "{escape_for_terminal}");
}

#[test]
fn json_has_the_position_of_a_byte_that_is_not_utf8() {
    let scratch =
        Scratch::new().with("threads/x.md", b"---\nripeness: {level: low}\n---\nab\x92\n");
    let document: serde_json::Value =
        serde_json::from_str(&scratch.run(&["check", "--json"]).stdout).unwrap();
    let finding = &document["findings"][0];
    assert_eq!((&finding["line"], &finding["column"]), (&4.into(), &3.into()), "{finding}");
}
