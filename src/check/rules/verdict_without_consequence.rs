//! `verdict-without-consequence`: a declared verdict that no trigger uses.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::model::{Condition, Diagnostic, Leaf, Rule, Selection};
use crate::parse::ThreadFile;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let thread = &file.thread;
    let leaves: Vec<&Leaf> = thread.conditions().flat_map(Condition::leaves).collect();
    for (item, words) in &thread.verdicts {
        let asked = |word: &str| {
            let by_leaf = leaves.iter().any(|leaf| match leaf {
                Leaf::Verdict { item: asked, is } => {
                    items.is_same_reference(&asked.value, item)
                        && is.iter().any(|known| known.value == word)
                }
                _ => false,
            });
            let asks =
                |selection: &Selection| selection.verdict.iter().any(|known| known.value == word);
            by_leaf || thread.sets.values().flat_map(|set| &set.value).any(asks)
        };
        for word in words.iter().filter(|word| !asked(&word.value)) {
            let message = format!("no trigger uses the verdict `{}` on `{item}`", word.value);
            let finding = Diagnostic::new(
                Rule::VerdictWithoutConsequence,
                &file.document.path,
                word.span,
                message,
            );
            found.push(finding.help(
                "add a trigger for it (`stay-at` if the level should not change), or remove it",
            ));
        }
    }
}
