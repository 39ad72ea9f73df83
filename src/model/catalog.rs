//! One scan of one source: `backlogs/YYYY-MM-DD-<source>-backlog.md`.

use crate::model::{Date, ItemRecord};
use crate::text::Spanned;

/// What one scan of a source found. An empty catalog is a scan too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// Path relative to the workspace.
    pub path: String,
    /// Slug of the source that was scanned.
    pub source: String,
    /// The day of the scan: when its items landed.
    pub scanned: Date,
    /// Where the source is.
    pub url: Option<String>,
    /// What was found, in the order of the file.
    pub items: Vec<CatalogItem>,
}

/// An item and the threads that somebody mapped it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogItem {
    /// The item.
    pub item: ItemRecord,
    /// `[thread:: …]`: slugs of threads.
    pub threads: Vec<Spanned<String>>,
}
