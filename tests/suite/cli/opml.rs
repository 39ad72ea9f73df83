//! `source import` and `source export`.

use thread_tracker::parse::configuration;
use thread_tracker::text::Document;

use crate::support::scratch::Scratch;

const SOURCES: &str = r#"sources:
  tide-letter:
    name: 'Tide <b>"Gazette"</b> & ''co'': R&amp;D #1'
    org: harbour
    every: 2w
    feed: https://tide.example/feed?a=1&b=2
  "2600": {feed: [https://phone.example/a, https://phone.example/b]}
  kelp: {name: "שלום 🪸 \\ ]]>", feed: https://kelp.example/feed}
  blog: {name: Blog, feed: https://a.example/feed}
  blog-b: {name: Blog, feed: https://b.example/feed}
  海藻: {name: 海藻 の, every: 1d, feed: "https://sea.example/#x"}
"#;

#[test]
fn source_import_of_an_export_gives_the_same_sources() {
    let scratch = Scratch::new().with("thread.yaml", SOURCES);
    let exported = scratch.run(&["source", "export"]);
    assert_eq!((exported.code, exported.stderr.as_str()), (Some(0), ""), "{}", exported.said());
    let empty = Scratch::new().with("thread.yaml", "").with("all.opml", &exported.stdout);
    let ran = empty.run(&["source", "import", "all.opml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let sources = |text: String| {
        let (configuration, diagnostics) =
            configuration::parse(&Document::new("thread.yaml", text));
        assert_eq!(diagnostics, []);
        configuration.sources
    };
    assert_eq!(sources(empty.text("thread.yaml")), sources(SOURCES.to_string()));
    assert_eq!(empty.run(&["source", "export"]), exported);
    // A second import changes nothing.
    let scratch = scratch.with("all.opml", &exported.stdout);
    let ran = scratch.run(&["source", "import", "all.opml"]);
    assert!(ran.stdout.contains("already declared: 2600, blog, "), "{}", ran.said());
    assert!(ran.stdout.contains("Already up to date."), "{}", ran.said());
    assert_eq!(scratch.text("thread.yaml"), SOURCES);
}

#[test]
fn source_import_that_fails_writes_nothing() {
    let scratch = Scratch::new().with("thread.yaml", SOURCES);
    let before = scratch.files();
    for list in [
        "<opml><body><outline xmlUrl='https://new.example/'/><outline></body></opml>",
        "<opml><body><outline xmlUrl='https://new.example/'/></body></opml><opml>",
        "<opml><body><outline xmlUrl='https://new.example/'/>&x;<outline text='&x;'/></body></opml>",
    ] {
        let scratch = scratch.copy().with("list.opml", list);
        let ran = scratch.run(&["source", "import", "list.opml"]);
        assert_eq!(ran.code, Some(2), "{list}: {}", ran.said());
        assert!(ran.stderr.starts_with("error: list.opml:1:"), "{}", ran.said());
        let mut after = scratch.files();
        after.remove("list.opml");
        assert_eq!(after, before, "{list}");
    }
    // A flow map that is empty has no place for a key.
    let scratch = Scratch::new().with("thread.yaml", "{}").with(
        "list.opml",
        "<opml><body><outline text='New' xmlUrl='https://new.example/'/></body></opml>",
    );
    let ran = scratch.run(&["source", "import", "list.opml"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert_eq!(scratch.text("thread.yaml"), "{}");
}

#[test]
fn source_import_without_a_configuration_creates_it() {
    let list = "<opml><outline text='New' xmlUrl='https://new.example/'/>\
                <outline text='Other' xmlUrl='https://other.example/'/></opml>";
    let scratch = Scratch::new().with("threads/a.md", "# A\n").with("list.opml", list);
    let ran = scratch.run(&["source", "import", "list.opml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    let text = "sources:\n  new: {name: New, feed: \"https://new.example/\"}\n  \
                other: {name: Other, feed: \"https://other.example/\"}\n";
    assert_eq!(scratch.text("thread.yaml"), text);
}
