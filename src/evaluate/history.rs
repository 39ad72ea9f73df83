//! The facts that a thread knew on every date, computed once for each date on which one changed.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashMap;

use crate::evaluate::conditions;
use crate::evaluate::conditions::timeline::Timeline;
use crate::evaluate::items::catalog_index::CatalogIndex;
use crate::evaluate::items::item::Item;
use crate::evaluate::items::thread_items::{ThreadItems, versions};
use crate::model::{Condition, Configuration, Date, HoldUntil, Thread};

/// An item as it was during a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The item.
    pub item: Item,
    /// The first date.
    pub first: Date,
    /// The last date; [`Date::MAX`] if it has not changed since.
    pub last: Date,
}

/// The facts that one thread knew on every date. Each part is computed at its first use.
pub struct History<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// All catalogs.
    pub index: &'a CatalogIndex<'a>,
    /// Sources and people.
    pub configuration: &'a Configuration,
    /// Dates on which one of the thread's own lines lands, is read or is dropped.
    turns: BTreeSet<Date>,
    thread_items: RefCell<BTreeMap<Option<Date>, Arc<ThreadItems>>>,
    versions: OnceCell<Vec<Version>>,
    /// Timelines by the memory address of the condition, which is part of `thread`.
    timelines: RefCell<HashMap<usize, Arc<Timeline>>>,
}

impl<'a> History<'a> {
    /// The history of a thread.
    pub fn new(
        thread: &'a Thread,
        index: &'a CatalogIndex<'a>,
        configuration: &'a Configuration,
    ) -> Self {
        let lines = thread.evidence.iter();
        let turns = lines
            .flat_map(|line| {
                let dropped = line.dropped.as_ref().map(|dropped| dropped.on);
                [line.landed, line.item.date, line.item.reading.date(), dropped]
            })
            .flatten()
            .collect();
        Self {
            thread,
            index,
            configuration,
            turns,
            thread_items: RefCell::default(),
            versions: OnceCell::new(),
            timelines: RefCell::default(),
        }
    }

    /// The items that the thread knew on a date.
    pub fn on(&self, date: Date) -> Arc<ThreadItems> {
        let latest = |dates: &BTreeSet<Date>| dates.range(..=date).next_back().copied();
        let turn = latest(&self.turns).max(latest(self.index.turns()));
        let mut thread_items = self.thread_items.borrow_mut();
        let make =
            || ThreadItems::new(self.thread, self.index, self.configuration, turn.unwrap_or(date));
        Arc::clone(thread_items.entry(turn).or_insert_with(|| Arc::new(make())))
    }

    /// Every item as it was at every time.
    pub fn versions(&self) -> &[Version] {
        self.versions.get_or_init(|| versions(self.thread, self.index, self.configuration))
    }

    /// Truth of a condition of the thread over time.
    pub fn timeline(&self, condition: &'a Condition) -> Arc<Timeline> {
        let key = std::ptr::from_ref(condition).addr();
        if let Some(known) = self.timelines.borrow().get(&key) {
            return Arc::clone(known);
        }
        let timeline = Arc::new(conditions::timeline(condition, self));
        self.timelines.borrow_mut().insert(key, Arc::clone(&timeline));
        timeline
    }

    /// Returns the dates on which an evaluation of the thread may change, if no decision is made:
    /// facts become known, a condition or its numbers change, a `for` ends, a trigger or the hold
    /// expires.
    pub fn events(&self) -> BTreeSet<Date> {
        let mut events = &self.turns | self.index.turns();
        events.extend(self.thread.log.iter().map(|entry| entry.date));
        events.extend(self.thread.drafts.iter().map(|draft| draft.date));
        for trigger in &self.thread.triggers {
            let timeline = self.timeline(&trigger.when);
            events.extend(&timeline.events);
            let wait = trigger.hold_for.map_or(0, |wait| wait.0);
            let ends = |rise: Date| rise.checked_add_days(chrono::Days::new(wait.into()));
            events.extend(timeline.rises().filter_map(ends));
            events.extend(trigger.until.and_then(|until| until.succ_opt()));
        }
        events.extend(self.thread.hold.as_ref().and_then(|hold| hold.since));
        events.extend(self.thread.ripeness.since);
        match self.thread.hold.as_ref().map(|hold| &hold.until) {
            Some(HoldUntil::Date(end)) => drop(events.insert(*end)),
            Some(HoldUntil::Condition(condition)) => {
                events.extend(&self.timeline(condition).events);
            }
            None => {}
        }
        events
    }
}
