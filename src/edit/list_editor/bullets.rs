//! The items of a part or section, over all its lists, and new ones among them: with the marker,
//! indent, numbering, spacing and order of their neighbours.

use std::ops::Range;

use crate::edit::Refusal;
use crate::edit::list_editor::ListEditor;
use crate::model::Date;
use crate::parse::markdown::{List, ListItem};
use crate::parse::sections;
use crate::text::{Document, Edit, Span};

/// All items of some blocks.
pub struct Bullets<'f> {
    document: &'f Document,
    lists: Vec<&'f List>,
    all: Vec<ListBullet<'f>>,
}

struct ListBullet<'f> {
    /// Index of its list.
    list: usize,
    /// True if it is the last one of its list.
    last: bool,
    item: &'f ListItem,
    date: Option<Date>,
}

/// The order of the bullets by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The newest item is the first.
    NewestFirst,
    /// The oldest item is the first.
    OldestFirst,
    /// The order is unknown: new bullets go to the end.
    Unknown,
}

/// The position of a new bullet in a list that is ordered by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Before the first dated item.
    First,
    /// Below the item that starts at this offset.
    Below(usize),
    /// At the end of the list with the last dated item.
    Last,
}

impl Slot {
    /// Returns the slot of a new bullet that is to be read at `index` among the known ones.
    pub fn at(index: usize, mut known: impl ExactSizeIterator<Item = Span>) -> Self {
        match index {
            _ if index == known.len() => Self::Last,
            0 => Self::First,
            _ => known.nth(index - 1).map_or(Self::Last, |above| Self::Below(above.start)),
        }
    }
}

/// The positions of new bullets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BulletPosition {
    Before(usize),
    Behind(usize),
}

impl<'f> Bullets<'f> {
    /// The items of the lists among `blocks`.
    pub fn new(editor: &ListEditor<'f>, blocks: Range<usize>) -> Self {
        let lists: Vec<&List> =
            sections::lists_in(editor.outline, blocks).into_iter().map(|(_, list)| list).collect();
        let mut bullets = Vec::new();
        for (list, items) in lists.iter().enumerate() {
            for (index, item) in items.items.iter().enumerate() {
                let last = index + 1 == items.items.len();
                bullets.push(ListBullet { list, last, item, date: editor.date_of(item) });
            }
        }
        Self { document: editor.document, lists, all: bullets }
    }

    /// Returns whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns whether any item has a date.
    pub fn has_dates(&self) -> bool {
        self.all.iter().any(|row| row.date.is_some())
    }

    fn dates(&self) -> Vec<Date> {
        self.all.iter().filter_map(|row| row.date).collect()
    }

    /// The order that the items show; newest first where they are too few to show one.
    pub fn order(&self) -> Order {
        let dates = self.dates();
        match (dates.is_sorted_by(|a, b| a >= b), dates.is_sorted()) {
            (true, _) => Order::NewestFirst,
            (false, true) => Order::OldestFirst,
            (false, false) => Order::Unknown,
        }
    }

    /// New bullets in a slot, each written by `line` after the prefix it is given.
    pub fn put(
        &self,
        slot: Slot,
        count: usize,
        line: impl Fn(usize, &str) -> String,
    ) -> Result<Edit, Refusal> {
        let place = match slot {
            Slot::First => {
                let first = self.all.iter().position(|row| row.date.is_some());
                BulletPosition::Before(first.unwrap_or(0))
            }
            Slot::Below(start) => {
                let above = self.all.iter().position(|row| row.item.head.start == start);
                above.map_or_else(|| self.end(), BulletPosition::Behind)
            }
            Slot::Last => self.end(),
        };
        self.edit(place, &(0..count).collect::<Vec<_>>(), &line)
    }

    /// The end of the list with the last dated item.
    fn end(&self) -> BulletPosition {
        BulletPosition::Behind(self.end_of_list(self.last_dated()))
    }

    /// Inserts new bullets with these dates; `line` writes each after the given prefix.
    pub fn insert(
        &self,
        order: Order,
        dates: &[Option<Date>],
        line: impl Fn(usize, &str) -> String,
    ) -> Result<Vec<Edit>, Refusal> {
        let mut groups: Vec<(BulletPosition, Vec<usize>)> = Vec::new();
        for (index, date) in dates.iter().enumerate() {
            let place = self.place(order, *date);
            match groups.iter_mut().find(|(known, _)| *known == place) {
                Some((_, group)) => group.push(index),
                None => groups.push((place, vec![index])),
            }
        }
        groups.into_iter().map(|(place, group)| self.edit(place, &group, &line)).collect()
    }

    fn place(&self, order: Order, date: Option<Date>) -> BulletPosition {
        let later = date.and_then(|date| match order {
            Order::NewestFirst => {
                self.all.iter().position(|row| row.date.is_some_and(|known| known < date))
            }
            Order::OldestFirst => {
                self.all.iter().position(|row| row.date.is_some_and(|known| known > date))
            }
            Order::Unknown => None,
        });
        later.map_or(BulletPosition::Behind(self.last_dated()), BulletPosition::Before)
    }

    /// The last item with a date; the last of all where none has one.
    fn last_dated(&self) -> usize {
        let dated = self.all.iter().rposition(|row| row.date.is_some());
        dated.unwrap_or(self.all.len() - 1)
    }

    /// The last item of the list that holds an item.
    fn end_of_list(&self, at: usize) -> usize {
        let same = |row: &ListBullet<'_>| row.list == self.all[at].list;
        self.all.iter().rposition(same).unwrap_or(at)
    }

    fn edit(
        &self,
        place: BulletPosition,
        group: &[usize],
        line: &impl Fn(usize, &str) -> String,
    ) -> Result<Edit, Refusal> {
        let (BulletPosition::Before(at) | BulletPosition::Behind(at)) = place;
        let row = &self.all[at];
        let spaced = self.is_spaced(row.list);
        let behind = matches!(place, BulletPosition::Behind(_));
        let mut lines = Vec::new();
        for (nth, index) in group.iter().enumerate() {
            let bullet = line(*index, &self.prefix(row, behind, nth)?);
            match (spaced, behind) {
                (true, true) => lines.extend([String::new(), bullet]),
                (true, false) => lines.extend([bullet, String::new()]),
                (false, _) => lines.push(bullet),
            }
        }
        if !behind {
            return Ok(Edit::NewLines { at: self.document.line_start(row.item.span.start), lines });
        }
        let at = self.document.next_line(row.item.span.end);
        if row.last {
            lines.extend(separator(self.document, at));
        }
        Ok(Edit::NewLines { at, lines })
    }

    /// Returns whether blank lines separate the items of a list.
    fn is_spaced(&self, list: usize) -> bool {
        let items = &self.lists[list].items;
        let between = |pair: &[ListItem]| Span::new(pair[0].span.end, pair[1].span.start);
        let is_apart = |pair: &[ListItem]| self.document.has_blank_line(between(pair));
        match items.len() {
            1 => self.lists[list].loose,
            _ => items.windows(2).any(is_apart),
        }
    }

    /// Returns indent, marker and space for the `nth` new item before or after a row.
    fn prefix(&self, row: &ListBullet<'_>, behind: bool, nth: usize) -> Result<String, Refusal> {
        let span = row.item.span;
        let indent = &self.document.text[self.document.line_start(span.start)..span.start];
        let text = &self.document.text[span.range()];
        let is_wide = text.starts_with(|c: char| ('０'..='９').contains(&c));
        if is_wide || !indent.chars().all(|c| c == ' ' || c == '\t') {
            return Err(Refusal::new(
                span,
                "the form of this list is not supported",
                "begin each item on its own line",
            ));
        }
        let digits = number_of(text);
        let (marker, length) = match digits {
            "" => {
                let marker = text.chars().next().unwrap_or('-');
                (marker.to_string(), marker.len_utf8())
            }
            _ => {
                let delimiter = text[digits.len()..].chars().next().unwrap_or('.');
                let step = if behind { 1 + nth } else { 0 };
                let length = digits.len() + delimiter.len_utf8();
                (format!("{}{delimiter}", self.next_number(row, digits, step)), length)
            }
        };
        let gap: String = text[length..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
        Ok(format!("{indent}{marker}{}", if gap.is_empty() { " " } else { &gap }))
    }

    /// The number of a new item, with the zeros of its neighbour. Where all items have one number,
    /// so has the new one.
    fn next_number(&self, row: &ListBullet<'_>, digits: &str, step: usize) -> String {
        let items = &self.lists[row.list].items;
        let number =
            |item: &ListItem| number_of(&self.document.text[item.span.range()]).to_string();
        let all_one = items.len() > 1 && items.iter().all(|item| number(item) == digits);
        let step = if all_one { 0 } else { step as u64 };
        let next = digits.parse::<u64>().unwrap_or(0) + step;
        let width = if digits.starts_with('0') { digits.len() } else { 0 };
        format!("{next:0width$}")
    }
}

fn number_of(text: &str) -> &str {
    let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    &text[..length]
}

/// Returns a blank line if the text after `at` would otherwise continue the inserted text.
fn separator(document: &Document, at: usize) -> Option<String> {
    let next = document.text[at..].lines().next().unwrap_or("");
    let stands_apart = next.trim().is_empty() || next.starts_with('#');
    (!stands_apart).then(String::new)
}
