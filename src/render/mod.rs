//! Reports to text for people. Styled throughout; the edge strips the styles where they are not
//! wanted.

pub mod adopt;
pub mod backtest;
pub mod catalog;
pub mod diagnostics;
pub mod diff;
pub mod edit;
pub mod hook;
pub mod log;
pub mod merge;
pub mod next;
pub mod rules;
pub mod scan;
pub mod show;
pub mod status;
pub mod style;
pub mod test;
