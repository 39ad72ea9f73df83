//! `merge`: three versions of a file, and the merge driver of git.

mod bullets;
mod driver;
pub mod git;
mod threads;
