//! Shared by all tests: workspaces on disk and in memory, git, and the configuration of random
//! tests.

pub mod console;
#[cfg(feature = "fetch")]
pub mod feed_server;
pub mod git;
pub mod random;
pub mod scratch;
pub mod triggers;
pub mod world;

use std::path::PathBuf;

/// The root of this repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A thread at the level `low` that one item with the tag `hit` promotes to `ripe`.
pub const HIT: &str = "\
---
ripeness: {level: low, since: 2026-01-01}
sets: {hits: {tag: hit}}
triggers:
  - {id: hit, why: it hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}
---
# A thread

## Evidence

## Ripeness
";
