//! Evaluation of threads on a date: facts and a date in, trigger states out; no clock, no files, no
//! text.

pub mod conditions;
pub mod decision;
pub mod evaluation;
pub mod history;
pub mod impact;
pub mod items;
pub mod level_state;
pub mod proposals;
pub mod reading_queue;
pub mod replay;
pub mod trigger_status;

pub use conditions::near_miss::{Miss, NearMiss};
pub use conditions::timeline::Truth;
pub use conditions::{Attester, Counted, Outcome, OutcomeNote, SilenceUnknown};
pub use decision::Decision;
pub use evaluation::{Evaluation, evaluate};
pub use history::History;
pub use impact::{Consequences, ReadyTrigger};
pub use items::catalog_index::CatalogIndex;
pub use items::item::Item;
pub use items::thread_items::ThreadItems;
pub use level_state::{LevelState, day_of};
pub use trigger_status::{OffReason, StateName, TriggerState, TriggerStatus};
