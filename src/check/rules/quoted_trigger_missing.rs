//! `quoted-trigger-missing`: prose that quotes a trigger which the thread does not have.

use std::collections::BTreeSet;

use crate::check::rules::RuleContext;
use crate::model::slug::slug_of;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;
use crate::parse::markdown::{BlockKind, List};
use crate::text::Span;

/// Shorter quotations may be names or titles.
const TELLING: usize = 3;

/// The largest number of words between the quotation and the word "trigger".
const NEAR: usize = 2;

/// The number of words, of each ten of a quotation, that must be in the trigger.
const SHARED_OF_TEN: usize = 8;

const QUOTES: [(char, char); 2] = [('“', '”'), ('"', '"')];

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for block in &file.outline.blocks {
        match &block.kind {
            BlockKind::Paragraph(_) => passage(file, block.span, found),
            BlockKind::List(list) => bullets(file, list, found),
            BlockKind::Heading { .. } | BlockKind::Table(_) | BlockKind::Other(_) => {}
        }
    }
}

fn bullets(file: &ThreadFile, list: &List, found: &mut Vec<Diagnostic>) {
    for item in &list.items {
        passage(file, item.head, found);
        item.children.iter().for_each(|list| bullets(file, list, found));
    }
}

fn passage(file: &ThreadFile, place: Span, found: &mut Vec<Diagnostic>) {
    let text = file.document.slice(place);
    for quotation in quotations(text).into_iter().filter(|span| is_trigger(text, *span)) {
        if !is_known(file, &text[quotation.range()]) {
            let message = "this thread has no such trigger";
            let span = quotation.shifted(place.start);
            let path = &file.document.path;
            let finding = Diagnostic::new(Rule::QuotedTriggerMissing, path, span, message);
            found.push(
                finding.label("quoted here").help("add the trigger, or correct the quotation"),
            );
        }
    }
}

/// Returns the spans of the quotations that are long enough, without their quotation marks.
fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((open, (mark, closing))) = QUOTES
        .iter()
        .filter_map(|marks| Some((at + text[at..].find(marks.0)?, *marks)))
        .min_by_key(|(place, _)| *place)
    {
        let start = open + mark.len_utf8();
        let Some(length) = text[start..].find(closing) else {
            at = start;
            continue;
        };
        let span = Span::new(start, start + length);
        if text[span.range()].split_whitespace().count() >= TELLING {
            found.push(span);
        }
        at = span.end + closing.len_utf8();
    }
    found
}

/// Returns whether the words around a quotation call it a trigger.
fn is_trigger(text: &str, quotation: Span) -> bool {
    let is_word = |word: &str| matches!(slug_of(word).as_str(), "trigger" | "triggers");
    let behind = text[quotation.end..].split_whitespace().take(NEAR + 1);
    let before = text[..quotation.start].split_whitespace().rev().take(NEAR + 1);
    behind.chain(before).any(is_word)
}

/// Returns whether the sentence of a trigger has nearly all words of a quotation, or its id equals
/// it.
fn is_known(file: &ThreadFile, quoted: &str) -> bool {
    let words: BTreeSet<String> = quoted.split_whitespace().map(slug_of).collect();
    file.thread.triggers.iter().any(|trigger| {
        let own: BTreeSet<String> = trigger.why.split_whitespace().map(slug_of).collect();
        let shared = words.intersection(&own).count();
        shared * 10 >= words.len() * SHARED_OF_TEN || slug_of(quoted) == trigger.id.value
    })
}
