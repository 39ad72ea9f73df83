//! Files: found, locked, saved. This module knows paths and bytes, but no threads.

pub mod find;
pub mod git;
pub mod lock;
pub mod new_file;
pub mod regular;
pub mod save;
