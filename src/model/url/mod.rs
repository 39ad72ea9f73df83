//! Canonical forms of URLs, by which items are compared.

mod paper;

use std::borrow::Cow;
use std::ops::{Deref, Range};

use memchr::{memchr, memchr_iter, memrchr};

pub use paper::of_doi;

/// A URL with its canonical form, which is needed often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    written: Box<str>,
    canonical: Canonical,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Canonical {
    /// A range of the written URL, which needs no memory of its own.
    Part(Range<usize>),
    /// Another text.
    Other(Box<str>),
}

impl Url {
    /// Returns the canonical form, as [`canonical`] does.
    pub fn canonical(&self) -> &str {
        match &self.canonical {
            Canonical::Part(range) => &self.written[range.clone()],
            Canonical::Other(url) => url,
        }
    }
}

impl From<&str> for Url {
    fn from(written: &str) -> Self {
        let canonical = match canonical(written) {
            Cow::Borrowed(part) => {
                let start = part.as_ptr().addr() - written.as_ptr().addr();
                Canonical::Part(start..start + part.len())
            }
            Cow::Owned(url) => Canonical::Other(url.into()),
        };
        Self { written: written.into(), canonical }
    }
}

impl Deref for Url {
    type Target = str;

    /// Returns the URL as it is written.
    fn deref(&self) -> &str {
        &self.written
    }
}

/// Returns the canonical form of a URL, which is equal for all URLs of one page. For comparison
/// only.
///
/// Removed: scheme, user, `www.`, default port, trailing slashes and tracking parameters; the host
/// is in lower case. Kept: the path with its case, all other query parameters in their order, and
/// the fragment, because feeds use it to distinguish items. All versions and formats of an arXiv
/// paper have one form; so have all URLs with the same DOI, on any host, and a post on `LessWrong`,
/// the Alignment Forum and `GreaterWrong`.
///
/// `HTTPS://www.example.org/A/?utm_source=x&p=1` gives `example.org/A?p=1`, and
/// `https://publisher.example/doi/abs/10.1000/JX.3733?af=R` gives `doi.org/10.1000/jx.3733`.
pub fn canonical(url: &str) -> Cow<'_, str> {
    match written(url.trim()) {
        Cow::Borrowed(url) => canonical_of_written(url),
        Cow::Owned(url) => Cow::Owned(canonical_of_written(&url).into_owned()),
    }
}

fn canonical_of_written(url: &str) -> Cow<'_, str> {
    let url = without_scheme(url);
    let (rest, fragment) = split(url, b'#');
    let (rest, query) = split(rest, b'?');
    let (authority, path) = match memchr(b'/', rest.as_bytes()) {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = host_of(authority);
    let path = path.trim_end_matches('/');
    if let Some(paper) = paper::arxiv(&host, path).or_else(|| paper::doi(&host, path)) {
        // A paper has the same DOI or number with any query and fragment.
        return Cow::Owned(paper);
    }
    let post = forum_post(&host, path);
    if post.is_none() && rest.len() == url.len() && authority.ends_with(&*host) {
        // The canonical form of most URLs is a part of the URL.
        let start = authority.len() - host.len();
        return Cow::Borrowed(&rest[start..authority.len() + path.len()]);
    }
    let mut canonical = post.unwrap_or_else(|| [&*host, path].concat());
    let is_kept = |parameter: &&str| !parameter.is_empty() && !is_tracking(parameter, &host, path);
    let mut parameters = query.split('&').filter(is_kept);
    if let Some(first) = parameters.next() {
        canonical.push('?');
        canonical.push_str(first);
    }
    for parameter in parameters {
        canonical.push('&');
        canonical.push_str(parameter);
    }
    if !fragment.is_empty() {
        canonical.push('#');
        canonical.push_str(fragment);
    }
    Cow::Owned(canonical)
}

/// Returns whether a URL begins with `http://` or `https://`, in any case.
pub fn is_web(url: &str) -> bool {
    let begins = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

/// Returns the URL as it can be written into a text: without control characters, and with the
/// characters that would end it percent-encoded. `https://x.org/a b` gives `https://x.org/a%20b`.
pub fn written(url: &str) -> Cow<'_, str> {
    // A fold has no early exit, so that the compiler can compare several bytes at once.
    if !url.bytes().fold(false, |found, byte| found | may_need_encoding(byte)) {
        return Cow::Borrowed(url);
    }
    let mut encoded = String::with_capacity(url.len());
    for character in url.chars().filter(|c| !c.is_control()) {
        match character {
            ' ' => encoded.push_str("%20"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '\\' => encoded.push_str("%5C"),
            c => encoded.push(c),
        }
    }
    Cow::Owned(encoded)
}

fn may_need_encoding(byte: u8) -> bool {
    // 0xC2 is the first byte of the control characters that are not ASCII.
    byte.is_ascii_control() || matches!(byte, b' ' | b'<' | b'>' | b'\\' | 0xC2)
}

/// Returns the last segment of the path, for ids; `None` for a URL without a path.
///
/// `https://x.org/research/aar/?a=1#b` gives `aar`.
pub fn last_segment(url: &str) -> Option<&str> {
    let rest = without_scheme(url);
    let (rest, _) = split(rest, b'#');
    let (rest, _) = split(rest, b'?');
    let path = rest.trim_end_matches('/');
    let slash = memrchr(b'/', path.as_bytes())?;
    Some(&path[slash + 1..]).filter(|segment| !segment.is_empty())
}

/// Returns the parts of a canonical URL that can distinguish pages with the same short id: the
/// query parameters and the fragment, and the segments of the path from right to left.
///
/// `board.example/2026/12/minutes?page=2#top` gives `[("page", "2"), ("#", "top")]` and
/// `["minutes", "12", "2026"]`.
pub fn distinguishing_parts(canonical: &str) -> (Vec<(&str, &str)>, Vec<&str>) {
    let (rest, fragment) = split(canonical, b'#');
    let (rest, query) = split(rest, b'?');
    let values = query.split('&').map(|parameter| match parameter.split_once('=') {
        Some((key, value)) => (key, value),
        None => ("", parameter),
    });
    let values = values.chain(std::iter::once(("#", fragment)));
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let path = path.rsplit('/').filter(|part| !part.is_empty());
    (values.filter(|(_, value)| !value.is_empty()).collect(), path.collect())
}

fn without_scheme(url: &str) -> &str {
    let mut colons = memchr_iter(b':', url.as_bytes());
    let scheme = colons.find(|&colon| url[colon..].starts_with("://"));
    scheme.map_or(url, |colon| &url[colon + "://".len()..])
}

/// Splits a text at the first occurrence of an ASCII character: `a?b` at `?` gives `a` and `b`, and
/// `a` gives `a` and the empty string.
fn split(text: &str, character: u8) -> (&str, &str) {
    let index = memchr(character, text.as_bytes());
    index.map_or((text, ""), |index| (&text[..index], &text[index + 1..]))
}

/// Returns the host in lower case: `me@www.Example.org:443` gives `example.org`.
fn host_of(authority: &str) -> Cow<'_, str> {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    if host.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        Cow::Owned(bare_host(&host.to_lowercase()).to_string())
    } else {
        Cow::Borrowed(bare_host(host))
    }
}

fn bare_host(host: &str) -> &str {
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Returns whether a query parameter only tracks visitors: `utm_source=x` on any host, `r=x` in
/// newsletters.
fn is_tracking(parameter: &str, host: &str, path: &str) -> bool {
    const NAMES: [&str; 17] = [
        "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref", "ref_src",
        "gbraid", "wbraid", "srsltid", "yclid", "twclid", "_hsenc", "_hsmi", "mkt_tok",
    ];
    const PREFIXES: [&str; 3] = ["utm_", "mtm_", "pk_"];
    const OF_NEWSLETTERS: [&str; 5] =
        ["publication_id", "post_id", "isfreemail", "r", "triedredirect"];
    let name = split(parameter, b'=').0.to_lowercase();
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NAMES.contains(&name.as_str())
        || (path.starts_with("/p/") && OF_NEWSLETTERS.contains(&name.as_str()))
        || (FORUMS.contains(&host) && name == "commentid")
}

/// Returns a URL without query parameters that only track visitors. All other text stays as it is
/// written.
///
/// `https://Example.org/a/?utm_source=x&p=1#b` gives `https://Example.org/a/?p=1#b`.
pub fn without_tracking(url: &str) -> Cow<'_, str> {
    let (rest, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let Some((page, query)) = rest.split_once('?') else {
        return Cow::Borrowed(url);
    };
    let address = without_scheme(page);
    let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let host = host_of(authority);
    let kept: Vec<&str> =
        query.split('&').filter(|parameter| !is_tracking(parameter, &host, path)).collect();
    let kept = kept.join("&");
    match kept.as_str() {
        same if same == query => Cow::Borrowed(url),
        "" => Cow::Owned(format!("{page}{fragment}")),
        kept => Cow::Owned(format!("{page}?{kept}{fragment}")),
    }
}

/// Forums that share their posts.
const FORUMS: [&str; 3] = ["lesswrong.com", "alignmentforum.org", "greaterwrong.com"];

/// Returns the canonical URL of a post on one of the forums that share their posts:
/// `alignmentforum.org` with `/posts/ID/slug` gives `lesswrong.com/posts/ID`.
fn forum_post(host: &str, path: &str) -> Option<String> {
    let path = FORUMS.contains(&host).then_some(path)?;
    let post = path.split_once("/posts/")?.1.split('/').next()?;
    Some(format!("lesswrong.com/posts/{post}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn same(left: &str, right: &str) {
        assert_eq!(canonical(left), canonical(right), "{left} and {right}");
    }

    pub(super) fn different(left: &str, right: &str) {
        assert_ne!(canonical(left), canonical(right), "{left} and {right}");
    }

    #[test]
    fn canonical_removes_what_does_not_distinguish_pages() {
        same("http://www.Example.org:80/a/", "https://example.org/a");
        same("https://example.org/a?utm_source=x&fbclid=1", "https://example.org/a");
        same("https://example.org?ref=hn", "https://example.org/");
        same("https://me@example.org/a", "https://example.org/a");
    }

    #[test]
    fn canonical_keeps_what_distinguishes_pages() {
        different("https://example.org/A", "https://example.org/a");
        different("https://example.org/a#one", "https://example.org/a#two");
        different("https://example.org/?p=1", "https://example.org/?p=2");
        different("https://example.org:8080/a", "https://example.org/a");
        different("https://blog.example.org/a", "https://example.org/a");
    }

    #[test]
    fn distinguishing_parts_are_values_and_the_path_from_the_right() {
        let (values, path) = distinguishing_parts("board.example/2026/12/minutes?page=2&all#top");
        assert_eq!(values, [("page", "2"), ("", "all"), ("#", "top")]);
        assert_eq!(path, ["minutes", "12", "2026"]);
        assert_eq!(distinguishing_parts("board.example"), (vec![], vec![]));
    }

    #[test]
    fn canonical_of_a_forum_post_is_its_id() {
        same(
            "https://www.alignmentforum.org/posts/LByP4qsF8a4g7Pz3p/research-sabotage",
            "https://www.lesswrong.com/posts/LByP4qsF8a4g7Pz3p/another-slug?utm_source=x",
        );
        same(
            "https://www.greaterwrong.com/posts/LByP4qsF8a4g7Pz3p",
            "https://www.lesswrong.com/s/abc/posts/LByP4qsF8a4g7Pz3p",
        );
        different("https://www.lesswrong.com/posts/aaa/x", "https://www.lesswrong.com/posts/bbb/x");
    }

    #[test]
    fn url_keeps_both_the_written_and_the_canonical_form() {
        for written in ["https://x.org/a", "HTTP://www.X.org:80/a/?ref=hn", " x.org/a "] {
            let url = Url::from(written);
            assert_eq!((&*url, url.canonical()), (written, "x.org/a"));
        }
    }

    #[test]
    fn last_segment_ignores_query_fragment_and_trailing_slash() {
        assert_eq!(last_segment("https://x.org/research/aar/?a=1#b"), Some("aar"));
        assert_eq!(last_segment("https://x.org/"), None);
        assert_eq!(last_segment("https://x.org"), None);
    }
}
