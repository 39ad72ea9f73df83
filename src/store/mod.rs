//! The files: found, loaded, locked, saved. Knows paths and bytes, and no threads.

pub mod find;
pub mod git;
pub mod lock;
pub mod new_file;
pub mod regular;
pub mod save;
