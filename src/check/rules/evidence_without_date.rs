//! `evidence-without-date`: bullets of the Evidence section that count nowhere.

use crate::check::rules::Scene;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

pub(crate) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for remark in &file.thread.remarks {
        let message = "this bullet has no date: it is kept as a remark and counts nowhere";
        let finding =
            Diagnostic::new(Rule::EvidenceWithoutDate, &file.document.path, *remark, message);
        found.push(
            finding.help("if it is evidence, put its date in a parenthesis behind its title"),
        );
    }
}
