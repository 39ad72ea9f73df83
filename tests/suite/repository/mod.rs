//! This repository: its modules, its documentation, and its own threads.

mod json_page;
mod modules;
mod options;
mod own_threads;
mod picture;
mod rule_pages;
mod scripts;
mod versions;
