//! `merge`: three versions of a file, and the merge driver of git.

mod bullets;
mod driver;
pub mod git;
mod threads;

use thread_tracker::merge::{Merged, Versions, merge};
use thread_tracker::model::Configuration;

/// Path of the file that the tests merge.
const PATH: &str = "threads/glass.md";

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(Versions { base, ours, theirs }, PATH, &Configuration::default(), 7)
}
