//! Text to model: reading never fails, it returns what it understood and diagnostics.
//!
//! Only `yaml` knows the YAML parser and only `outline` the markdown parser.

pub mod bullet;
pub mod catalog;
pub mod condition;
pub mod configuration;
pub mod fence;
pub mod fields;
pub mod front_matter;
pub mod item;
pub mod markdown;
pub mod sections;
pub mod selection;
pub mod thread;
pub mod trigger_test;
pub mod unread;
pub mod value_fix;
pub mod yaml;

pub use catalog::CatalogFile;
pub use thread::ThreadFile;
