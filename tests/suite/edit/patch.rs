//! Patches: bytes outside of the edits are copied.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::text::{Document, Edit, EditError, Patch, Span};

fn lines(at: usize, lines: &[&str]) -> Edit {
    Edit::NewLines { at, lines: lines.iter().map(ToString::to_string).collect() }
}

fn value(start: usize, end: usize, text: &str) -> Edit {
    Edit::Value { span: Span::new(start, end), text: text.into() }
}

fn applied(text: &str, edits: Vec<Edit>) -> Result<String, EditError> {
    let document = Document::new("t.md", text);
    Ok(Patch::new(&document, edits)?.apply(&document).0)
}

fn becomes(text: &str, edits: Vec<Edit>, expected: &str) {
    assert_eq!(applied(text, edits).as_deref(), Ok(expected), "{text:?}");
}

#[test]
fn patch_without_edits_changes_nothing() {
    let document = Document::new("t.md", "\u{feff}a\r\n\tb");
    let patch = Patch::new(&document, Vec::new()).unwrap();
    assert!(patch.is_empty());
    assert_eq!(patch.apply(&document), (document.text.clone(), Vec::new()));
}

#[test]
fn patch_with_lines_at_one_offset_keeps_their_order() {
    becomes("a\nd\n", vec![lines(2, &["b"]), lines(2, &["c"])], "a\nb\nc\nd\n");
    becomes("a", vec![lines(1, &["b"]), lines(1, &["", "c"])], "a\nb\n\nc");
    becomes("a\r\n", vec![lines(3, &["b"]), lines(3, &["c"])], "a\r\nb\r\nc\r\n");
}

#[test]
fn patch_with_adjacent_edits_is_applied() {
    becomes("ab\nc\n", vec![value(0, 1, "x"), value(1, 2, "y")], "xy\nc\n");
    becomes("ab\n", vec![value(1, 1, "+"), value(1, 2, "y")], "a+y\n");
    becomes("ab\nc", vec![lines(3, &["new"]), value(3, 4, "z")], "ab\nnew\nz");
    becomes("ab", vec![value(2, 2, "!"), lines(2, &["new"])], "ab!\nnew");
}

#[test]
fn patch_may_empty_a_value_and_add_blank_lines() {
    becomes("a b\n", vec![value(1, 3, "")], "a\n");
    becomes("a\nb", vec![lines(2, &["", ""])], "a\n\n\nb");
    becomes("a", vec![lines(1, &[])], "a");
}

#[test]
fn patch_of_mixed_line_endings_uses_that_of_the_line_above() {
    let text = "a\r\nb\nc";
    becomes(text, vec![lines(3, &["x"]), lines(5, &["y"])], "a\r\nx\r\nb\ny\nc");
    becomes(text, vec![lines(0, &["x"]), lines(6, &["y"])], "x\r\na\r\nb\nc\ny");
}

#[test]
fn patch_with_overlapping_edits_is_refused() {
    for edits in [
        vec![value(0, 3, "x"), value(1, 1, "y")],
        vec![value(0, 3, "x"), value(0, 3, "x")],
        vec![value(0, 2, "x"), value(1, 3, "y")],
        vec![value(1, 3, "x"), value(0, 4, "y")],
    ] {
        let error = applied("abcd\n", edits.clone());
        assert!(matches!(error, Err(EditError::Overlap(_))), "{edits:?}: {error:?}");
    }
}

#[test]
fn patch_outside_of_the_text_or_inside_a_character_is_refused() {
    assert_eq!(applied("ab", vec![value(1, 3, "x")]), Err(EditError::OutsideText(3)));
    assert_eq!(applied("ab", vec![lines(3, &["x"])]), Err(EditError::OutsideText(3)));
    assert_eq!(applied("a\né", vec![lines(3, &["x"])]), Err(EditError::OutsideText(3)));
}

/// A byte between the two halves of a line ending would make two lines of one.
#[test]
fn patch_of_a_line_ending_is_refused() {
    for edit in [
        value(1, 2, ""),
        value(2, 3, ""),
        value(1, 3, "\r\n"),
        value(0, 0, "x\r"),
        value(2, 2, "x"),
        lines(3, &["x\n"]),
    ] {
        let error = applied("a\r\nb", vec![edit.clone()]);
        assert!(matches!(error, Err(EditError::SpansLines(_))), "{edit:?}: {error:?}");
    }
    assert_eq!(applied("a\r\nb", vec![lines(2, &["x"])]), Err(EditError::NotAtLineStart(2)));
}

/// A mark is one only at the start of a file.
#[test]
fn patch_adds_nothing_before_a_byte_order_mark() {
    for edit in [lines(0, &["x"]), value(0, 0, "x"), value(0, 3, "")] {
        let edited = applied("\u{feff}a\n", vec![edit.clone()]);
        let kept = edited.as_ref().map_or(true, |text| text.starts_with('\u{feff}'));
        assert!(kept, "{edit:?}: {edited:?}");
    }
}

/// Any text of a few lines.
fn texts() -> impl Strategy<Value = String> {
    let piece =
        select(&["a", "bé", "🏳️‍🌈", " ", "\t", "\n", "\n", "\r\n", "\r\n", "\r", "\u{feff}"][..]);
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let word = select(&["", "x", "yé", "z\n"][..]);
    let replaced = (0..20_usize, 0..3_usize, word);
    let value = replaced.prop_map(|(at, length, text)| value(at, at + length, text));
    let new = vec(select(&["", "x", "yé"][..]), 0..3);
    let lines = (0..20_usize, new).prop_map(|(at, new)| lines(at, &new));
    vec(prop_oneof![value, lines], 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    /// If a patch is accepted, removing its pieces gives the old text, and no line
    /// ending of the old text was split or lost.
    #[test]
    fn patch_of_any_edits_can_be_taken_out_again(text in texts(), edits in edits()) {
        let document = Document::new("t.md", text.as_str());
        let Ok(patch) = Patch::new(&document, edits) else { return Ok(()) };
        let (after, places) = patch.apply(&document);
        let (mut restored, mut copied) = (String::new(), 0);
        for (edit, place) in patch.edits().iter().zip(&places) {
            restored.push_str(&after[copied..place.start]);
            restored.push_str(&text[edit.span().range()]);
            copied = place.end;
        }
        restored.push_str(&after[copied..]);
        prop_assert_eq!(&restored, &text);
        let added = patch.edits().iter().map(|edit| match edit {
            Edit::NewLines { lines, .. } => lines.len(),
            Edit::Value { .. } => 0,
        });
        let count = |text: &str, ending: &str| text.matches(ending).count();
        prop_assert_eq!(count(&after, "\n"), count(&text, "\n") + added.sum::<usize>());
        prop_assert!(count(&after, "\r\n") >= count(&text, "\r\n"), "{:?}", after);
    }
}
