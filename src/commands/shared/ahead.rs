//! Threads to which tomorrow has begun.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Date, Thread};

/// A thread whose last log entry is dated one day after the local date, which is today for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Ahead {
    /// The thread.
    pub thread: String,
    /// The date that is today for it.
    pub today: Date,
}

/// The threads whose `day` is not `today`.
pub fn ahead<'t>(
    threads: impl Iterator<Item = &'t Thread>,
    today: Date,
    day: impl Fn(&Thread) -> Date,
) -> Vec<Ahead> {
    let threads = threads.map(|thread| Ahead { thread: thread.slug.clone(), today: day(thread) });
    threads.filter(|ahead| ahead.today != today).collect()
}
