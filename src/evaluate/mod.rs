//! What follows from a workspace on a day. Pure: facts and a date in, verdicts out; no clock, no
//! files, no text to show.

pub mod conditions;
pub mod consequences;
mod day;
pub mod evaluation;
pub mod history;
pub mod impact;
pub mod items;
pub mod level_state;
pub mod reading_queue;
pub mod replay;
pub mod test_run;
pub mod triggers;

pub use conditions::near_miss::{Miss, NearMiss};
pub use conditions::truth::Truth;
pub use conditions::{Bounds, Counted, Join, Outcome};
pub use consequences::{ReadyTrigger, Settlement};
pub use day::day_of;
pub use evaluation::{Judgement, judge};
pub use history::History;
pub use items::catalog_index::Archive;
pub use items::item::MergedItem;
pub use items::thread_items::Universe;
pub use level_state::Standing;
pub use triggers::decision::Decision;
pub use triggers::status::{State, Verdict};
