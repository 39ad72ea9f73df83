//! `draft-anchor-unknown` and `draft-on-unread`: what a draft rests on.

use crate::model::Name;
use crate::model::{Diagnostic, Reading, Rule};
use crate::parse::ThreadFile;
use crate::parse::fields::unknown_word_help;

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let path = &file.document.path;
    for draft in file.thread.all_drafts() {
        for anchor in draft.anchors() {
            let name = Name::from_word(&anchor.value);
            let held = file.thread.evidence.iter().find(|evidence| name.is_of(&evidence.item));
            match held.map(|evidence| (evidence.item.reading, evidence.item.span)) {
                None => {
                    let ids = file.thread.evidence.iter().map(|evidence| evidence.item.id.as_str());
                    let message = format!(
                        "the draft rests on `{}`, which this thread does not hold",
                        anchor.value
                    );
                    let finding =
                        Diagnostic::new(Rule::DraftAnchorUnknown, path, anchor.span, message);
                    let help = unknown_word_help(&anchor.value, ids);
                    found.push(finding.help(format!("add it to the evidence; {help}")));
                }
                Some((Reading::Unread, line)) => {
                    let message = format!(
                        "the draft rests on `{}`, whose body is not yet read",
                        anchor.value
                    );
                    found.push(
                        Diagnostic::new(Rule::DraftOnUnread, path, anchor.span, message)
                            .label("the draft uses it")
                            .related(path, line, "marked unread here")
                            .help("tick its box if somebody has read it, or read it before the draft goes on"),
                    );
                }
                Some(_) => {}
            }
        }
    }
}
