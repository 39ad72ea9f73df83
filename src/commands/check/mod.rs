//! `thread check`.

pub mod args;
pub mod fix_loop;
pub mod formats;
pub mod list_rules;
pub mod report;
pub mod rules_report;
pub mod rules_text;
pub mod run;
