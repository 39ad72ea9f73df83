//! Fixes of any bytes: each leaves all bytes outside its edits alone, all of them together add no
//! error, and fixing twice is fixing once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::model::{Diagnostic, Safety, RuleLevels};
use thread_tracker::check::fix::fix;
use thread_tracker::check;
use thread_tracker::text::{Document, Patch};
use thread_tracker::workspace::Workspace;

mod files;

fuzz_target!(|bytes: &[u8]| {
    let mut documents = files::documents(bytes);
    let found = check::check(&Workspace::read(documents.clone()));
    for finding in &found {
        let document = documents.all().find(|document| document.path == finding.path);
        document.into_iter().for_each(|document| mends_in_place(document, finding));
    }
    let rule_levels = RuleLevels::default();
    for safety in [Safety::Safe, Safety::Unsafe] {
        let fixed = fix(documents.clone(), safety, &rule_levels, &|_| true);
        assert!(errors(&fixed.findings) <= errors(&found), "an error was added");
        for file in fixed.files {
            let document = documents.all_mut().find(|document| document.path == file.before.path);
            document.expect("it was there").text = file.after;
        }
        let again = fix(documents.clone(), safety, &rule_levels, &|_| true);
        assert!(again.files.is_empty(), "fixed twice: {:?}", again.made);
    }
});

/// The edits of a fix fit, and without them both texts are the same.
fn mends_in_place(document: &Document, finding: &Diagnostic) {
    let Some(fix) = &finding.fix else { return };
    let patch = Patch::new(document, fix.edits.clone()).expect("the edits fit");
    let (after, places) = patch.apply(document);
    let taken_out = patch.edits().iter().map(|edit| edit.span().range());
    let put_in = places.iter().map(|place| place.range());
    assert_eq!(without(&document.text, taken_out), without(&after, put_in));
}

fn without(text: &str, ranges: impl Iterator<Item = std::ops::Range<usize>>) -> String {
    let mut rest = String::new();
    let mut copied = 0;
    for range in ranges {
        rest.push_str(&text[copied..range.start]);
        copied = range.end;
    }
    rest + &text[copied..]
}

fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|finding| finding.is_error()).count()
}
