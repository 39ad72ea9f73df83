//! `evidence-without-date`: bullets of the Evidence section that count nowhere.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for remark in &file.thread.remarks {
        let message = "this bullet has no link and no date: it is a remark, not evidence";
        let finding =
            Diagnostic::new(Rule::EvidenceWithoutDate, &file.document.path, *remark, message);
        found.push(
            finding
                .help("if it is evidence, add a link, or its date in parentheses after the title"),
        );
    }
}
