//! Code that several commands use.

pub mod ahead;
pub mod diff;
pub mod edit;
pub mod evidence_report;
pub mod findings;
pub mod global_args;
pub mod json;
pub mod new_item;
pub mod output;
pub mod phrases;
pub mod session;
pub mod style;
pub mod thread_args;
pub mod trigger_report;
pub mod writing_args;
