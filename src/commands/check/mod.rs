//! `thread check`.

pub mod args;
mod fix;
pub mod formats;
pub mod list_rules;
mod load;
pub mod report;
pub mod rules_report;
pub mod run;
pub mod staged;
mod text;
