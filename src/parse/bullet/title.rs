//! The label and the title of a bullet.

use crate::model::url::is_web;
use crate::parse::bullet::dated::{DatePosition, Dated};
use crate::parse::bullet::emphasis::without_emphasis;
use crate::parse::bullet::line::{BulletText, behind_blanks, collapse, is_decoration};
use crate::parse::bullet::links::is_link_label;
use crate::parse::bullet::quoting::{is_quotation_mark, unescaped};
use crate::text::Span;

/// A link whose text may be the title. Its start counts from the start of the bullet.
struct NamedLink<'t> {
    start: usize,
    end: usize,
    text: &'t str,
    /// True if it leads to a URL; false for the page of a wiki.
    has_url: bool,
}

impl BulletText<'_> {
    /// Returns the label and the title.
    ///
    /// | text | label | title |
    /// |---|---|---|
    /// | `[A](u) (2026-05-04)` | | `A` |
    /// | `"A" by B, [PDF](u)` | | `A` |
    /// | `A. [PDF](u), 4 May 2026` | | `A` |
    /// | `**#455** (2026-05-04) — "A."` | `#455` | `A` |
    /// | `2026-05-04: A — more` | | `A` |
    pub(super) fn name(&self, dated: Option<&Dated>) -> (Option<String>, Option<String>) {
        let place = self.place_of_title(dated);
        let words = behind_blanks(&self.visible[place.range()]);
        let words = words.trim_ascii_end().trim_matches(is_decoration);
        let label = words
            .starts_with('#')
            .then(|| words.split([' ', '*', '_', '\n', ':', ',']).next().unwrap_or(words))
            .filter(|label| label.len() > 1)
            .map(str::to_string);
        let title = match &label {
            None => self.title_in(place, self.head_of(place, dated)),
            Some(_) => self.marked_title(place).or_else(|| {
                let behind = Span::new(place.end, self.raw.len());
                self.first_quoted(behind)
            }),
        };
        (label, title.filter(|title| !title.is_empty()))
    }

    /// Returns the part of the bullet that may contain the title.
    fn place_of_title(&self, dated: Option<&Dated>) -> Span {
        match dated {
            Some(dated) if dated.position == DatePosition::Leading => {
                Span::new(dated.place.end, self.raw.len())
            }
            // A bibliography: `Keeper, A. (2026). [On lamps](u).`
            Some(dated) if self.is_linked_after(dated.place) => {
                Span::new(dated.place.end, self.raw.len())
            }
            Some(dated) => Span::new(self.content, dated.place.start),
            None => Span::new(self.content, self.dash(self.content).unwrap_or(self.raw.len())),
        }
    }

    /// Returns whether the title is the link that follows a date in parentheses directly: nothing
    /// before the date is linked or quoted.
    fn is_linked_after(&self, date: Span) -> bool {
        let before = Span::new(self.content, date.start);
        let rest = &self.raw[date.end..];
        let gap = rest.len() - rest.trim_start_matches(['.', ',', ' ']).len();
        let link = self.named_links(Span::new(date.end, self.raw.len())).into_iter().next();
        link.is_some_and(|link| link.start == date.end + gap && !is_link_label(link.text))
            && rest.starts_with(['.', ','])
            && self.named_links(before).is_empty()
            && self.first_quoted(before).is_none()
    }

    /// Returns the part of a span that may contain an unquoted title: after a leading date and
    /// before one that follows a dash, the text before the first dash.
    fn head_of(&self, place: Span, dated: Option<&Dated>) -> Span {
        if dated.is_none_or(|dated| dated.position == DatePosition::InParentheses) {
            return place;
        }
        let quoted = self.quoted.iter().map(|quoted| quoted.start).find(|at| place.contains(*at));
        let text = &self.visible[place.start..quoted.unwrap_or(place.end)];
        let is_before = |c: char| is_decoration(c) && !matches!(c, '*' | '_');
        let words = behind_blanks(text).trim_start_matches(is_before);
        let start = place.start + (text.len() - words.len());
        Span::new(start, self.dash(start).unwrap_or(place.end).clamp(start, place.end.max(start)))
    }

    /// Returns the title in a span: the text of the first link, unless it only labels the link or is
    /// a page of a wiki before a titled link; else the title in the text before the first link; else
    /// the one in the text after it; else the text of a later link.
    fn title_in(&self, place: Span, head: Span) -> Option<String> {
        let links = self.named_links(place);
        let text = |link: &NamedLink<'_>| link.text.trim().to_string();
        let Some(first) = links.first() else {
            return self.quoted_title(place).or_else(|| self.words_in(head));
        };
        if !is_link_label(first.text) {
            let titled = |link: &&NamedLink<'_>| link.has_url && !is_link_label(link.text);
            return Some(text(
                links.iter().find(titled).filter(|_| !first.has_url).unwrap_or(first),
            ));
        }
        let before = Span::new(head.start, first.start.clamp(head.start, head.end));
        let after = Span::new(first.end.min(place.end), place.end);
        self.title_before_link(before)
            .or_else(|| links.iter().find(|link| !is_link_label(link.text)).map(text))
            .or_else(|| self.title_before_link(after))
            .or_else(|| self.quoted_title(place))
            .or_else(|| Some(text(first)))
    }

    /// Returns the title in the text before a link that is only labelled: emphasized text at its
    /// start, a quoted title, or the words of the first sentence.
    ///
    /// `**A** by B, ` and `A. By B, ` give `A`.
    fn title_before_link(&self, place: Span) -> Option<String> {
        self.emphasized_title(place)
            .or_else(|| self.quoted_title(place))
            .or_else(|| self.words_in(self.first_sentence(place)))
    }

    /// Returns the emphasized text at the start of a span, if it is apart from the text after it.
    fn emphasized_title(&self, place: Span) -> Option<String> {
        let whole = &self.raw[place.range()];
        let is_before = |c: char| !matches!(c, '*' | '_') && is_symbol(c);
        let skipped = whole.len() - whole.trim_start_matches(is_before).len();
        let text = &self.visible[place.start + skipped..place.end];
        let marker = &text[..text.len() - text.trim_start_matches(['*', '_']).len()];
        let inner = &text[marker.len()..];
        let length = inner.find(marker).filter(|length| !marker.is_empty() && *length > 0)?;
        let (title, rest) = (&inner[..length], inner[length + marker.len()..].trim_start());
        let is_apart = title.trim_end().ends_with(':')
            || !rest.starts_with(|c: char| c.is_alphanumeric())
            || AUTHOR_WORDS
                .iter()
                .any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
        let start = place.start + skipped + marker.len();
        is_apart.then(|| self.words_in(Span::new(start, start + length))).flatten()
    }

    /// Returns the part of a span before its first dash, vertical bar or end of a sentence.
    fn first_sentence(&self, place: Span) -> Span {
        let text = &self.visible[place.range()];
        let start = text.len() - text.trim_start_matches(is_symbol).len();
        let is_end = |(at, c): &(usize, char)| match c {
            '。' => true,
            '.' => {
                let mut rest = text[at + 1..].chars();
                let is_initial =
                    text[..*at].chars().rev().take_while(|c| c.is_alphanumeric()).count() < 2;
                rest.next() == Some(' ')
                    && rest.next().is_some_and(char::is_uppercase)
                    && !is_initial
            }
            _ => false,
        };
        let sentence = text[start..].char_indices().map(|(at, c)| (start + at, c)).find(is_end);
        let delimiters = [" - ", " | "].iter().filter_map(|mark| text[start..].find(mark));
        let ends = delimiters.map(|at| start + at).chain(sentence.map(|(at, _)| at));
        let ends = ends.map(|at| place.start + at).chain(self.dash(place.start + start));
        Span::new(place.start, ends.fold(place.end, usize::min))
    }

    /// Returns the text of a link or a quoted text, the first of them in the span.
    fn marked_title(&self, place: Span) -> Option<String> {
        let link = self.named_links(place).into_iter().find(|link| !is_link_label(link.text));
        link.map(|link| link.text.trim().to_string()).or_else(|| self.first_quoted(place))
    }

    /// Returns the links in a span that have a text of their own.
    fn named_links(&self, place: Span) -> Vec<NamedLink<'_>> {
        let markdown = self.links.iter().filter(|link| link.text != link.destination);
        let markdown = markdown.map(|link| NamedLink {
            start: link.span.start - self.offset,
            end: link.span.end - self.offset,
            text: &link.text,
            has_url: is_web(&link.destination),
        });
        let wiki = self.wiki_links.iter();
        let wiki = wiki.map(|link| NamedLink {
            start: link.span.start,
            end: link.span.end,
            text: &self.raw[link.text.range()],
            has_url: link.destination.is_some_and(|at| is_web(&self.raw[at.range()])),
        });
        let mut links: Vec<_> = markdown
            .chain(wiki)
            .filter(|link| place.contains(link.start) && !link.text.trim().is_empty())
            .collect();
        links.sort_by_key(|link| link.start);
        links
    }

    /// Returns the quoted text at the start of a span, else the first one after a comma, colon,
    /// period or dash. Other quotation marks do not enclose a title: `A "blunt" tool`.
    fn quoted_title(&self, place: Span) -> Option<String> {
        let mut start = place.start;
        let mut follows_words = false;
        let mut last = None;
        for span in self.quoted.iter().filter(|span| place.contains(span.start)) {
            for c in self.visible[start..span.start].chars() {
                follows_words |= c.is_alphanumeric();
                if !c.is_whitespace() && !matches!(c, '*' | '_' | '(' | '[') {
                    last = Some(c);
                }
            }
            let is_apart = last.is_some_and(|c| ",:.;—–-：，、".contains(c));
            if is_apart || !follows_words {
                return Some(self.unquoted(*span));
            }
            start = span.start;
        }
        None
    }

    fn first_quoted(&self, place: Span) -> Option<String> {
        let span = self.quoted.iter().find(|span| place.contains(span.start))?;
        Some(self.unquoted(*span))
    }

    fn unquoted(&self, span: Span) -> String {
        unquoted(&self.raw[span.range()])
    }

    /// Returns an unquoted title without emphasis, URLs and fields. Quoted words and code inside it
    /// stay.
    fn words_in(&self, place: Span) -> Option<String> {
        let mut text = self.visible[place.range()].to_string();
        let is_inside = |span: &&Span| place.contains(span.start) && span.end <= place.end;
        for span in self.quoted.iter().chain(&self.code).filter(is_inside) {
            let range = span.start - place.start..span.end - place.start;
            text.replace_range(range, &self.raw[span.range()].replace('`', " "));
        }
        title_of_words(&text)
    }
}

/// Returns a quoted text without its quotation marks: `“A *new* lamp.”` gives `A new lamp`.
pub(in crate::parse) fn unquoted(text: &str) -> String {
    let inner = text.trim_matches(is_quotation_mark);
    let words = without_emphasis(inner.trim());
    unescaped(words.trim_end_matches(['.', ',']).into()).into_owned()
}

/// Returns an unquoted title without emphasis and the symbols around it: `→ A **new** lamp: ` gives
/// `A new lamp`; `None` for a text without a letter or digit.
pub(in crate::parse) fn title_of_words(text: &str) -> Option<String> {
    let text = collapse(text);
    let plain = without_emphasis(&text);
    let words = plain.trim_start_matches(is_symbol).trim_end_matches(is_symbol_at_end);
    let has_word = words.chars().any(char::is_alphanumeric);
    has_word.then(|| unescaped(words.into()).into_owned())
}

/// Words between a title and its author.
const AUTHOR_WORDS: [&str; 7] = ["by", "von", "par", "por", "di", "de", "door"];

/// Returns whether a character may precede a title and does not belong to it: whitespace, emphasis,
/// punctuation, dashes, opening brackets, arrows and emoji.
fn is_symbol(c: char) -> bool {
    is_decoration(c)
        || matches!(c, ';' | '|' | '：' | '，' | '、' | '。' | '·' | '[')
        || is_pictogram(c)
}

/// Returns whether a character may follow a title and does not belong to it.
fn is_symbol_at_end(c: char) -> bool {
    is_symbol(c) || matches!(c, '.' | '(' | '（')
}

/// Returns whether a character is an arrow, an emoji, or a part of one.
fn is_pictogram(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21FF | 0x2600..=0x27BF | 0x1F000..=0x1FAFF | 0xFE0E..=0xFE0F | 0x200D)
}
