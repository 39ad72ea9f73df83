//! `check`: rules, fixes, formats and the index of git.

mod fix;
mod fix_files;
mod formats;
mod limits;
mod rules;
mod staged;
