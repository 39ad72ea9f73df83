//! Bytes as the files of a workspace.

use thread_tracker::text::Document;
use thread_tracker::workspace::Documents;

/// The separator of two files.
const BORDER: &str = "\n=====\n";

/// A thread; after a border a catalog; after another a configuration.
pub fn documents(bytes: &[u8]) -> Documents {
    let text = String::from_utf8_lossy(bytes);
    let mut texts = text.split(BORDER);
    let mut next = |path| texts.next().map(|text| Document::new(path, text));
    Documents {
        threads: next("threads/fuzz.md").into_iter().collect(),
        catalogs: next("backlogs/2026-05-02-one-backlog.md").into_iter().collect(),
        configuration: next("thread.yaml"),
        ..Documents::default()
    }
}
