//! `count-in-prose`: the prose counts "seven items", and the list has eight.

use std::collections::HashSet;

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::markdown::BlockKind;
use crate::parse::{ThreadFile, sections};
use crate::text::Span;

const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words for the bullets of an evidence list.
const NOUNS: [&str; 4] = ["items", "issues", "posts", "papers"];

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let evidence = file.thread.evidence.iter();
    let held: HashSet<usize> = evidence.map(|line| line.item.span.start).collect();
    for part in file.evidence_parts().filter(|part| part.heading.is_some()) {
        let bullets = sections::list_items(&file.outline, part.blocks.clone());
        let length = bullets.iter().filter(|bullet| held.contains(&bullet.head.start)).count();
        for block in &file.outline.blocks[part.blocks.clone()] {
            if matches!(block.kind, BlockKind::Paragraph(_)) && length > 0 {
                found.extend(miscount(file, block.span, length));
            }
        }
    }
}

/// The first count of a paragraph that begins a sentence and is not the length of the list. A count
/// within a sentence may be of something else.
fn miscount(file: &ThreadFile, paragraph: Span, length: usize) -> Option<Diagnostic> {
    let text = file.document.slice(paragraph);
    let mut at = 0;
    for sentence in text.split_inclusive(['.', '!', '?']) {
        let start = at + (sentence.len() - sentence.trim_start().len());
        at += sentence.len();
        let mut words = sentence.split_whitespace();
        let (Some(first), Some(second)) = (words.next(), words.next()) else {
            continue;
        };
        let noun = second.trim_matches(|c: char| !c.is_alphanumeric());
        let counted = number(first).filter(|_| NOUNS.contains(&noun));
        if let Some(counted) = counted.filter(|counted| *counted != length) {
            let end = start + text[start..].find(noun).map_or(0, |at| at + noun.len());
            let span = Span::new(start, end).shifted(paragraph.start);
            let message = format!("the prose counts {counted}, the list has {length}");
            let finding = Diagnostic::new(Rule::CountInProse, &file.document.path, span, message);
            return Some(finding.help("correct the one that is wrong"));
        }
    }
    None
}

fn number(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    NUMBERS.iter().position(|known| *known == word).or_else(|| word.parse().ok())
}
