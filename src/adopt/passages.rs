//! Headings, paragraphs and bullets of a body, each as one line of text.

use crate::model::SectionKind;
use crate::parse::bullet;
use crate::parse::markdown::{BlockKind, List, Outline};
use crate::parse::sections::Section;
use crate::text::{Document, Span};

/// The kind of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassageKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list, without the lists inside it.
    Bullet,
}

/// A heading, paragraph or bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// Its offset in the new thread.
    pub start: usize,
    /// Its kind.
    pub kind: PassageKind,
    /// The known section that contains it.
    pub section: Option<SectionKind>,
    /// Its text on one line, without list marker and task box.
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
            BlockKind::Heading { .. } => take(PassageKind::Heading, block.span),
            BlockKind::Paragraph(_) => take(PassageKind::Paragraph, block.span),
            BlockKind::List(list) => heads(list, &mut |span| take(PassageKind::Bullet, span)),
            BlockKind::Table(_) | BlockKind::Other(_) => {}
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

fn words(raw: &str, kind: PassageKind) -> String {
    let raw = match kind {
        PassageKind::Bullet => return bullet::plain_text(raw),
        PassageKind::Heading => raw.trim_matches(['#', ' ', '\t']),
        PassageKind::Paragraph => raw,
    };
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the sentences of a text. Punctuation ends a sentence if a space follows, except in
/// brackets.
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

/// Returns the words of a text in lower case, without punctuation around them.
pub(super) fn bare_words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| {
        let signs = |c: char| !c.is_alphanumeric() && !"→>".contains(c);
        word.trim_matches(signs).to_lowercase()
    });
    words.filter(|word| !word.is_empty()).collect()
}
