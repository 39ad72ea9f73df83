//! `thread` follows research storylines in plain markdown files.
//!
//! The modules in reading order; a module imports only from those above it in this list:
//!
//! - [`text`]: text files as bytes, and edits that leave all other bytes unchanged
//! - [`model`]: the types of the domain: threads, catalogs, items, triggers, rules, changes
//! - [`parse`]: text to model, with a diagnostic for each line that cannot be read
//! - [`evaluate`]: evaluation of threads on a date: items, conditions, triggers, decisions
//! - [`store`]: bytes on disk: saving, locking, git
//! - [`feed`]: feeds and lists of items as entries
//! - [`fetch`]: bodies of URLs: what is due, redirects, refused IP addresses, the cache
//! - [`workspace`]: a workspace: its files, loaded and parsed
//! - [`edit`]: changes to edits of a text, and the proof that nothing else changes
//! - [`check`]: the rules of `thread check`, and the fixes of their findings
//! - [`adopt`]: conversion of a note to a thread
//! - [`merge`]: merge of three versions of a file
//! - [`environment`]: clock, working directory, variables and terminal of the process
//! - [`commands`]: the commands, one directory each
//! - [`cli`]: the command line: global options, and the function of each command
//! - [`pager`]: the pager for long output

pub mod adopt;
pub mod check;
pub mod cli;
pub mod commands;
pub mod edit;
pub mod environment;
pub mod evaluate;
pub mod feed;
pub mod fetch;
pub mod merge;
pub mod model;
pub mod pager;
pub mod parse;
pub mod store;
pub mod text;
pub mod workspace;
