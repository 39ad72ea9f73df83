//! What a thread knew on each day, worked out once for every day on which anything changed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Configuration, Date, Thread};

use super::archive::Archive;
use super::universe::Universe;

/// The universes of one thread, made when they are asked for.
pub struct History<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// All catalogs.
    pub archive: &'a Archive<'a>,
    /// Sources and people.
    pub configuration: &'a Configuration,
    /// The days on which one of its own lines may have come in.
    turns: BTreeSet<Date>,
    known: RefCell<BTreeMap<Option<Date>, Arc<Universe>>>,
}

impl<'a> History<'a> {
    /// The history of a thread.
    pub fn new(
        thread: &'a Thread,
        archive: &'a Archive<'a>,
        configuration: &'a Configuration,
    ) -> Self {
        let lines = thread.evidence.iter();
        let turns = lines
            .flat_map(|line| [line.landed, line.item.date, line.item.reading.day()])
            .flatten()
            .collect();
        Self { thread, archive, configuration, turns, known: RefCell::new(BTreeMap::new()) }
    }

    /// What the thread knew on a day.
    pub fn on(&self, day: Date) -> Arc<Universe> {
        let own = self.turns.range(..=day).next_back().copied();
        let turn = own.max(self.archive.last_turn(day));
        let mut known = self.known.borrow_mut();
        let make =
            || Universe::new(self.thread, self.archive, self.configuration, turn.unwrap_or(day));
        Arc::clone(known.entry(turn).or_insert_with(|| Arc::new(make())))
    }
}
