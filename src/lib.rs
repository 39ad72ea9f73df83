//! `thread` follows research storylines in plain markdown files.
//!
//! The modules in reading order; a module imports only from those above it.

pub mod text;

pub mod model;

pub mod parse;

pub mod handle;

pub mod workspace;

pub mod evaluate;

pub mod rules;

pub mod plan;

pub mod adopt;

pub mod merge;

pub mod verbs;

pub mod report;

pub mod render;

pub mod store;

pub mod environment;

pub mod cli;

pub mod commands;
