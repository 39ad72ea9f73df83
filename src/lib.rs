//! `thread` follows research storylines in plain markdown files.
//!
//! The modules in reading order; a module imports only from those above it.

/// Documents as bytes of the user, and edits that leave all other bytes alone.
pub mod text;

/// The types of the domain: threads, catalogs, items, triggers, rules, changes.
pub mod model;

/// Reads text into the model, and reports what it cannot read.
pub mod parse;

/// Evaluates threads on a date: items, conditions, triggers, decisions.
pub mod evaluate;

/// Reads and writes bytes: saving, locking, git.
pub mod store;

/// Finds, loads and reads a workspace.
pub mod workspace;

/// Turns changes into edits of a text, and proves that nothing else changed.
pub mod edit;

/// The rules of `thread check`, and the fixes of their findings.
pub mod check;

/// Turns a note into a thread.
pub mod adopt;

/// Merges three versions of a file by meaning.
pub mod merge;

/// The clock, directories, variables and terminal of the process.
pub mod environment;

/// The commands, one directory each.
pub mod commands;

/// The command line: global options, and which command runs.
pub mod cli;
