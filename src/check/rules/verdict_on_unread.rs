//! `verdict-on-unread`: a verdict on an item that was not read.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Reading, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for evidence in &file.thread.evidence {
        let is_read = matches!(evidence.item.reading, Reading::Read { .. });
        if let (Some(verdict), false) = (&evidence.verdict, is_read) {
            let message = format!(
                "`{}` has the verdict `{}`, but was not read",
                evidence.item.id, verdict.value
            );
            let finding =
                Diagnostic::new(Rule::VerdictOnUnread, &file.document.path, verdict.span, message);
            found.push(
                finding.help("tick the box and add `[read:: YYYY-MM-DD]`, or remove the verdict"),
            );
        }
    }
}
