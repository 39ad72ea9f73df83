//! Output formats of findings other than text.

pub mod concise;
pub mod github;
pub mod sarif;
