//! A scan of any files: each thread is written or refused with a reason, the lines that are not new or
//! different are unchanged, and a second scan finds nothing to do.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::evaluate::{CatalogIndex, evaluate};
use thread_tracker::model::date;
use thread_tracker::commands::scan::edit as scan;
use thread_tracker::edit::Rewrite;
use thread_tracker::workspace::{Documents, Workspace};

mod files;

fuzz_target!(|bytes: &[u8]| {
    let documents = files::documents(bytes);
    let Some(rewrite) = scanned(documents.clone()) else { return };
    stays(&rewrite);
    let mut documents = documents;
    documents.threads[0].text = rewrite.after;
    if let Some(again) = scanned(documents) {
        panic!("scanned twice: {:?}", again.changes);
    }
});

fn scanned(documents: Documents) -> Option<Rewrite> {
    let workspace = Workspace::read(documents);
    let (file, configuration) = (workspace.threads.first()?, &workspace.configuration);
    let index = CatalogIndex::new(&workspace.catalogs, configuration);
    let today = date::parse("2026-11-23").expect("a day");
    let evaluation = evaluate(&file.thread, &index, configuration, today);
    let planned = scan::plan(file, &evaluation, &index, configuration);
    assert!(planned.problems.iter().all(|problem| problem.help.is_some()), "no remedy");
    planned.rewrite
}

/// The lines that a rewrite does not name are those that stood there, in their order. What ends the last line
/// of a file may begin with a carriage return that ended it before.
fn stays(rewrite: &Rewrite) {
    let mut old = rewrite.before.text.lines().map(unended);
    let new = rewrite.after.lines().map(unended).zip(1..);
    for (line, _) in new.filter(|(_, number)| !rewrite.lines.contains(number)) {
        let stood = line.trim().is_empty() || old.any(|before| before == line);
        assert!(stood, "this line did not stand there: {line:?}");
    }
}

fn unended(line: &str) -> &str {
    line.trim_end_matches('\r')
}
