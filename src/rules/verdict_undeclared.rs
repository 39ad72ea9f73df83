//! `verdict-undeclared`: a conclusion that the thread did not foresee.

use crate::model::Name;
use crate::model::{Diagnostic, Rule, Safety};
use crate::parse::ThreadFile;
use crate::parse::fields::unknown_word_help;
use crate::parse::spelling::respelled;

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for evidence in &file.thread.evidence {
        let Some(verdict) = &evidence.verdict else {
            continue;
        };
        let mut declared = file
            .thread
            .verdicts
            .iter()
            .filter(|(item, _)| Name::from_word(item).is_of(&evidence.item));
        let words = declared.next().map(|(_, words)| words.as_slice()).unwrap_or_default();
        if !words.iter().any(|word| word.value == verdict.value) {
            let message = format!(
                "`{}` is no verdict that this thread declares for `{}`",
                verdict.value, evidence.item.id
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
