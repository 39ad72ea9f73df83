//! The types of the domain: threads, catalogs, items, triggers, rules, changes. No I/O, no clock.
//!
//! Values that were read from a file are [`Spanned`](crate::text::Spanned), for diagnostics and
//! edits.

pub mod catalog;
pub mod change;
pub mod configuration;
pub mod date;
pub mod diagnostic;
pub mod draft;
pub mod entry_rules;
pub mod erase_spans;
pub mod error;
pub mod fix;
pub mod item;
pub mod name;
pub mod reference;
pub mod ripeness;
pub mod rule;
pub mod rule_level;
pub mod section;
pub mod slug;
pub mod thread;
pub mod title_pattern;
pub mod trigger;
pub mod trigger_test;
pub mod url;

pub use catalog::{Catalog, CatalogItem};
pub use change::Change;
pub use configuration::{Configuration, DateOrder, Ladder, Notation, PersonKind, Source};
pub use date::{Date, Days};
pub use diagnostic::{Diagnostic, Related, Severity};
pub use draft::{Draft, DraftHistory};
pub use entry_rules::{
    EntrySelection, EntryTexts, FeedSettings, LabelPattern, TagRule, TagSelection,
};
pub use error::{Error, ErrorKind};
pub use fix::{Fix, Safety};
pub use item::{DateOrigin, ItemRecord, Reading, Tags};
pub use name::Name;
pub use ripeness::{LevelChange, LogEntry, Ripeness};
pub use rule::Rule;
pub use rule_level::{RuleLevel, RuleLevels};
pub use section::{SectionKind, SectionNames};
pub use thread::{Dropped, Evidence, Hold, HoldUntil, Status, Thread, Watch};
pub use title_pattern::TitlePattern;
pub use trigger::{
    Condition, Count, Distinct, Effect, EffectKind, Leaf, Quiet, Selection, Trigger,
};
