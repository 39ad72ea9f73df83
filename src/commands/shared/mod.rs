//! Code that several commands use.

pub mod args;
pub mod body;
pub mod diff;
pub mod edit;
pub mod evidence_report;
pub mod findings;
pub mod hyperlinks;
pub mod json;
pub mod matching;
pub mod new_item;
pub mod output;
pub mod phrases;
pub mod prompt;
pub mod selection_arg;
pub mod session;
pub mod style;
pub mod trigger_report;
