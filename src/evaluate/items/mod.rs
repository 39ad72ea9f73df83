//! evaluate/items
pub mod catalog_index;
pub mod gather;
pub mod identity;
pub mod item;
pub mod merge;
pub mod names;
pub mod naming;
pub mod selection;
pub mod thread_items;
