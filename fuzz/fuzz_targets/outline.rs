//! Any body: its blocks are in order, apart from each other, and each part inside what holds it; and
//! reading it by plain lines finds what the markdown parser finds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thread_tracker::model::SectionNames;
use thread_tracker::parse::markdown;
use thread_tracker::parse::markdown::{Block, BlockKind, Inline, List, Table};
use thread_tracker::parse::sections;
use thread_tracker::text::{Document, Span};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let document = Document::new("threads/fuzz.md", text.as_ref());
    let body = Span::new(0, text.len());
    let outline = markdown::parse(&document, body);
    assert_eq!(outline, markdown::parse_as_markdown(&document, body), "plain lines mean the same");
    let mut last = 0;
    for Block { span, kind } in &outline.blocks {
        document.slice(*span);
        assert!(last <= span.start, "{kind:?} begins inside of what stands before it");
        last = span.end;
        match kind {
            BlockKind::List(list) => list_stands(&document, list, *span),
            BlockKind::Table(table) => table_stands(&document, table, *span),
            BlockKind::Paragraph(inline) => inline_stands(&document, inline),
            BlockKind::Heading { .. } | BlockKind::Other(_) => {}
        }
    }
    for section in sections::find_sections(&outline, &SectionNames::default()) {
        for part in &section.parts {
            assert!(part.blocks.end <= outline.blocks.len());
        }
    }
});

fn list_stands(document: &Document, list: &List, within: Span) {
    let mut last = within.start;
    for item in &list.items {
        let Span { start, end } = item.span;
        assert!(last <= start && end <= within.end, "{:?} is outside of {within:?}", item.span);
        last = end;
        assert!(start == item.head.start && item.head.end <= end, "{item:?}");
        document.slice(item.head);
        inline_stands(document, &item.inline);
        item.children.iter().for_each(|list| list_stands(document, list, item.span));
    }
}

fn table_stands(document: &Document, table: &Table, within: Span) {
    let cells = table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells));
    for cell in cells {
        let Span { start, end } = cell.span;
        assert!(within.start <= start && end <= within.end, "{cell:?} is outside of {within:?}");
        document.slice(cell.span);
        inline_stands(document, &cell.inline);
    }
}

fn inline_stands(document: &Document, inline: &Inline) {
    let links = inline.links.iter().map(|link| link.span);
    for span in links.chain(inline.opaque.iter().copied()) {
        assert!(document.slice(span).len() == span.end - span.start);
    }
}
