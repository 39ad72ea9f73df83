//! A body as a reader goes through it: heading, paragraph, bullet, each as one line of words.

use crate::parse::bullet;
use crate::parse::markdown::{BlockKind, List, Outline};
use crate::parse::sections::{Section, SectionKind};
use crate::text::{Document, Span};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list, without the lists inside it.
    Bullet,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where it begins in the thread to be.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
    /// The known section that it stands in.
    pub section: Option<SectionKind>,
    /// Its words on one line, without marker and box.
    pub text: String,
}

/// The passages of a body, in order.
pub(super) fn all(document: &Document, outline: &Outline, sections: &[Section]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        let section = sections.iter().rev().find(|section| section.blocks().contains(&at));
        let section = section.map(|section| section.kind);
        let mut take = |kind, span: Span| {
            let text = words(document.slice(span), kind);
            passages.push(Passage { start: span.start, kind, section, text });
        };
        match &block.kind {
            BlockKind::Heading { .. } => take(Kind::Heading, block.span),
            BlockKind::Paragraph(_) => take(Kind::Paragraph, block.span),
            BlockKind::List(list) => heads(list, &mut |span| take(Kind::Bullet, span)),
            BlockKind::Other(_) => {}
        }
    }
    passages
}

fn heads(list: &List, take: &mut impl FnMut(Span)) {
    for item in &list.items {
        take(item.head);
        item.children.iter().for_each(|list| heads(list, take));
    }
}

fn words(raw: &str, kind: Kind) -> String {
    let raw = match kind {
        Kind::Bullet => return bullet::plain_text(raw),
        Kind::Heading => raw.trim_matches(['#', ' ', '\t']),
        Kind::Paragraph => raw,
    };
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a text. A sign ends one only where a blank follows, and not within brackets.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '!' | '?'
                if depth == 0 && signs.peek().is_none_or(|(_, next)| next.is_whitespace()) =>
            {
                sentences.push(text[start..=at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// The words of a text in lower case, without the signs around them.
pub(super) fn bare_words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| {
        let signs = |c: char| !c.is_alphanumeric() && !"→>".contains(c);
        word.trim_matches(signs).to_lowercase()
    });
    words.filter(|word| !word.is_empty()).collect()
}
