//! Any bytes as a thread, a catalog and a configuration: read, checked and shown in every format
//! without a panic, and without a character that a terminal would obey.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::render::diagnostics;
use thread_tracker::report::diagnostics::findings;
use thread_tracker::rules;
use thread_tracker::text::is_obeyed;
use thread_tracker::workspace::Workspace;

mod files;

fuzz_target!(|bytes: &[u8]| {
    let workspace = Workspace::read(files::documents(bytes));
    let found = rules::check(&workspace);
    for width in [None, Some(20), Some(40), Some(80), Some(140)] {
        diagnostics::render(&workspace, &found, width);
    }
    let findings = findings(&workspace, &found);
    let printed = [
        diagnostics::concise::render(&findings),
        diagnostics::github::render(&findings),
        diagnostics::sarif::render(&findings),
    ];
    for text in printed {
        assert!(!text.chars().any(|c| is_obeyed(c) && c != '\n'), "a terminal would obey: {text:?}");
    }
});
