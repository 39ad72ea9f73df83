//! Random merges of the bullets of all sections: no line is lost, and no conflict is resolved in
//! silence.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use thread_tracker::merge::{Merged, Versions, merge};
use thread_tracker::model::Configuration;
use thread_tracker::parse::thread;
use thread_tracker::text::Document;

use super::{PATH, merged};
use crate::support::random::cases;

/// Headings of the sections, each with a bullet in which `N` is its number.
const SECTIONS: [(&str, &str); 6] = [
    ("## Evidence\n\n### Lab", "- [ ] [Item N](https://lab.example/N) (2026-01-0N)"),
    ("### Remarks", "- plus N older items"),
    ("## Ripeness", "- 2026-01-0N: note N"),
    ("## Watching", "- [ ] the paper N"),
    ("## Drafts", "- 2026-01-0N — drafts/N.md — \"D\""),
    ("## Ideas", "- an idea N"),
];

/// Change that a side makes to a bullet of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Keep,
    Remove,
    Reword(u8),
}

/// Changes of one side to one section.
#[derive(Debug, Clone)]
struct Side {
    edits: Vec<Edit>,
    /// Bullets to add: the number, and the index of the bullet before which it goes.
    added: Vec<(u8, usize)>,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => Just(Edit::Keep),
        1 => Just(Edit::Remove),
        1 => (1..3_u8).prop_map(Edit::Reword),
    ]
}

fn side() -> impl Strategy<Value = Vec<Side>> {
    let added = prop::collection::vec((5..8_u8, 0..4_usize), 0..3);
    let section = (prop::collection::vec(edit(), 3), added);
    let section = section.prop_map(|(edits, added)| Side { edits, added });
    prop::collection::vec(section, SECTIONS.len())
}

fn bullet(section: usize, number: usize, edit: Edit) -> Option<String> {
    let line = SECTIONS[section].1.replace('N', &number.to_string());
    match edit {
        Edit::Keep => Some(line),
        Edit::Remove => None,
        Edit::Reword(word) => Some(format!("{line}, reworded {word}")),
    }
}

/// Text of a thread; the base is a side without changes.
fn text(sections: &[Side]) -> String {
    let mut text = "---\nripeness: {level: low}\n---\n# T\n".to_string();
    for (section, side) in sections.iter().enumerate() {
        text.push_str(&format!("\n{}\n\n", SECTIONS[section].0));
        let mut new = BTreeSet::new();
        for at in 0..=side.edits.len() {
            for (number, _) in side.added.iter().filter(|(_, before)| *before == at) {
                if new.insert(number) {
                    text.extend(bullet(section, usize::from(*number), Edit::Keep));
                    text.push('\n');
                }
            }
            let kept = side.edits.get(at).and_then(|edit| bullet(section, at + 1, *edit));
            text.extend(kept.map(|line| line + "\n"));
        }
    }
    text
}

fn base() -> Vec<Side> {
    vec![Side { edits: vec![Edit::Keep; 3], added: Vec::new() }; SECTIONS.len()]
}

/// Number of times that each bullet is outside of markers, on our side of markers and on theirs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Places {
    outside: BTreeMap<String, usize>,
    ours: BTreeMap<String, usize>,
    theirs: BTreeMap<String, usize>,
}

impl Places {
    fn of(text: &str) -> Self {
        let mut places = Self::default();
        let mut side = "outside";
        for line in text.lines() {
            match line {
                "<<<<<<< ours" => side = "ours",
                "=======" => side = "theirs",
                ">>>>>>> theirs" => side = "outside",
                _ => {}
            }
            let lines = match side {
                "ours" => &mut places.ours,
                "theirs" => &mut places.theirs,
                _ => &mut places.outside,
            };
            if line.starts_with("- ") {
                *lines.entry(line.to_string()).or_default() += 1;
            }
        }
        places
    }
}

/// Sides that change one bullet of one section.
fn with_edit(section: usize, edit: Edit) -> String {
    let mut sides = base();
    sides[section].edits[1] = edit;
    text(&sides)
}

#[test]
fn merge_of_one_bullet_changed_in_two_ways_marks_it_in_every_section() {
    let base_text = text(&base());
    for section in 0..SECTIONS.len() {
        for (ours, theirs) in [
            (Edit::Reword(1), Edit::Reword(2)),
            (Edit::Reword(1), Edit::Remove),
            (Edit::Remove, Edit::Reword(1)),
        ] {
            let [mine, other] = [ours, theirs].map(|edit| with_edit(section, edit));
            let Merged { text, conflicts } = merged(&base_text, &mine, &other);
            let [mine, other] = [ours, theirs]
                .map(|edit| bullet(section, 2, edit).map_or_else(String::new, |line| line + "\n"));
            let marked = format!("<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n");
            assert!(conflicts == 1 && text.contains(&marked), "{marked} is not in\n{text}");
        }
    }
}

#[test]
fn merge_of_one_entry_added_at_two_places_adds_it_once() {
    let base_text = text(&base());
    let [ours, theirs] = [0, 3].map(|before| {
        let mut sides = base();
        sides[2].added.push((5, before));
        text(&sides)
    });
    let result = merged(&base_text, &ours, &theirs);
    assert_eq!(result, Merged { text: ours, conflicts: 0 });
}

#[test]
fn merge_with_a_marker_size_writes_markers_that_check_knows() {
    let [ours, theirs] = [1, 2].map(|word| with_edit(2, Edit::Reword(word)));
    let versions = Versions { base: &text(&base()), ours: &ours, theirs: &theirs };
    let Merged { text, .. } = merge(versions, PATH, &Configuration::default(), 9);
    for marker in ["\n<<<<<<<<< ours\n", "\n=========\n", "\n>>>>>>>>> theirs\n"] {
        assert!(text.contains(marker), "{text}");
    }
    let document = Document::new(PATH, text);
    let found = thread::parse(document, &Configuration::default()).1;
    assert!(found.iter().any(|finding| finding.rule.name() == "conflict-marker"));
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn merge_of_any_bullets_keeps_every_change(ours in side(), theirs in side()) {
        let [base_text, our_text, their_text] = [&base(), &ours, &theirs].map(|side| text(side));
        let Merged { text: result, conflicts } = merged(&base_text, &our_text, &their_text);
        let places = Places::of(&result);
        let has = |text: &str, bullet: &str| text.lines().any(|line| line == bullet);
        for (side, lines) in [(&our_text, &places.ours), (&their_text, &places.theirs)] {
            for line in side.lines().filter(|line| !has(&base_text, line)) {
                let is_there = places.outside.contains_key(line) || lines.contains_key(line);
                prop_assert!(is_there, "{line:?} is lost in\n{result}");
            }
        }
        for line in base_text.lines().filter(|line| line.starts_with("- ")) {
            let is_kept = has(&our_text, line) && has(&their_text, line);
            let is_outside = places.outside.contains_key(line);
            let is_marked = places.ours.contains_key(line) && places.theirs.contains_key(line);
            prop_assert_eq!(is_kept, is_outside || is_marked, "{:?} in\n{}", line, result);
        }
        for ((section, our_side), their_side) in ours.iter().enumerate().zip(&theirs) {
            for (at, (mine, other)) in our_side.edits.iter().zip(&their_side.edits).enumerate() {
                if *mine == *other || *mine == Edit::Keep || *other == Edit::Keep {
                    continue;
                }
                for line in [mine, other].into_iter().filter_map(|edit| bullet(section, at + 1, *edit)) {
                    prop_assert!(!places.outside.contains_key(&line), "{line:?} is kept in silence in\n{result}");
                }
            }
        }
        for (line, number) in places.outside.iter().chain(&places.ours).chain(&places.theirs) {
            prop_assert_eq!(*number, 1, "{:?} is there twice in\n{}", line, result);
        }
        prop_assert_eq!(conflicts, result.matches("<<<<<<< ours").count());
        let swapped = Places::of(&merged(&base_text, &their_text, &our_text).text);
        let Places { outside, ours, theirs } = swapped;
        prop_assert_eq!(Places { outside, ours: theirs, theirs: ours }, places);
        for side in [&our_text, &their_text] {
            for versions in [[&base_text, side], [side, &base_text], [side, side]] {
                prop_assert_eq!(&merged(&base_text, versions[0], versions[1]).text, side);
            }
        }
    }
}
