//! `missing-title`: a thread that is called by its file name.

use crate::model::{Diagnostic, Rule};
use crate::parse::{ThreadFile, sections};
use crate::text::Span;

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if sections::title(&file.outline).is_none() {
        let finding = Diagnostic::new(
            Rule::MissingTitle,
            &file.document.path,
            Span::at(file.parts.body.start),
            "this thread has no `# Title` heading",
        );
        found.push(finding.help(format!(
            "begin the body with `# …`; until then it is called `{}`",
            file.thread.title
        )));
    }
}
