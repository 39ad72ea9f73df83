//! Comparison of models without their spans.
//!
//! Every type lists its fields in a pattern without `..`, so that a new field that is not listed
//! does not compile, and the proof after an edit covers every field.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::trigger::Bound;
use super::url::Url;
use super::{
    Catalog, CatalogItem, Condition, Count, Date, DateOrigin, Days, Distinct, Draft, Dropped,
    Effect, Evidence, Hold, HoldUntil, ItemRecord, Leaf, LevelChange, LogEntry, Quiet, Reading,
    Ripeness, Selection, Status, Tags, Thread, TitlePattern, Trigger, Watch,
};
use crate::text::{Span, Spanned};

/// A value whose spans can be erased for a comparison.
pub trait EraseSpans {
    /// Sets every span in the value to the empty span at 0.
    fn erase_spans(&mut self);

    /// Returns the value with its spans erased.
    #[must_use]
    fn without_spans(mut self) -> Self
    where
        Self: Sized,
    {
        self.erase_spans();
        self
    }
}

impl EraseSpans for Span {
    fn erase_spans(&mut self) {
        *self = Self::default();
    }
}

impl<T: EraseSpans> EraseSpans for Option<T> {
    fn erase_spans(&mut self) {
        self.iter_mut().for_each(T::erase_spans);
    }
}

impl<T: EraseSpans> EraseSpans for Vec<T> {
    fn erase_spans(&mut self) {
        self.iter_mut().for_each(T::erase_spans);
    }
}

impl<K, V: EraseSpans> EraseSpans for BTreeMap<K, V> {
    fn erase_spans(&mut self) {
        self.values_mut().for_each(V::erase_spans);
    }
}

impl<T: EraseSpans> EraseSpans for Spanned<T> {
    fn erase_spans(&mut self) {
        let Self { value, span } = self;
        value.erase_spans();
        span.erase_spans();
    }
}

/// Implements the trait for types without spans.
macro_rules! spanless {
    ($($type:ty),+ $(,)?) => {$(
        impl EraseSpans for $type {
            fn erase_spans(&mut self) {}
        }
    )+};
}

spanless!(
    String,
    Arc<str>,
    bool,
    u32,
    Url,
    Bound,
    Date,
    DateOrigin,
    Days,
    Distinct,
    Reading,
    Status,
    Tags,
    TitlePattern
);

/// Implements the trait for structs, by erasing every field.
macro_rules! erase_fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl EraseSpans for $type {
            fn erase_spans(&mut self) {
                let Self { $($field),+ } = self;
                $($field.erase_spans();)+
            }
        }
    )+};
}

erase_fields! {
    Ripeness { level, since }
    Hold { below, only, until, why, since }
    Count { of, bound, distinct, published_within, landed_since }
    Quiet { of, silent_for }
    Selection { source, org, tag, title, item, verdict, read, except }
    Trigger { span, id, why, effect, when, from, hold_for, until, next, acknowledged }
    Evidence { item, landed, verdict, notes, dropped }
    Dropped { on, reason }
    ItemRecord { span, id, has_written_id, source, label, title, url, date, dated_by, org, tags, same_as, reading }
    LogEntry { span, date, change, reason, triggers, on, by, attested, withdrawn }
    LevelChange { from, to }
    Watch { span, text, done }
    Draft { span, date, path, title, state, anchors }
    CatalogItem { item, threads }
}

/// Like `erase_fields`, with a function that names the first field that differs.
macro_rules! erase_named_fields {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        erase_fields! { $type { $($field),+ } }

        impl $type {
            /// Returns the name of the first field that differs.
            pub fn first_difference(&self, other: &Self) -> Option<&'static str> {
                let Self { $($field),+ } = self;
                $(if *$field != other.$field {
                    return Some(stringify!($field));
                })+
                None
            }
        }
    )+};
}

erase_named_fields! {
    Thread {
        slug, path, title, opened, status, tags, ripeness, hold, collect, verdicts, sets, triggers,
        evidence, remarks, log, watching, drafts,
    }
    Catalog { path, source, scanned, baseline, url, items }
}

impl EraseSpans for HoldUntil {
    fn erase_spans(&mut self) {
        match self {
            Self::Date(date) => date.erase_spans(),
            Self::Condition(condition) => condition.erase_spans(),
        }
    }
}

impl EraseSpans for Effect {
    fn erase_spans(&mut self) {
        match self {
            Self::RaiseTo(level) | Self::LowerTo(level) | Self::StayAt(level) => {
                level.erase_spans();
            }
        }
    }
}

impl EraseSpans for Condition {
    fn erase_spans(&mut self) {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::None(parts) => parts.erase_spans(),
            Self::Leaf(leaf) => leaf.erase_spans(),
        }
    }
}

impl EraseSpans for Leaf {
    fn erase_spans(&mut self) {
        match self {
            Self::Count(count) => count.erase_spans(),
            Self::Quiet(quiet) => quiet.erase_spans(),
            Self::Read { item } => item.erase_spans(),
            Self::Verdict { item, is } => {
                item.erase_spans();
                is.erase_spans();
            }
            Self::Attested { claim, by, people } => {
                claim.erase_spans();
                by.erase_spans();
                people.erase_spans();
            }
            Self::Draft { is } => is.erase_spans(),
        }
    }
}
