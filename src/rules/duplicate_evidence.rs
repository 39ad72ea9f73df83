//! `duplicate-evidence`: two lines that are the same item.

use std::collections::HashMap;

use crate::model::Name;
use crate::model::{Diagnostic, Rule};
use crate::parse::ThreadFile;

use super::Scene;

pub(super) fn check(file: &ThreadFile, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<Name<'_>, Vec<usize>> = HashMap::new();
    for (index, evidence) in file.thread.evidence.iter().enumerate() {
        let names: Vec<Name<'_>> = Name::all_of(&evidence.item).collect();
        let same =
            |other: &&usize| !file.thread.evidence[**other].item.only_shares_id(&evidence.item);
        let earlier = |name| first.get(name).into_iter().flatten().find(same).copied();
        let known = names.iter().find_map(earlier);
        if let Some(earlier) = known {
            let earlier = &file.thread.evidence[earlier].item;
            let message = format!("this item stands here twice: `{}`", earlier.id);
            found.push(
                Diagnostic::new(
                    Rule::DuplicateEvidence,
                    &file.document.path,
                    evidence.item.span,
                    message,
                )
                .label("again here")
                .related(&file.document.path, earlier.span, "first here")
                .help("put both lines into one; it counts once in any case"),
            );
        }
        for name in names {
            first.entry(name).or_default().push(index);
        }
    }
}
