//! The text of a title or a reason as the parser will read it.
//!
//! A bullet keeps the words of a title or a reason, but not every character: it has one line, and
//! markup is escaped. `Change::apply` needs the text as the model will have it. Everything else
//! must be read back exactly, which is checked here or by the proof.

use crate::edit::bullet_line::read_alone;
use crate::edit::{bullet_line, catalog};
use crate::model::change::{Arrival, Change, Listing, NewDraft};
use crate::model::url::Url;
use crate::model::{ItemRecord, LogEntry, Reading, url};

/// A change with its free text as it will be read back.
pub fn as_read(change: &Change, catalog_source: Option<&str>) -> Change {
    match change {
        Change::Arrival(arrival) => Change::Arrival(Arrival {
            item: item_in(&bullet_line::arrival(arrival, "- "), &arrival.source, &arrival.item),
            ..arrival.clone()
        }),
        Change::Listing(listing) => {
            let source = catalog_source.unwrap_or_default();
            let line = catalog::line(listing, source, "- ");
            let item = item_in(&line, source, &listing.item);
            Change::Listing(Listing { item, threads: listing.threads.clone() })
        }
        Change::Log(entry) => {
            let reason = bullet_line::one_line(&entry.reason);
            Change::Log(LogEntry { reason, ..entry.clone() })
        }
        Change::Draft(draft) => {
            let line = format!("- {}", bullet_line::draft(draft));
            let title = read_alone(&line, |_, bullet, _| bullet.title).flatten();
            Change::Draft(NewDraft { title, ..draft.clone() })
        }
        Change::Level { .. }
        | Change::Acknowledge { .. }
        | Change::Reading(_)
        | Change::Hold(_)
        | Change::Release { .. }
        | Change::Status { .. }
        | Change::Trigger(_)
        | Change::RemoveTrigger { .. }
        | Change::Set { .. }
        | Change::Verdicts { .. }
        | Change::Collect(_)
        | Change::Source { .. }
        | Change::TestedThread { .. }
        | Change::Mapping { .. }
        | Change::Tags { .. } => change.clone(),
    }
}

/// Returns an item as its line describes it: with the title `found` in the line, and everything
/// else as intended. Both must agree except for the title.
pub fn item_as_read(meant: &ItemRecord, found: &ItemRecord) -> ItemRecord {
    ItemRecord {
        title: found.title.clone(),
        has_written_id: found.has_written_id,
        source: found.source.clone(),
        url: meant.url.as_deref().map(|url| Url::from(&*url::written(url))),
        org: meant.org.as_deref().map(bullet_line::one_line),
        same_as: meant.same_as.iter().map(|word| bullet_line::field_value(word)).collect(),
        // A new line has a box, and an empty box means unread.
        reading: match meant.reading {
            Reading::Unknown => Reading::Unread,
            known => known,
        },
        ..meant.clone()
    }
}

fn item_in(line: &str, source: &str, meant: &ItemRecord) -> ItemRecord {
    let found = bullet_line::read_back(line, source);
    found.map_or_else(|| meant.clone(), |found| item_as_read(meant, &found))
}
