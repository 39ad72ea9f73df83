//! `unknown-item`: a condition or `verdicts` names an item that no evidence line and no catalog
//! has.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::model::{Condition, Date, Diagnostic, Leaf, Name, Rule};
use crate::parse::ThreadFile;
use crate::text::Spanned;
use crate::text::suggest::did_you_mean;

/// The largest number of further positions that are shown for one item.
const SHOWN: usize = 3;

/// Looks through the evidence of the thread and all catalogs of any date.
pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    scene: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let is_known = |word: &str| {
        let is_listed = || !scene.index.named(&Name::from_reference(word), Date::MAX).is_empty();
        items.resolve(word) != ResolvedItem::Nothing
            || items.find_dropped(word).is_some()
            || is_listed()
    };
    let mut unknown = references(file);
    unknown.retain(|item| !is_known(&item.value));
    unknown.sort_by(|a, b| (&a.value, a.span).cmp(&(&b.value, b.span)));
    for places in unknown.chunk_by(|a, b| a.value == b.value) {
        let (word, path) = (&places[0], &file.document.path);
        let message = format!("no evidence line and no catalog has the item `{}`", word.value);
        let finding = Diagnostic::new(Rule::UnknownItem, path, word.span, message);
        let finding = finding.help(help(&word.value, items, scene));
        let others = places[1..].iter().take(SHOWN);
        found.push(
            others.fold(finding, |finding, other| {
                finding.related(path, other.span, "named here too")
            }),
        );
    }
}

/// Returns the items in conditions of triggers, in the hold, and in the keys of `verdicts`.
fn references(file: &ThreadFile) -> Vec<Spanned<String>> {
    let leaves = file.thread.conditions().flat_map(Condition::leaves);
    let in_conditions = leaves.filter_map(|leaf| match leaf {
        Leaf::Read { item } | Leaf::Verdict { item, .. } => Some(item.clone()),
        _ => None,
    });
    let entries = file.front_matter.entries().iter();
    let verdicts = entries.filter(|entry| entry.key == "verdicts");
    let keys = verdicts.flat_map(|entry| entry.value.entries());
    in_conditions.chain(keys.map(|entry| Spanned::new(entry.key.clone(), entry.key_span))).collect()
}

fn help(word: &str, items: &ThreadItems, scene: &RuleContext<'_>) -> String {
    let held = items.items.iter().map(|item| item.id.as_str());
    let listed = scene.index.all(Date::MAX).map(|entry| scene.index.id(&entry));
    match did_you_mean(word, held.chain(listed)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "if the item is not published yet, ignore this hint; otherwise write its id or URL"
            .into(),
    }
}
