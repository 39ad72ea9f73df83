//! Catalogs: the results of one scan of one source each.

use crate::model::{Date, ItemRecord};
use crate::text::Spanned;

/// The result of one scan of one source: `backlogs/YYYY-MM-DD-<source>-backlog.md`.
///
/// An empty catalog is a scan too: it shows that nothing was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// Path relative to the workspace.
    pub path: String,
    /// Slug of the source that was scanned.
    pub source: String,
    /// Date of the scan, on which its items landed.
    pub scanned: Date,
    /// `baseline: true`: the first reading of a source, whose items were there before. They landed on
    /// their own dates.
    pub baseline: bool,
    /// URL of the source.
    pub url: Option<String>,
    /// The items, in the order of the file.
    pub items: Vec<CatalogItem>,
}

impl Catalog {
    /// Returns the date on which an item of the catalog landed: the date of the scan, and in a
    /// baseline the item's own date, if it has one that is not later.
    pub fn landed(&self, item: &ItemRecord) -> Date {
        let own = item.date.filter(|date| self.baseline && *date < self.scanned);
        own.unwrap_or(self.scanned)
    }
}

/// An item of a catalog, and the threads to which it is mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogItem {
    /// The item.
    pub item: ItemRecord,
    /// `[thread:: …]`: slugs of threads.
    pub threads: Vec<Spanned<String>>,
}
