//! The files: found, loaded, locked, saved. Knows paths and bytes, and no threads.

pub mod git;
pub mod load;
pub mod lock;
pub mod new_file;
mod regular;
pub mod root;
pub mod save;
