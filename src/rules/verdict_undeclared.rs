//! `verdict-undeclared`: a conclusion that the thread did not foresee.

use crate::evaluate::{MergedItem, Universe};
use crate::model::{Diagnostic, Rule, Safety};
use crate::parse::ThreadFile;
use crate::parse::fields::unknown_word_help;
use crate::parse::spelling::respelled;

use crate::text::Spanned;

use super::Scene;

pub(super) fn check(
    file: &ThreadFile,
    universe: &Universe,
    _: &Scene<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for (item, line) in universe.items.iter().flat_map(lines) {
        let evidence = &file.thread.evidence[line];
        let Some(verdict) = &evidence.verdict else {
            continue;
        };
        let declared = file.thread.verdicts.iter().filter(|(name, _)| item.is_named(name));
        let words: Vec<&Spanned<String>> = declared.flat_map(|(_, words)| words).collect();
        if !words.iter().any(|word| word.value == verdict.value) {
            let message = format!(
                "`{}` is no verdict that this thread declares for `{}`",
                verdict.value, item.id
            );
            let help =
                unknown_word_help(&verdict.value, words.iter().map(|word| word.value.as_str()));
            let finding = Diagnostic::new(
                Rule::VerdictUndeclared,
                &file.document.path,
                verdict.span,
                message,
            );
            let known = words.iter().map(|word| word.value.as_str());
            let fix = respelled(&file.document, Safety::Unsafe, verdict, known);
            found.push(finding.help(format!("{help}; new words go into `verdicts`")).fix(fix));
        }
    }
}

/// The evidence lines of an item, each with the item.
fn lines(item: &MergedItem) -> impl Iterator<Item = (&MergedItem, usize)> {
    item.evidence.iter().map(move |&line| (item, line))
}
