//! What follows from a workspace on a day. Pure: facts and a date in, verdicts out; no clock, no
//! files, no text to show.

pub mod archive;
pub mod condition;
mod day;
pub mod decision;
pub mod gather;
pub mod history;
pub mod identity;
pub mod judgement;
mod merge;
pub mod merged_item;
mod names;
pub mod naming;
pub mod near_miss;
pub mod news;
pub mod queue;
pub mod replay;
pub mod selection;
pub mod settlement;
pub mod stake;
pub mod standing;
pub mod timeline;
pub mod trial;
pub mod truth;
pub mod universe;
pub mod verdict;
mod voices;

pub use archive::Archive;
pub use condition::{Bounds, Counted, Join, Outcome};
pub use day::day_of;
pub use decision::Decision;
pub use history::History;
pub use judgement::{Judgement, judge};
pub use merged_item::MergedItem;
pub use near_miss::{Miss, NearMiss};
pub use settlement::{ReadyTrigger, Settlement};
pub use standing::Standing;
pub use truth::Truth;
pub use universe::Universe;
pub use verdict::{State, Verdict};
