//! `verdict-undeclared`: a verdict that the thread does not declare for the item, on a line or in a
//! condition.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::model::{Condition, Diagnostic, Leaf, Rule, Safety, Thread};
use crate::parse::ThreadFile;
use crate::parse::value_fix::correction;
use crate::text::Spanned;
use crate::text::suggest::unknown_name_help;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let thread = &file.thread;
    for item in &items.items {
        let declared = declared(thread, |key| item.is_named(key));
        let lines = item.evidence.iter().map(|&at| &thread.evidence[at]);
        for verdict in lines.filter_map(|line| line.verdict.as_ref()) {
            let is_known = declared.contains(&verdict.value.as_str());
            found.extend((!is_known).then(|| on_line(file, verdict, &item.id, &declared)));
        }
    }
    for leaf in thread.conditions().flat_map(Condition::leaves) {
        let Leaf::Verdict { item, is } = leaf else { continue };
        let declared = declared(thread, |key| items.is_same_reference(key, &item.value));
        for word in is.iter().filter(|word| !declared.contains(&word.value.as_str())) {
            let message = format!("unknown verdict for {} `{}`", item.value, word.value);
            let help = unknown_name_help("verdict", &word.value, declared.iter().copied());
            found.push(finding(file, word, message, &declared, Safety::Safe).help(help));
        }
    }
}

/// Returns the verdicts that a thread declares for an item; `is_key` is true for the keys of
/// `verdicts` that refer to it.
fn declared(thread: &Thread, is_key: impl Fn(&str) -> bool) -> Vec<&str> {
    let keys = thread.verdicts.iter().filter(|(key, _)| is_key(key));
    keys.flat_map(|(_, words)| words).map(|word| word.value.as_str()).collect()
}

fn on_line(
    file: &ThreadFile,
    verdict: &Spanned<String>,
    item: &str,
    declared: &[&str],
) -> Diagnostic {
    let word = &verdict.value;
    let message = format!("this thread does not declare the verdict `{word}` for `{item}`");
    let help = unknown_name_help("verdict", word, declared.iter().copied());
    finding(file, verdict, message, declared, Safety::Unsafe)
        .help(format!("{help}; add new verdicts to `verdicts`"))
}

fn finding(
    file: &ThreadFile,
    verdict: &Spanned<String>,
    message: String,
    declared: &[&str],
    safety: Safety,
) -> Diagnostic {
    let fix = correction(&file.document, safety, verdict, declared.iter().copied());
    Diagnostic::new(Rule::VerdictUndeclared, &file.document.path, verdict.span, message).fix(fix)
}
