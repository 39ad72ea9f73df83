//! Findings as JSON and as text with excerpts.

pub mod report;
pub mod text;

pub use report::{Finding, findings};
