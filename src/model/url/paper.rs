//! Canonical URLs of papers, which have many URLs: arXiv and DOIs.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// Returns the canonical URL of an arXiv paper: `arxiv.org` with `/pdf/2605.01234v2.pdf` gives
/// `arxiv.org/abs/2605.01234`.
pub(super) fn arxiv(host: &str, path: &str) -> Option<String> {
    let host = host.strip_prefix("export.").unwrap_or(host);
    if host != "arxiv.org" {
        return None;
    }
    let (_, paper) = ["/abs/", "/pdf/", "/html/"]
        .iter()
        .find_map(|form| path.split_once(form).filter(|(before, _)| before.is_empty()))?;
    Some(arxiv_paper(paper.strip_suffix(".pdf").unwrap_or(paper)))
}

/// Returns the canonical URL of an arXiv number: `2611.00001v2` gives `arxiv.org/abs/2611.00001`.
fn arxiv_paper(id: &str) -> String {
    let without_version = match id.rfind('v') {
        Some(at) if at > 0 && is_number(&id[at + 1..]) => &id[..at],
        _ => id,
    };
    format!("arxiv.org/abs/{without_version}")
}

/// Most paths have no DOI, so the search for one is prepared once.
static DOI_START: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("/10."));

/// Returns the canonical URL of the paper with the DOI in a path. DOIs ignore case.
///
/// `/10.1000/x` on doi.org, and `/doi/10.1000/x` or `/doi/abs/10.1000/x` on any host, give
/// `doi.org/10.1000/x`.
pub(super) fn doi(host: &str, path: &str) -> Option<String> {
    let at = DOI_START.find(path.as_bytes())?;
    let (before, doi) = (&path[..at], &path[at + 1..]);
    let is_resolver = before.is_empty() && (host == "doi.org" || host == "dx.doi.org");
    (is_resolver || ends_in_doi_segment(before)).then(|| doi_paper(doi)).flatten()
}

/// Returns whether a path ends in `/doi`, or in `/doi` and a view that publishers have: `/doi/abs`.
fn ends_in_doi_segment(path: &str) -> bool {
    const VIEWS: [&str; 8] = ["abs", "full", "pdf", "epdf", "book", "pdfdirect", "pdfplus", "html"];
    let (before, last) = path.rsplit_once('/').unwrap_or(("", path));
    last == "doi" || (VIEWS.contains(&last) && before.ends_with("/doi"))
}

/// Returns the canonical URL of a DOI; `None` if the text is not a DOI.
///
/// `10.1000/X` gives `doi.org/10.1000/x`. The DOI of an arXiv paper gives the URL of the paper:
/// `10.48550/arXiv.2611.00001` gives `arxiv.org/abs/2611.00001`.
fn doi_paper(doi: &str) -> Option<String> {
    let doi = percent_decoded(doi).to_ascii_lowercase();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let is_registrant = registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if registrant.is_empty() || !is_registrant || suffix.is_empty() {
        return None;
    }
    match suffix.strip_prefix("arxiv.").filter(|_| registrant == "48550") {
        Some(paper) => Some(arxiv_paper(paper)),
        None => Some(format!("doi.org/{doi}")),
    }
}

/// Decodes percent-encoded printable ASCII characters: `10.1000%2Fx` gives `10.1000/x`.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let code = after.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(u8::is_ascii_graphic) {
            Some(byte) => {
                decoded.push(char::from(byte));
                rest = &after[2..];
            }
            None => {
                decoded.push('%');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Returns the URL for the value of a `doi` field, with or without a prefix: `10.1000/x`,
/// `doi:10.1000/x` and `doi.org/10.1000/x` give `https://doi.org/10.1000/x`.
pub fn of_doi(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = DOI_PREFIXES.iter().find_map(|prefix| strip_prefix_in_any_case(text, prefix));
    let doi = rest.unwrap_or(text).trim_start();
    doi_paper(doi).map(|_| format!("https://doi.org/{doi}"))
}

const DOI_PREFIXES: [&str; 6] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "doi.org/",
    "doi:",
];

fn strip_prefix_in_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::url::tests::{different, same};

    #[test]
    fn canonical_of_an_arxiv_paper_has_no_version_and_format() {
        same("https://arxiv.org/abs/2605.01234v2", "http://arxiv.org/pdf/2605.01234.pdf");
        same("https://arxiv.org/abs/cs/0112017v1", "https://arxiv.org/abs/cs/0112017");
        different("https://arxiv.org/abs/2605.01234", "https://arxiv.org/abs/2605.01235");
    }

    #[test]
    fn canonical_of_a_doi_is_the_same_on_every_host_and_in_every_case() {
        for url in [
            "http://dx.doi.org/10.1000/JX.3733",
            "https://publisher.example/doi/abs/10.1000/jx.3733?af=R",
            "https://sub.publisher.example/doi/full/10.1000/jx.3733#section",
            "https://publisher.example/doi/10.1000/jx.3733",
            "https://publisher.example/doi/epdf/10.1000%2Fjx.3733",
        ] {
            same(url, "https://doi.org/10.1000/jx.3733");
        }
        different("https://doi.org/10.1000/jx.3733", "https://doi.org/10.1000/jx.3734");
        different("https://blog.example/10.1000/jx.3733", "https://doi.org/10.1000/jx.3733");
        different("https://publisher.example/doi/10.x/a", "https://doi.org/10.x/a");
    }

    #[test]
    fn canonical_of_an_arxiv_doi_is_the_paper() {
        for url in [
            "https://doi.org/10.48550/arXiv.2611.00001",
            "https://doi.org/10.48550/ARXIV.2611.00001v2",
            "https://arxiv.org/html/2611.00001v3#S2",
            "https://arxiv.org/abs/2611.00001?context=cs.AI",
        ] {
            same(url, "https://arxiv.org/abs/2611.00001");
        }
    }

    #[test]
    fn of_doi_with_any_prefix_returns_its_url() {
        for text in ["10.1000/x", "doi:10.1000/x", "DOI: 10.1000/x", "https://doi.org/10.1000/x"] {
            assert_eq!(of_doi(text).as_deref(), Some("https://doi.org/10.1000/x"), "{text}");
        }
        assert_eq!(of_doi("1000/x"), None);
        assert_eq!(of_doi("10.1000"), None);
    }
}
