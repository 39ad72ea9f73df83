//! `misspelt-field`: an inline field that is nearly one that the tool reads.

use crate::check::rules::RuleContext;
use crate::model::SectionKind;
use crate::model::{Diagnostic, Rule};
use crate::parse::markdown::{List, ListItem};
use crate::parse::sections::Section;
use crate::parse::{ThreadFile, bullet, sections};
use crate::text::suggest::did_you_mean;

/// The fields of every kind of bullet.
const FIELDS: [&str; 19] = [
    "org",
    "tags",
    "tag",
    "id",
    "same-as",
    "doi",
    "thread",
    "verdict",
    "read",
    "note",
    "landed",
    "dropped",
    "state",
    "anchors",
    "by",
    "on",
    "trigger",
    "attested",
    "withdrawn",
];

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let has_fields = |section: &&Section| {
        let kinds = [SectionKind::Evidence, SectionKind::Ripeness, SectionKind::Drafts];
        section.is_read && kinds.contains(&section.kind)
    };
    for section in file.sections.iter().filter(has_fields) {
        for (_, list) in sections::lists_in(&file.outline, section.blocks()) {
            items(list, &mut |item| bullet(file, item, found));
        }
    }
}

fn items(list: &List, look: &mut impl FnMut(&ListItem)) {
    for item in &list.items {
        look(item);
        for children in &item.children {
            items(children, look);
        }
    }
}

fn bullet(file: &ThreadFile, item: &ListItem, found: &mut Vec<Diagnostic>) {
    let mut known: Vec<Diagnostic> = Vec::new();
    for field in bullet::parse(&file.document, item, file.notation.dates, &mut known).fields {
        if FIELDS.contains(&field.key) {
            continue;
        }
        if let Some(near) = did_you_mean(field.key, FIELDS.iter().copied()) {
            let message = format!("nothing reads the field `{}`", field.key);
            let finding =
                Diagnostic::new(Rule::MisspeltField, &file.document.path, field.whole, message);
            found.push(finding.help(format!(
                "did you mean `{near}`? if not, choose a name that is less similar"
            )));
        }
    }
}
