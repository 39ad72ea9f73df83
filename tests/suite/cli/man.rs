//! `man`: the manual pages.

use crate::support::scratch::Scratch;

#[test]
fn man_writes_a_page_for_every_command() {
    let scratch = Scratch::new();
    assert!(scratch.run(&["man"]).stdout.contains(".TH thread 1"));
    for _ in 0..2 {
        assert_eq!(scratch.run(&["man", "pages"]).code, Some(0));
    }
    let files = scratch.files();
    for name in ["thread", "thread-scan", "thread-catalog-add", "thread-hook-install"] {
        let page = &files[&format!("pages/{name}.1")];
        assert!(String::from_utf8_lossy(page).contains("\n.SH DESCRIPTION\n"), "{name}");
    }
}
