//! Any text as an item: a line of a list is parsed in place, and what a person calls an
//! item is written so that the same item is read back, or refused as the person's own mistake.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::model::Error;
use thread_tracker::model::ErrorKind;
use thread_tracker::evaluate::CatalogIndex;
use thread_tracker::model::date;
use thread_tracker::parse::bullet;
use thread_tracker::parse::markdown;
use thread_tracker::parse::markdown::BlockKind;
use thread_tracker::text::{Document, Span};
use thread_tracker::commands::add::AddArgs;
use thread_tracker::commands::add::edit::add;
use thread_tracker::commands::shared::new_item::AboutArgs;
use thread_tracker::commands::shared::edit::context::EditContext;
use thread_tracker::workspace::{Documents, Workspace};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    taken_apart(&format!("- {text}"));
    written(&text);
});

fn taken_apart(text: &str) {
    let document = Document::new("threads/fuzz.md", text);
    let outline = markdown::parse(&document, Span::new(0, text.len()));
    for block in &outline.blocks {
        let BlockKind::List(list) = &block.kind else { continue };
        for item in &list.items {
            let mut found = Vec::new();
            let bullet = bullet::parse(&document, item, None, &mut found);
            assert!((item.head.start..=item.head.end).contains(&bullet.end));
            for field in &bullet.fields {
                let Span { start, end } = field.whole;
                assert!(start <= field.span.start && field.span.end <= end);
                assert_eq!(document.slice(field.span), field.value);
            }
            for word in bullet.list_values(&["tags", "on"]) {
                assert_eq!(document.slice(word.span), word.value);
            }
            for finding in &found {
                document.slice(finding.span);
            }
        }
    }
}

/// The parts of an item, one a line.
fn written(text: &str) {
    let thread = "---\nripeness: {level: low}\n---\n# T\n\n## Evidence\n\n## Ripeness\n\nProse.\n";
    let workspace = Workspace::read(Documents {
        threads: vec![Document::new("threads/t.md", thread)],
        ..Documents::default()
    });
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let today = date::parse("2026-11-23").expect("a day");
    let context = EditContext { workspace: &workspace, index: &index, today, me: None };
    let mut parts = text.split('\n').map(str::to_string);
    let what = parts.next().unwrap_or_default();
    let about = AboutArgs {
        title: parts.next(),
        org: parts.next(),
        date: Some(today),
        tags: parts.collect(),
    };
    let (thread, source) = ("t".to_string(), Some("feed".to_string()));
    let new = AddArgs { thread, what, source, about, ..AddArgs::default() };
    if let Err(Error { kind: ErrorKind::File(finding), .. }) = add(&context, &new) {
        panic!("{new:?}: {}", finding.message);
    }
}
