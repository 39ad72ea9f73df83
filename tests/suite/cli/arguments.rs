//! Arguments that begin with dashes.

use crate::edit::free_text::THREAD;
use crate::support::scratch::Scratch;

#[test]
fn arguments_with_leading_dashes_are_taken_as_text() {
    for text in ["- a", "---", "--> see", "-x", "--by"] {
        let item = ["--title", text, "--org", text, "--tag", "hit"];
        for arguments in [
            &["promote", "x", "ripe", "--reason", text, "--by", "alex"][..],
            &["hold", "x", "--below", "ripe", "--until", "2027-01-01", "--why", text],
            &["attest", "x", "seen", "--note", text],
            &["read", "x", "known", "--note", text],
            &[&["add", "x", "https://e.org/b", "--source", "feed"][..], &item].concat(),
            &[&["catalog", "add", "feed", "https://e.org/b"][..], &item].concat(),
        ] {
            let scratch = Scratch::new().with("threads/x.md", THREAD);
            let ran = scratch.run(arguments);
            assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.said());
        }
    }
    let scratch = Scratch::new().with("threads/x.md", THREAD);
    for arguments in [
        &["new", "- a title", "-n"][..],
        &["new", "-n", "--> a title"],
        &["add", "x", "- a title", "--source", "feed", "-n"],
        &["catalog", "add", "feed", "--- a title", "-n"],
    ] {
        let ran = scratch.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.said());
        assert!(ran.stdout.contains("a title"), "{}", ran.stdout);
    }
    assert_eq!(scratch.files().len(), 1, "`-n` is still an option");
}
