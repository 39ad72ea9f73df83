//! The commands, one directory each. A directory has the same files for every command:
//!
//! | file | content | may import |
//! |---|---|---|
//! | `mod.rs` | arguments with their help; `run` reads and writes files | everything |
//! | `edit.rs` | the changes that a command makes: from the arguments to an edit plan | no output, no files |
//! | `report.rs` | the result as data, which is also the JSON document | no text rendering, no files |
//! | `text.rs` | a report as text for a terminal | reports and `shared::style` |
//!
//! Commands that differ in one word share a directory: `close` also has `dormant` and `reopen`,
//! `hold` has `release`, `map` has `unmap`, and `promote` has `demote`.

pub mod add;
pub mod adopt;
pub mod attest;
pub mod backtest;
pub mod catalog;
pub mod check;
pub mod close;
pub mod collect;
pub mod completions;
pub mod draft;
pub mod drop;
pub mod edit;
pub mod fetch;
pub mod find;
pub mod hold;
pub mod hook;
pub mod init;
pub mod list;
pub mod log;
pub mod man;
pub mod map;
pub mod merge;
pub mod new;
pub mod next;
pub mod open;
pub mod promote;
pub mod read;
pub mod rename;
pub mod scan;
pub mod schema;
pub mod set;
pub mod shared;
pub mod show;
pub mod skip;
pub mod source;
pub mod status;
pub mod test;
pub mod trigger;
