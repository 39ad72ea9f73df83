//! `ambiguous-item`: a reference that fits several items of the thread.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::model::{Condition, Diagnostic, Leaf, Rule, Selection, Thread};
use crate::parse::ThreadFile;
use crate::text::Span;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if !items.has_shared_ids() {
        return;
    }
    for (word, span) in references(&file.thread) {
        let ResolvedItem::Several(items) = items.resolve(word) else { continue };
        let message = format!("`{word}` fits {} items of this thread", items.len());
        let candidates = items.iter().map(|item| match item.url.as_deref() {
            Some(url) => format!("`{}` ({url})", item.id),
            None => format!("`{}`", item.id),
        });
        let candidates: Vec<String> = candidates.collect();
        found.push(
            Diagnostic::new(Rule::AmbiguousItem, &file.document.path, span, message)
                .label("ambiguous, so it refers to no item")
                .help(format!("write an id or a URL: {}", candidates.join(", "))),
        );
    }
}

/// Returns all references to items in a thread file, with their spans.
fn references(thread: &Thread) -> Vec<(&str, Span)> {
    let mut references = Vec::new();
    for condition in thread.conditions() {
        of_condition(condition, &mut references);
    }
    for trigger in &thread.triggers {
        let acknowledged = trigger.acknowledged.iter().flatten();
        references.extend(acknowledged.map(|fact| (item_of(fact), trigger.id.span)));
    }
    let sets = thread.sets.values().flat_map(|set| &set.value);
    for selection in sets.chain(&thread.collect) {
        of_selection(selection, &mut references);
    }
    for (item, words) in &thread.verdicts {
        let span = words.first().map_or(Span::at(0), |word| word.span);
        references.push((item, span));
    }
    for entry in &thread.log {
        references.extend(entry.on.iter().map(|fact| (item_of(fact), entry.span)));
    }
    let anchors = thread.drafts.iter().flat_map(|draft| &draft.anchors);
    references.extend(anchors.map(|anchor| (anchor.value.as_str(), anchor.span)));
    for line in &thread.evidence {
        references.extend(line.item.same_as.iter().map(|word| (word.as_str(), line.item.span)));
    }
    references
}

/// The item of a fact: `metr/rd-1=solid` is about `metr/rd-1`.
fn item_of(fact: &str) -> &str {
    fact.split_once('=').map_or(fact, |(item, _)| item)
}

fn of_condition<'t>(condition: &'t Condition, references: &mut Vec<(&'t str, Span)>) {
    for leaf in condition.leaves() {
        if let Leaf::Read { item } | Leaf::Verdict { item, .. } = leaf {
            references.push((&item.value, item.span));
        }
    }
}

fn of_selection<'t>(selection: &'t Selection, references: &mut Vec<(&'t str, Span)>) {
    references.extend(selection.item.iter().map(|word| (word.value.as_str(), word.span)));
    for except in &selection.except {
        of_selection(except, references);
    }
}
