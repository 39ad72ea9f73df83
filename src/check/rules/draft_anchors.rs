//! `draft-anchor-unknown` and `draft-on-unread`: the items that a draft is based on.

use crate::check::rules::RuleContext;
use crate::evaluate::ThreadItems;
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::model::{Diagnostic, Reading, Rule};
use crate::parse::ThreadFile;
use crate::text::suggest::unknown_name_help;

pub(crate) fn check(
    file: &ThreadFile,
    items: &ThreadItems,
    _: &RuleContext<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let path = &file.document.path;
    for anchor in file.thread.all_drafts().into_iter().flat_map(|draft| draft.anchors()) {
        let item = match items.resolve(&anchor.value) {
            ResolvedItem::One(item) => Some(item),
            ResolvedItem::Nothing => None,
            // `ambiguous-item` reports it.
            ResolvedItem::Several(_) => continue,
        };
        let held = item.and_then(|item| Some((item, *item.evidence.first()?)));
        let Some((item, line)) = held else {
            if items.find_dropped(&anchor.value).is_some() {
                let message =
                    format!("the draft is based on `{}`, which was dropped", anchor.value);
                let finding = Diagnostic::new(Rule::DraftAnchorUnknown, path, anchor.span, message);
                let help = "remove the anchor, or take the drop back: `thread drop … --undo`";
                found.push(finding.help(help));
                continue;
            }
            let held = items.items.iter().filter(|item| !item.evidence.is_empty());
            let message =
                format!("the draft is based on `{}`, which is not in this thread", anchor.value);
            let help = unknown_name_help("item", &anchor.value, held.map(|item| item.id.as_str()));
            found.push(
                Diagnostic::new(Rule::DraftAnchorUnknown, path, anchor.span, message)
                    .help(format!("add it to the evidence; {help}")),
            );
            continue;
        };
        if item.reading == Reading::Unread {
            let line = &file.thread.evidence[line].item;
            let message =
                format!("the draft is based on `{}`, whose body is not yet read", anchor.value);
            found.push(
                Diagnostic::new(Rule::DraftOnUnread, path, anchor.span, message)
                    .label("the draft uses it")
                    .related(path, line.span, "marked unread here")
                    .help("tick its box if it was read, or read it before continuing the draft"),
            );
        }
    }
}
