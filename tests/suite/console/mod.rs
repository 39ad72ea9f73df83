//! Documents whose console blocks are run: the README, the guides, the rule pages and the cases.
//!
//! Each guide and each case is a test of its own name: `tests/cases/next.md` is
//! `console::cases::next`. `support/console.rs` says how documents are run.

use crate::support::console::{markdown_in, run};

/// Defines a test for each document of a directory, and one that no document is left out.
macro_rules! documents {
    ($directory:literal: $($name:ident)*) => {
        $(#[test]
        fn $name() {
            crate::support::console::run(&[super::path($directory, stringify!($name))]);
        })*

        #[test]
        fn all_documents_are_listed() {
            super::assert_listed($directory, &[$(stringify!($name)),*], file!());
        }
    };
}

mod cases;
mod guides;

#[test]
fn readme() {
    run(&["README.md".into()]);
}

#[test]
fn rule_pages() {
    run(&markdown_in("docs/rules"));
}

/// Path of the document that a test is named after: `as_of` runs `as-of.md`.
fn path(directory: &str, name: &str) -> String {
    format!("{directory}/{}.md", name.replace('_', "-"))
}

/// Expects that the names in a list are those of the documents of a directory.
fn assert_listed(directory: &str, names: &[&str], list: &str) {
    let listed: Vec<String> = names.iter().map(|name| path(directory, name)).collect();
    let missing = markdown_in(directory).into_iter().filter(|path| !listed.contains(path));
    let missing: Vec<String> =
        missing.map(|path| format!("{path}: add its name to {list}")).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
