//! The label and the title of a bullet.

use crate::parse::bullet::dated::{DatePosition, Dated};
use crate::parse::bullet::emphasis::without_emphasis;
use crate::parse::bullet::line::{BulletText, behind_blanks, collapse, is_decoration};
use crate::parse::bullet::links::is_link_label;
use crate::parse::bullet::quoting::unescaped;
use crate::text::Span;

/// A link whose text may be the title. Its start counts from the start of the bullet.
struct NamedLink<'t> {
    start: usize,
    text: &'t str,
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
        let text = &self.visible[place.range()];
        let words = behind_blanks(text).trim_start_matches(is_decoration);
        let start = place.start + (text.len() - words.len());
        Span::new(start, self.dash(start).unwrap_or(place.end).clamp(start, place.end.max(start)))
    }

    /// Returns the title in a span: the text of the first link, unless it only labels the link;
    /// else the quoted text; else the words of `head` before the first link; else the text of a
    /// later link.
    fn title_in(&self, place: Span, head: Span) -> Option<String> {
        let links = self.named_links(place);
        let text = |link: &NamedLink<'_>| link.text.trim().to_string();
        let Some(first) = links.first() else {
            return self.first_quoted(place).or_else(|| self.words_in(head));
        };
        if !is_link_label(first.text) {
            return Some(text(first));
        }
        let before = Span::new(head.start, first.start.clamp(head.start, head.end));
        // The punctuation before a link that is only a label: `A title [[PDF](u)]`.
        let joins = |c: char| !c.is_alphanumeric() && !")]?!%\"'”’»」".contains(c);
        let sentence = |words: String| words.trim_end_matches(joins).to_string();
        self.first_quoted(place)
            .or_else(|| self.words_in(before).map(sentence))
            .or_else(|| links.iter().find(|link| !is_link_label(link.text)).map(text))
            .or_else(|| self.words_in(head))
            .or_else(|| Some(text(first)))
    }

    /// Returns the text of a link or a quoted text, the first of them in the span.
    fn marked_title(&self, place: Span) -> Option<String> {
        let link = self.named_links(place).into_iter().find(|link| !is_link_label(link.text));
        link.map(|link| link.text.trim().to_string()).or_else(|| self.first_quoted(place))
    }

    /// Returns the links in a span that have a text of their own.
    fn named_links(&self, place: Span) -> Vec<NamedLink<'_>> {
        let markdown = self.links.iter().filter(|link| link.text != link.destination);
        let markdown = markdown
            .map(|link| NamedLink { start: link.span.start - self.offset, text: &link.text });
        let wiki = self.wiki_links.iter();
        let wiki = wiki
            .map(|link| NamedLink { start: link.span.start, text: &self.raw[link.text.range()] });
        let mut links: Vec<_> = markdown
            .chain(wiki)
            .filter(|link| place.contains(link.start) && !link.text.trim().is_empty())
            .collect();
        links.sort_by_key(|link| link.start);
        links
    }

    fn first_quoted(&self, place: Span) -> Option<String> {
        let span = self.quoted.iter().find(|span| place.contains(span.start))?;
        let text = &self.raw[span.range()];
        let inner = text.trim_matches(['"', '“', '”', '„']);
        let words = without_emphasis(inner.trim());
        Some(unescaped(words.trim_end_matches(['.', ',']).into()).into_owned())
    }

    /// Returns an unquoted title without emphasis, URLs and fields.
    fn words_in(&self, place: Span) -> Option<String> {
        let text = collapse(&self.visible[place.range()]);
        let words = text.trim_matches(is_decoration).to_string();
        let has_word = words.chars().any(char::is_alphanumeric);
        has_word.then(|| unescaped(without_emphasis(&words)).into_owned())
    }
}
