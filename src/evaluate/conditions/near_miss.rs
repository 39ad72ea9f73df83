//! Items that nearly count, each with its reason.

use crate::evaluate::conditions::Counted;
use crate::evaluate::items::item::Item;
use crate::model::{Date, Days, Selection};

/// Something that nearly counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The item, person or draft.
    pub item: Counted,
    /// The reason why it does not count.
    pub reason: Miss,
}

/// The reason why something does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Its body has not been read.
    NotRead,
    /// It was read, and the set selects unread items.
    AlreadyRead,
    /// A person marked it as not to be read.
    NotToBeRead,
    /// It was read, but has no verdict.
    NoVerdict,
    /// It has another verdict.
    OtherVerdict(String),
    /// It names no org.
    NoOrg,
    /// It belongs to no source.
    NoSource,
    /// It has no date of publication.
    NoDate,
    /// The date on which it landed is unknown.
    NoLanding,
    /// This `except` of the set matches it.
    Excluded(Box<Selection>),
    /// Another item counts for its org or source already.
    SameVoice {
        /// Id of the item that counts.
        earlier: String,
        /// The org or source.
        voice: String,
    },
    /// Its date is after the date of evaluation.
    InTheFuture(Date),
    /// Published too long ago.
    OutsideWindow {
        /// Date of publication.
        published: Date,
        /// The window.
        window: Days,
    },
    /// Landed too early.
    LandedBefore {
        /// Date of the first catalog that lists it.
        landed: Date,
        /// The first date that counts.
        since: Date,
    },
    /// A catalog lists it, but it belongs to another thread or none.
    NotMapped,
    /// The person withdrew the claim on this date.
    Withdrawn(Date),
    /// `thread.yaml` does not list the person.
    UnknownPerson(String),
    /// Another person attested the claim.
    NotAsked(String),
    /// The draft has another state.
    OtherState(String),
}

impl NearMiss {
    /// An item that nearly counts.
    pub fn of(item: &Item, reason: Miss) -> Self {
        Self { item: Counted::item(item), reason }
    }
}
