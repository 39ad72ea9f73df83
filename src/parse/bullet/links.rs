//! Links of a bullet in the notations of markdown, org-mode and wikis, and words that only label a
//! link.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::Span;

/// `[[Page]]`, `[[Page|text]]` or `[[URL][text]]`. Spans count from the start of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WikiLink {
    /// With its brackets.
    pub span: Span,
    /// Its text.
    pub text: Span,
    /// The URL of a link of org-mode.
    pub destination: Option<Span>,
}

/// Most bullets have no double bracket, so the search for one is prepared once.
static OPENING: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("[["));

/// Returns the links in double brackets: `[[https://a.b][A title]]` and `[[A page]]`.
pub(super) fn wiki_links(text: &str) -> Vec<WikiLink> {
    let mut links = Vec::new();
    let mut end = 0;
    for open in OPENING.find_iter(text.as_bytes()) {
        let start = open + 2;
        let Some(length) = text[start..].find("]]").filter(|_| open >= end) else {
            continue;
        };
        let inner = Span::new(start, start + length);
        let words = &text[inner.range()];
        if words.is_empty() || words.contains(['\n', '[']) && !words.contains("][") {
            continue;
        }
        end = inner.end + 2;
        let span = Span::new(open, end);
        links.push(match (words.find("]["), words.find('|')) {
            (Some(at), _) => WikiLink {
                span,
                text: Span::new(start + at + 2, inner.end),
                destination: Some(Span::new(start, start + at)),
            },
            (None, Some(at)) => {
                WikiLink { span, text: Span::new(start + at + 1, inner.end), destination: None }
            }
            (None, None) => WikiLink { span, text: inner, destination: None },
        });
    }
    links
}

/// The length of the longest label, in bytes.
const LONGEST_LABEL: usize = 12;

/// Words that name a link and not the page that it leads to.
const LABELS: [&str; 78] = [
    "abs",
    "abstract",
    "agenda",
    "aquí",
    "archive",
    "article",
    "artikel",
    "artículo",
    "arxiv",
    "blog",
    "blog post",
    "bron",
    "bulletin",
    "code",
    "data",
    "dataset",
    "demo",
    "discussion",
    "doi",
    "enlace",
    "essay",
    "fonte",
    "fuente",
    "full text",
    "github",
    "here",
    "hier",
    "homepage",
    "html",
    "ici",
    "lien",
    "link",
    "links",
    "mehr",
    "minutes",
    "mirror",
    "more",
    "notes",
    "openreview",
    "page",
    "paper",
    "pdf",
    "permalink",
    "post",
    "poster",
    "preprint",
    "project page",
    "quelle",
    "read",
    "read more",
    "report",
    "site",
    "slides",
    "source",
    "ssrn",
    "statement",
    "talk",
    "text",
    "texte",
    "this",
    "thread",
    "transcript",
    "tweet",
    "url",
    "video",
    "web",
    "website",
    "weights",
    "こちら",
    "コード",
    "リンク",
    "代码",
    "原文",
    "来源",
    "記事",
    "論文",
    "论文",
    "链接",
];

/// Returns whether a text only labels a link: `PDF`, `[arXiv]`, `here`, `→`, `2`.
pub fn is_link_label(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    // Most texts are titles, which are longer.
    words.chars().all(|c| c.is_ascii_digit())
        || (words.len() <= LONGEST_LABEL
            && LABELS.binary_search(&words.to_lowercase().as_str()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiki_links_of_each_form_have_their_text() {
        let text = "[[A page]], [[B|b]], [[https://e.org][C]], [[]], [x]";
        let found: Vec<_> = wiki_links(text)
            .into_iter()
            .map(|link| (&text[link.text.range()], link.destination.map(|at| &text[at.range()])))
            .collect();
        assert_eq!(found, [("A page", None), ("b", None), ("C", Some("https://e.org"))]);
    }

    #[test]
    fn is_link_label_is_true_for_words_that_name_no_page() {
        for text in ["PDF", "[arXiv]", "here", "→", "12", "Read more…", "論文"] {
            assert!(is_link_label(text), "{text}");
        }
        for text in ["PDF accessibility", "A source of light", "GPT-5"] {
            assert!(!is_link_label(text), "{text}");
        }
        assert!(LABELS.is_sorted());
        assert_eq!(LABELS.iter().map(|label| label.len()).max(), Some(LONGEST_LABEL));
    }
}
