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
pub mod triggers;

pub use conditions::near_miss::{Miss, NearMiss};
pub use conditions::truth::Truth;
pub use conditions::{Attester, Counted, Outcome, OutcomeNote, SilenceUnknown};
pub use consequences::{Consequences, ReadyTrigger};
pub use day::day_of;
pub use evaluation::{Evaluation, evaluate};
pub use history::History;
pub use items::catalog_index::CatalogIndex;
pub use items::item::Item;
pub use items::thread_items::ThreadItems;
pub use level_state::LevelState;
pub use triggers::decision::Decision;
pub use triggers::status::{OffReason, StateName, TriggerState, TriggerStatus};
