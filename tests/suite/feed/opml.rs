//! Lists of subscriptions: hostile ones are refused or read in little time, and an export is read back.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use thread_tracker::edit::configuration::add_sources;
use thread_tracker::feed::LARGEST;
use thread_tracker::feed::opml::{Subscription, read, write};
use thread_tracker::model::{Days, FeedSettings, Source};
use thread_tracker::parse::configuration;
use thread_tracker::text::Document;

use crate::support::random::cases;

fn reason(opml: &str) -> String {
    read(opml.as_bytes()).expect_err("the list is refused").to_string()
}

fn feeds(opml: impl AsRef<[u8]>) -> Vec<String> {
    let read = read(opml.as_ref()).unwrap_or_else(|error| panic!("{error}"));
    read.into_iter().map(|subscription| subscription.feed).collect()
}

const LIST: &str =
    "<opml version=\"2.0\"><body><outline text=\"é\" xmlUrl=\"https://a.example/\"/></body></opml>";

#[test]
fn list_in_other_encodings_is_read() {
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{LIST}");
    let utf_16: Vec<u8> = declared("UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> =
        declared("ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = format!("\u{feff}{LIST}").into_bytes();
    let utf_16_marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf_16.clone()).collect();
    for bytes in [LIST.as_bytes().to_vec(), marked, utf_16, utf_16_marked, latin] {
        let read = read(&bytes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].title.as_deref(), Some("é"), "{bytes:?}");
    }
}

#[test]
fn list_in_any_version_is_read() {
    for version in ["1.0", "1.1", "2.0", "9"] {
        let list = LIST.replace("2.0", version);
        assert_eq!(feeds(&list), ["https://a.example/"], "{version}");
    }
    assert_eq!(feeds(LIST.replace(" version=\"2.0\"", "")), ["https://a.example/"]);
}

#[test]
fn list_with_an_outline_in_its_head_ignores_it() {
    let list =
        LIST.replace("<body>", "<head><outline xmlUrl=\"https://b.example/\"/></head><body>");
    assert_eq!(feeds(list), ["https://a.example/"]);
}

#[test]
fn title_of_a_list_has_no_characters_that_control_a_terminal() {
    let list = LIST.replace("é", "a&#27;[31m&#10;b&#x202e;c&#0;\u{1b}d");
    let read = read(list.as_bytes()).unwrap();
    assert_eq!(read[0].title.as_deref(), Some("a[31m bcd"));
    let list = LIST.replace("é", &"é".repeat(400));
    assert_eq!(title_length(&list), 301);
}

fn title_length(list: &str) -> usize {
    read(list.as_bytes()).unwrap()[0].title.as_ref().unwrap().chars().count()
}

#[test]
fn url_that_cannot_be_a_feed_is_refused() {
    for url in [
        "",
        "x",
        "ftp://a.example/",
        "https://",
        "https://a b.example/",
        "https://me:x@a.example/",
        "https://a.example/\u{202e}x",
        "https://a.example/\u{1b}x",
        "https://[a.example/",
        "file:///etc/passwd",
    ] {
        let feed = url.to_string();
        let subscription =
            Subscription { feed, title: None, slug: None, org: None, every: None, line: 1 };
        assert!(subscription.check().is_err(), "{url}");
    }
    let long = format!("https://a.example/{}", "x".repeat(2048));
    let list = LIST.replace("https://a.example/", &long);
    assert!(read(list.as_bytes()).unwrap()[0].check().is_err());
    assert_eq!(read(LIST.as_bytes()).unwrap()[0].check(), Ok(()));
}

#[test]
fn list_that_is_not_well_formed_is_refused_with_its_position() {
    for (list, position) in [
        ("<opml>\n <body>\n</bodi></opml>", "3:1: "),
        ("<opml>\n <body>\n", "3:1: "),
        ("<opml>\n</opml>\n<opml/>", "3:1: "),
        ("<opml/> x", "1:8: "),
        ("<opml><!-- x", "1:7: "),
        ("\u{feff}<opml>\r\n  <outline é=\"1\" é=\"2\"/></opml>", "2:3: "),
        ("<opml>\n</opml><", "2:8: "),
        ("<!DOCTYPE a [ <!ENTITY a \"b\"> ]><opml/>", "1:1: "),
        ("text", "1:1: "),
        (" ", "1:2: "),
    ] {
        let reason = reason(list);
        assert!(reason.starts_with(position), "{list:?}: {reason}");
    }
    assert_eq!(reason(""), "it is empty");
}

#[test]
fn hostile_lists_are_refused_in_little_time() {
    let start = Instant::now();
    let deep = format!("<opml>{}", "<outline>".repeat(200_000));
    assert!(reason(&deep).contains("more than 64 elements"), "{}", reason(&deep));
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"\"")).collect();
    assert!(reason(&format!("<opml{attributes}/>")).contains("more than 64 attributes"));
    let outlines = "<outline xmlUrl=\"https://a.example/\"/>".repeat(200_000);
    assert!(reason(&format!("<opml>{outlines}</opml>")).contains("more than 10000 feeds"));
    let empty = format!("<opml>{}</opml>", "<outline/>".repeat(200_000));
    assert_eq!(read(empty.as_bytes()), Ok(Vec::new()));
    let large = format!("<opml>{}</opml>", " ".repeat(LARGEST));
    assert_eq!(reason(&large), "it is larger than 16 MiB");
    // A line of 16 MiB with 9,000 feeds, and an `&` in each.
    let feed =
        format!("<outline xmlUrl=\"https://a.example/?a&amp;b&c\" text=\"{}\"/>", "&x".repeat(800));
    let wide = format!("<opml>{}</opml>", feed.repeat(9_000));
    assert_eq!(feeds(&wide).len(), 9_000);
    let bomb: String =
        (1..60).map(|n| format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1)).collect();
    assert!(reason(&format!("<!DOCTYPE opml [{bomb}]><opml/>")).contains("entities"));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// Parts of names that XML, YAML or a terminal may take for something else.
const PARTS: [&str; 22] = [
    "\"", "'", "<b>", "&amp;", "&", "]]>", "<!--", "-->", "\\", ": ", " #", "{", "}", "[", "]",
    ",", "é", "海藻", "שלום", "🪸", "<?x ?>", "- ",
];

fn name() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(proptest::sample::select(&PARTS[..]), 0..6);
    (parts, "[a-z0-9]{1,6}").prop_map(|(parts, word)| {
        let name = format!("{word}{}{word}", parts.concat());
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

fn source() -> impl Strategy<Value = Source> {
    let feeds =
        proptest::collection::vec("https://[a-z]{1,3}\\.example/[a-z?&=%'(),;~-]{0,12}", 1..4);
    let every = proptest::option::of(1..400_u32);
    (proptest::option::of(name()), proptest::option::of(name()), every, feeds).prop_map(
        |(name, org, every, feeds)| Source {
            name,
            org,
            every: every.map(Days),
            feed: FeedSettings { feeds, ..FeedSettings::default() },
            ..Source::default()
        },
    )
}

/// Forms of `thread.yaml`.
const FORMS: [&str; 10] = [
    "",
    "# nothing\n",
    "people: {ines: person}\n",
    "sources:\n",
    "sources: {}\npeople: {ines: person}\n",
    "sources: {zz: {name: Z}}\n",
    "sources:\r\n    zz:\r\n        name: Z   # last\r\npeople: {ines: person}\r\n",
    "\"sources\":\n  \"zz\": {name: Z}\n",
    "sources: {\n  zz: {name: Z},\n}\n",
    "sources:\n  zz: {name: Z}\ntagging:\n  kelp: {title: kelp}\n",
];

proptest! {
    #![proptest_config(cases(300))]

    /// The sources of an export are those that were exported, and `thread.yaml` takes them in any form.
    #[test]
    fn export_is_read_back(
        sources in proptest::collection::btree_map("[a-y0-9]{1,4}", source(), 1..5),
        form in proptest::sample::select(&FORMS[..]),
    ) {
        let exported = write(sources.iter().map(|(slug, source)| (slug.as_str(), source)));
        let read = read(exported.as_bytes()).unwrap_or_else(|error| panic!("{error}: {exported}"));
        let expected: Vec<Subscription> = sources
            .iter()
            .flat_map(|(slug, source)| source.feed.feeds.iter().map(move |feed| (slug, source, feed)))
            .enumerate()
            .map(|(at, (slug, source, feed))| Subscription {
                feed: feed.clone(),
                title: Some(source.name.as_ref().unwrap_or(slug).clone()),
                slug: Some(slug.clone()),
                org: source.org.clone(),
                every: source.every.map(|every| every.to_string()),
                line: at + 7,
            })
            .collect();
        prop_assert_eq!(read, expected);
        let document = Document::new("thread.yaml", form);
        let pairs: Vec<(String, Source)> = sources.clone().into_iter().collect();
        let rewrite = add_sources(&document, &pairs);
        let rewrite = rewrite.unwrap_or_else(|refusal| panic!("{refusal:?}: {form:?}"));
        let (found, _) = configuration::parse(&Document::new("thread.yaml", rewrite.after.as_str()));
        let (mut expected, _) = configuration::parse(&document);
        expected.sources.extend(sources);
        prop_assert_eq!(found, expected);
    }
}
