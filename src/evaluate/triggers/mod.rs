//! evaluate/triggers
pub mod decision;
pub mod news;
pub mod status;
