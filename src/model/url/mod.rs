//! When two addresses mean the same page.

mod paper;

use std::borrow::Cow;
use std::ops::{Deref, Range};

use memchr::{memchr, memchr_iter, memrchr};

pub use paper::of_doi;

/// An address as it is written, with what all ways of writing it have in common: that is asked for
/// again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    written: Box<str>,
    canonical: Canonical,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Canonical {
    /// A piece of what is written.
    Piece(Range<usize>),
    /// Something else.
    Other(Box<str>),
}

impl Address {
    /// The address, for comparison only, as [`canonical`] makes it.
    pub fn canonical(&self) -> &str {
        match &self.canonical {
            Canonical::Piece(piece) => &self.written[piece.clone()],
            Canonical::Other(address) => address,
        }
    }
}

impl From<&str> for Address {
    fn from(written: &str) -> Self {
        let canonical = match canonical(written) {
            Cow::Borrowed(piece) => {
                let start = piece.as_ptr().addr() - written.as_ptr().addr();
                Canonical::Piece(start..start + piece.len())
            }
            Cow::Owned(address) => Canonical::Other(address.into()),
        };
        Self { written: written.into(), canonical }
    }
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.written
    }
}

/// The address without what does not tell pages apart, for comparison only.
///
/// Dropped: scheme, user, `www.`, host case, default port, trailing slashes and the query
/// parameters by which newsletters track readers. Kept: the path's case, other query parameters
/// (in order), and the fragment, which on real feeds tells items apart. The versions and formats
/// of an arXiv paper are one; so are the URLs that contain a DOI, on any host; so is a post on
/// `LessWrong`, the Alignment Forum and `GreaterWrong`, known by its post id.
///
/// `https://publisher.example/doi/abs/10.1000/JX.3733?af=R` becomes `doi.org/10.1000/jx.3733`.
pub fn canonical(url: &str) -> Cow<'_, str> {
    match written(url.trim()) {
        Cow::Borrowed(url) => of_written(url),
        Cow::Owned(url) => Cow::Owned(of_written(&url).into_owned()),
    }
}

fn of_written(url: &str) -> Cow<'_, str> {
    let address = behind_scheme(url);
    let (rest, fragment) = split(address, b'#');
    let (rest, query) = split(rest, b'?');
    let (authority, path) = match memchr(b'/', rest.as_bytes()) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let host = host_of(authority);
    let path = path.trim_end_matches('/');
    if let Some(paper) = paper::arxiv(&host, path).or_else(|| paper::doi(&host, path)) {
        // Neither the query nor the fragment leads to another paper.
        return Cow::Owned(paper);
    }
    let same = forum_post(&host, path);
    if same.is_none() && rest.len() == address.len() && authority.ends_with(&*host) {
        // Most addresses: what counts is a piece of what is written.
        let start = authority.len() - host.len();
        return Cow::Borrowed(&rest[start..authority.len() + path.len()]);
    }
    let mut address = same.unwrap_or_else(|| [&*host, path].concat());
    let mut parameters =
        query.split('&').filter(|parameter| !parameter.is_empty() && !is_tracking(parameter));
    if let Some(first) = parameters.next() {
        address.push('?');
        address.push_str(first);
    }
    for parameter in parameters {
        address.push('&');
        address.push_str(parameter);
    }
    if !fragment.is_empty() {
        address.push('#');
        address.push_str(fragment);
    }
    Cow::Owned(address)
}

/// The address as it can stand in a text: without control characters, and with the signs that end
/// an address percent-encoded.
pub fn written(url: &str) -> Cow<'_, str> {
    // Behind 0xC2 stand, among others, the control characters that are not ASCII.
    let is_suspect =
        |byte: u8| byte.is_ascii_control() || matches!(byte, b' ' | b'<' | b'>' | b'\\' | 0xC2);
    // Without a way out, so that many bytes are looked at together.
    if !url.bytes().fold(false, |found, byte| found | is_suspect(byte)) {
        return Cow::Borrowed(url);
    }
    let mut address = String::with_capacity(url.len());
    for character in url.chars().filter(|c| !c.is_control()) {
        match character {
            ' ' => address.push_str("%20"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '\\' => address.push_str("%5C"),
            c => address.push(c),
        }
    }
    Cow::Owned(address)
}

/// The last segment of the path, for an id; `None` for an address that has no path.
pub fn last_segment(url: &str) -> Option<&str> {
    let rest = behind_scheme(url);
    let (rest, _) = split(rest, b'#');
    let (rest, _) = split(rest, b'?');
    let path = rest.trim_end_matches('/');
    let slash = memrchr(b'/', path.as_bytes())?;
    Some(&path[slash + 1..]).filter(|segment| !segment.is_empty())
}

/// The parts of a canonical URL that may tell a page from another with the same name, the most telling
/// first: values of the query, the fragment, and the path from its last part to the left.
///
/// `board.example/2026/12/minutes?page=2#top` gives the values `["2", "top"]` and the path
/// `["minutes", "12", "2026"]`.
pub fn telling_parts(canonical: &str) -> (Vec<(&str, &str)>, Vec<&str>) {
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

fn behind_scheme(url: &str) -> &str {
    let mut colons = memchr_iter(b':', url.as_bytes());
    let scheme = colons.find(|&colon| url[colon..].starts_with("://"));
    scheme.map_or(url, |colon| &url[colon + "://".len()..])
}

/// What stands before and behind an ASCII sign.
fn split(text: &str, sign: u8) -> (&str, &str) {
    memchr(sign, text.as_bytes()).map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

fn host_of(authority: &str) -> Cow<'_, str> {
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        false => Cow::Borrowed(bare_host(host)),
        true => Cow::Owned(bare_host(&host.to_lowercase()).to_string()),
    }
}

fn bare_host(host: &str) -> &str {
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Parameters that say where a reader came from, not what the page is.
fn is_tracking(parameter: &str) -> bool {
    const NAMES: [&str; 9] =
        ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref", "ref_src"];
    let name = split(parameter, b'=').0.to_lowercase();
    name.starts_with("utm_") || NAMES.contains(&name.as_str())
}

/// `…/posts/ID/slug` on the forums that share posts is the post `ID`.
fn forum_post(host: &str, path: &str) -> Option<String> {
    const FORUMS: [&str; 3] = ["lesswrong.com", "alignmentforum.org", "greaterwrong.com"];
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
    fn what_does_not_tell_pages_apart_is_dropped() {
        same("http://www.Example.org:80/a/", "https://example.org/a");
        same("https://example.org/a?utm_source=x&fbclid=1", "https://example.org/a");
        same("https://example.org?ref=hn", "https://example.org/");
        same("https://me@example.org/a", "https://example.org/a");
    }

    #[test]
    fn what_tells_pages_apart_is_kept() {
        different("https://example.org/A", "https://example.org/a");
        different("https://example.org/a#one", "https://example.org/a#two");
        different("https://example.org/?p=1", "https://example.org/?p=2");
        different("https://example.org:8080/a", "https://example.org/a");
        different("https://blog.example.org/a", "https://example.org/a");
    }

    #[test]
    fn telling_parts_are_values_then_the_path_from_the_right() {
        let (values, path) = telling_parts("board.example/2026/12/minutes?page=2&all#top");
        assert_eq!(values, [("page", "2"), ("", "all"), ("#", "top")]);
        assert_eq!(path, ["minutes", "12", "2026"]);
        assert_eq!(telling_parts("board.example"), (vec![], vec![]));
    }

    #[test]
    fn a_forum_post_is_known_by_its_id() {
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
    fn an_address_keeps_how_it_is_written_beside_what_it_means() {
        for written in ["https://x.org/a", "HTTP://www.X.org:80/a/?ref=hn", " x.org/a "] {
            let address = Address::from(written);
            assert_eq!((&*address, address.canonical()), (written, "x.org/a"));
        }
    }

    #[test]
    fn the_last_segment_names_an_item() {
        assert_eq!(last_segment("https://x.org/research/aar/?a=1#b"), Some("aar"));
        assert_eq!(last_segment("https://x.org/"), None);
        assert_eq!(last_segment("https://x.org"), None);
    }
}
