//! Catalogs of random blocks: every line with a mapping is read, or counted by a finding.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::model::{Diagnostic, url};

use crate::parse::unread::{RULES, catalog};
use crate::support::random::cases;

/// Text that may be put before and between items.
const OPENERS: [&str; 36] = [
    "<!--",
    "-->",
    "<!-- a -->",
    "```",
    "```",
    "~~~",
    "~~~~",
    "<script>",
    "</script>",
    "<style>",
    "<pre>",
    "</pre>",
    "<textarea>",
    "<details>",
    "</details>",
    "<div>",
    "<b>",
    "<?x",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!X",
    "# H",
    "words",
    "words",
    "  words",
    "===",
    "  ===",
    "---",
    "***",
    "| a | b |",
    "|---|---|",
    "[x]: /x",
    "- remark",
    "> words",
    "1. one",
];

/// Texts with which an item may begin.
const STARTS: [&str; 16] = [
    "- ",
    "- ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2. ",
    "  - ",
    "    - ",
    "      - ",
    "> - ",
    "- - ",
    "- # ",
    "- > ",
    "- <details> ",
    "\t- ",
];

fn line() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        3 => select(&STARTS[..]).prop_map(Some),
        2 => Just(None),
    ]
}

/// A catalog, and the addresses of its lines that are list items with a link and a mapping.
fn text_of(lines: &[(Option<&'static str>, &'static str, bool)]) -> (String, Vec<String>) {
    let mut text = String::from("# Lab\n\n");
    let mut addresses = Vec::new();
    for (at, (start, opener, blank)) in lines.iter().enumerate() {
        match start {
            Some(start) => {
                let address = format!("https://e.org/item-{at}");
                text.push_str(&format!("{start}[I]({address}) (2026-05-01) [thread:: t]\n"));
                addresses.push(address);
            }
            None => text.push_str(&format!("{opener}\n")),
        }
        if *blank {
            text.push('\n');
        }
    }
    (text, addresses)
}

/// The number of lines that a finding counts.
fn counted(finding: &Diagnostic) -> usize {
    let mut numbers = finding.message.split(|c: char| !c.is_ascii_digit());
    numbers.find_map(|number| number.parse::<usize>().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn unread_mapped_line_of_any_catalog_is_counted_by_a_finding(
        lines in vec((line(), select(&OPENERS[..]), prop::bool::weighted(0.3)), 1..14),
    ) {
        let (text, addresses) = text_of(&lines);
        let workspace = catalog(text.clone()).read();
        let items = workspace.catalogs.iter().flat_map(|catalog| &catalog.items);
        let read: Vec<&str> = items.filter_map(|listed| listed.item.canonical_url()).collect();
        let is_missing = |address: &&String| !read.contains(&&*url::canonical(address));
        let missing = addresses.iter().filter(is_missing).count();
        let found = workspace.diagnostics.iter().filter(|finding| RULES.contains(&finding.rule));
        prop_assert_eq!(found.map(counted).sum::<usize>(), missing, "{}", text);
    }
}
