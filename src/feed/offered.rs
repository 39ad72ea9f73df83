//! The feeds that an HTML page offers.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use url::Url;

/// The types of feeds.
const TYPES: [&str; 4] =
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// Links are searched in this many bytes at the start of a page: the head is there, and the time of
/// the tokenizer grows with the square of the attributes of a tag.
const LONGEST_HEAD: usize = 128 << 10;

/// The links and the base of a page.
#[derive(Default)]
struct Links {
    base: RefCell<Option<String>>,
    hrefs: RefCell<Vec<String>>,
}

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            match &*tag.name {
                "base" => {
                    let mut base = self.base.borrow_mut();
                    *base = base.take().or_else(|| attribute(&tag, "href"));
                }
                "link" if is_feed(&tag) => self.hrefs.borrow_mut().extend(attribute(&tag, "href")),
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let mut attributes = tag.attrs.iter();
    let found = attributes.find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.trim().to_string())
}

/// Returns whether a `link` leads to a feed.
fn is_feed(tag: &Tag) -> bool {
    let rel = attribute(tag, "rel").unwrap_or_default();
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"))
        && TYPES.contains(&kind.as_str())
}

/// Returns the URLs of the feeds of a page, each once.
pub(super) fn offered_feeds(html: &str, base: Option<&Url>) -> Vec<String> {
    let tokenizer = Tokenizer::new(Links::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&html[..html.floor_char_boundary(LONGEST_HEAD)]));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Links { base: declared, hrefs } = tokenizer.sink;
    let declared = declared.into_inner();
    let base = match (base, declared.as_deref()) {
        (Some(base), Some(declared)) => base.join(declared).ok(),
        (None, Some(declared)) => Url::parse(declared).ok(),
        (base, None) => base.cloned(),
    };
    let mut urls: Vec<String> = Vec::new();
    for href in hrefs.into_inner() {
        let url = base.as_ref().and_then(|base| base.join(&href).ok());
        let url = url.map_or(href, |url| url.to_string());
        if !url.is_empty() && !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}
