//! Text to model. Parsing never fails: it returns a model and diagnostics.
//!
//! Only `yaml` uses the YAML parser, and only `markdown` the markdown parser.

pub mod bullet;
pub mod catalog;
pub mod condition;
pub mod configuration;
pub mod fence;
pub mod fields;
pub mod front_matter;
pub mod heading_dates;
pub mod item;
pub mod looks;
pub mod markdown;
mod plain;
pub mod sections;
pub mod selection;
pub mod source;
pub mod table;
pub mod thread;
pub mod trigger_test;
pub mod unread;
pub mod value_fix;
pub mod written_date;
pub mod yaml;

pub use catalog::CatalogFile;
pub use thread::ThreadFile;
