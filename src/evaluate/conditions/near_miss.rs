//! Items that nearly count, each with its reason.

use std::fmt;

use crate::model::{Date, Days};

use crate::evaluate::conditions::Counted;
use crate::evaluate::items::item::Item;

/// Something that nearly counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The item, person or draft.
    pub item: Counted,
    /// The reason why it does not count.
    pub reason: Miss,
}

/// The reason why something does not count. Every output shows its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Its body has not been read.
    NotRead,
    /// Its body has been read, and unread items are asked for.
    AlreadyRead,
    /// A person marked it as not to be read.
    NotToBeRead,
    /// Read, but without a verdict.
    NoVerdict,
    /// Its verdict is another word.
    OtherVerdict(String),
    /// It names no org.
    NoOrg,
    /// It belongs to no source.
    NoSource,
    /// It has no date of publication.
    NoDate,
    /// The date on which it landed is unknown.
    NoLanding,
    /// An `except` of the set matches it; the words of that selection.
    Excluded(String),
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
    /// The condition asks for other people.
    NotAsked(String),
    /// The draft has another state.
    OtherState(String),
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead => f.write_str("not yet read"),
            Self::AlreadyRead => f.write_str("already read"),
            Self::NotToBeRead => f.write_str("marked as not to be read"),
            Self::NoVerdict => f.write_str("read, no verdict given"),
            Self::OtherVerdict(word) => write!(f, "its verdict is `{word}`"),
            Self::NoOrg => f.write_str("names no org"),
            Self::NoSource => f.write_str("belongs to no source"),
            Self::NoDate => f.write_str("has no date"),
            Self::NoLanding => f.write_str("landed on an unknown date"),
            Self::Excluded(words) => write!(f, "excluded: {words}"),
            Self::SameVoice { earlier, voice } => write!(f, "same voice as {earlier} ({voice})"),
            Self::InTheFuture(date) => write!(f, "dated {date}, in the future"),
            Self::OutsideWindow { published, window } => {
                write!(f, "published {published}, not within {window}")
            }
            Self::LandedBefore { landed, since } => write!(f, "landed {landed}, before {since}"),
            Self::NotMapped => f.write_str("not mapped to this thread"),
            Self::Withdrawn(date) => write!(f, "withdrawn {date}"),
            Self::UnknownPerson(person) => {
                write!(f, "`{person}` is not among the people of thread.yaml")
            }
            Self::NotAsked(person) => write!(f, "{person} is not asked"),
            Self::OtherState(state) => write!(f, "its state is `{state}`"),
        }
    }
}

impl NearMiss {
    /// An item that nearly counts.
    pub fn of(item: &Item, reason: Miss) -> Self {
        Self { item: Counted::item(item), reason }
    }
}
