//! `thread close`, `dormant` and `reopen`.

pub mod edit;
