//! Today, for one thread.

use crate::model::{Date, Thread};

/// The date that is today for a thread: the local date, or the date of its last log entry if that is one
/// day later.
///
/// A colleague one time zone ahead, or a cron job in UTC, may have written an entry that is dated tomorrow
/// here. To that thread tomorrow has begun: it is judged on that date, and what is written gets it, so that
/// the log stays in order. An entry that is further ahead is an error, which `clock-behind-log` names.
pub fn day_of(thread: &Thread, local: Date) -> Date {
    thread.last_log_date().filter(|last| Some(*last) == local.succ_opt()).unwrap_or(local)
}
