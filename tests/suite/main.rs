//! All tests of the product in one binary; `tests/README.md` is the table of contents.

mod check;
mod cli;
mod console;
mod edit;
mod evaluate;
mod feed;
mod fetch;
mod merge;
mod parse;
mod properties;
mod repository;
mod store;
mod stress;
mod support;
