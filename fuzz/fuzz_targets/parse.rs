//! Any bytes as a thread, a catalog and a configuration: read, checked and shown in every format
//! without a panic, and without a character that a terminal would obey.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::commands::check::formats;
use thread_tracker::commands::shared::findings::text;
use thread_tracker::commands::shared::findings::report::findings;
use thread_tracker::check;
use thread_tracker::text::is_control;
use thread_tracker::workspace::Workspace;

mod files;

fuzz_target!(|bytes: &[u8]| {
    let workspace = Workspace::read(files::documents(bytes));
    let found = check::check(&workspace);
    for width in [None, Some(20), Some(40), Some(80), Some(140)] {
        text::render(&workspace, &found, width);
    }
    let findings = findings(&workspace, &found);
    let printed = [
        formats::concise::render(&findings),
        formats::github::render(&findings),
        formats::sarif::render(&findings),
    ];
    for text in printed {
        assert!(!text.chars().any(|c| is_control(c) && c != '\n'), "a terminal would obey: {text:?}");
    }
});
