//! evaluate/items
pub mod catalog_index;
pub mod identity;
pub mod item;
pub mod name_index;
pub mod naming;
pub mod selection;
pub mod thread_items;
