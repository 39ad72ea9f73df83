//! Merge of bullets and headings: those that one side added are added, those that one side changed
//! are changed, and those that both changed differently are conflicts.

use std::cmp::Ordering;

use crate::merge::lines::Conflict;
use crate::model::{Date, url};
use crate::parse::markdown::BlockKind;
use crate::parse::{bullet, markdown};
use crate::text::{Document, Span};

/// A bullet with its nested blocks, or a heading; with the blank lines before it.
#[derive(Debug, Clone)]
struct Unit<'l> {
    key: Key,
    /// The date of a bullet, and whether the bullet begins with it, as in a log.
    date: Option<(Date, bool)>,
    blanks: Vec<&'l str>,
    /// True if it followed a bullet.
    in_list: bool,
    lines: Vec<&'l str>,
}

impl Unit<'_> {
    fn is_bullet(&self) -> bool {
        matches!(self.key, Key::Bullet(..))
    }
}

/// The identity of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    /// A heading, by its text.
    Heading(String),
    /// A bullet, by the heading before it and its subject.
    Bullet(String, String),
}

/// Merges the units of a conflict. Returns `None` if it contains other text, or both sides changed
/// one unit.
pub(super) fn merge(conflict: Conflict<'_>) -> Option<Vec<String>> {
    let (base, _) = read(conflict.base)?;
    let (ours, our_tail) = read(conflict.ours)?;
    let (theirs, their_tail) = read(conflict.theirs)?;
    if may_contradict(&base, &ours, &theirs) {
        return None;
    }
    let mut merged = Vec::new();
    for unit in &ours {
        merged.extend(kept(unit, find(&base, unit), find(&theirs, unit))?);
    }
    for gone in base.iter().filter(|unit| find(&ours, unit).is_none()) {
        // Taken out on our side: on theirs it must be as it was.
        if find(&theirs, gone).is_some_and(|unit| unit.lines != gone.lines) {
            return None;
        }
    }
    add(&mut merged, &theirs, |unit| find(&ours, unit).is_none() && find(&base, unit).is_none());
    join(&mut merged);
    let tail = match (ours.is_empty(), theirs.is_empty()) {
        (true, false) => their_tail,
        (false, true) => our_tail,
        _ => our_tail.max(their_tail),
    };
    let lines = merged.iter().flat_map(|unit| unit.blanks.iter().chain(&unit.lines));
    Some(ended(lines.chain(&tail).map(ToString::to_string).collect()))
}

/// Returns whether the sides may have changed one unit in two ways.
///
/// A bullet without a name of its own is known by its words, so its edit looks like a removal and
/// an addition: of `- 2026-01-05: saw it`, one side may keep `- 2026-01-05: saw it twice` and the
/// other nothing, or `- 2026-01-05: saw it once`. If both sides lack a unit of the base, any unit
/// that only one side has may be an edit of it.
fn may_contradict(base: &[Unit<'_>], ours: &[Unit<'_>], theirs: &[Unit<'_>]) -> bool {
    let is_lost = |unit: &Unit<'_>| find(ours, unit).is_none() && find(theirs, unit).is_none();
    base.iter().any(is_lost) && (adds(base, ours, theirs) || adds(base, theirs, ours))
}

/// Returns whether a side has a unit that is neither in the base nor on the other side.
fn adds(base: &[Unit<'_>], side: &[Unit<'_>], other: &[Unit<'_>]) -> bool {
    side.iter().any(|unit| find(base, unit).is_none() && find(other, unit).is_none())
}

/// Every line but perhaps the last has an ending.
fn ended(mut lines: Vec<String>) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let ending = if lines.iter().any(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    for line in &mut lines[..last] {
        if !line.ends_with('\n') {
            line.push_str(ending);
        }
    }
    lines
}

/// Merges one of our units. Returns `None` for a conflict, and no unit if the other side removed
/// it.
#[expect(clippy::option_option, reason = "a conflict, or nothing")]
fn kept<'l>(
    ours: &Unit<'l>,
    base: Option<&Unit<'l>>,
    theirs: Option<&Unit<'l>>,
) -> Option<Option<Unit<'l>>> {
    let same = |one: &Unit<'_>, other: &Unit<'_>| one.lines == other.lines;
    match (base, theirs) {
        (None, None) => Some(Some(ours.clone())),
        (_, Some(theirs)) if same(ours, theirs) => Some(Some(ours.clone())),
        (Some(base), Some(theirs)) if same(base, theirs) => Some(Some(ours.clone())),
        (Some(base), Some(theirs)) if same(base, ours) => Some(Some(theirs.clone())),
        (Some(base), None) if same(base, ours) => Some(None),
        (None, Some(theirs)) => earlier(ours, theirs).map(Some),
        _ => None,
    }
}

/// One arrival that both sides brought in from different scans: it landed with the earlier one.
fn earlier<'l>(ours: &Unit<'l>, theirs: &Unit<'l>) -> Option<Unit<'l>> {
    let landed = |unit: &Unit<'l>| {
        let [line] = unit.lines.as_slice() else { return None };
        let (_, behind) = line.split_once(" [landed:: ")?;
        let (date, _) = behind.split_once(']')?;
        Some((date.to_string(), line.replacen(&format!(" [landed:: {date}]"), "", 1)))
    };
    let ((our_day, our_rest), (their_day, their_rest)) = (landed(ours)?, landed(theirs)?);
    (our_rest == their_rest)
        .then(|| if our_day <= their_day { ours.clone() } else { theirs.clone() })
}

fn find<'u, 'l>(units: &'u [Unit<'l>], wanted: &Unit<'_>) -> Option<&'u Unit<'l>> {
    units.iter().find(|unit| unit.key == wanted.key)
}

/// Inserts their new units after the units that they follow on their side, ordered by date if all
/// new units there have one.
fn add<'l>(merged: &mut Vec<Unit<'l>>, theirs: &[Unit<'l>], is_new: impl Fn(&Unit<'l>) -> bool) {
    for (at, unit) in theirs.iter().enumerate().filter(|(_, unit)| is_new(unit)) {
        let mut before = theirs[..at].iter().rev();
        let place = before.find_map(|above| merged.iter().position(|unit| unit.key == above.key));
        let mut place = place.map_or(0, |place| place + 1);
        while merged.get(place).is_some_and(|next| goes_before(next, unit)) {
            place += 1;
        }
        merged.insert(place, unit.clone());
    }
}

/// Joins two lists that were extended at the same position: removes the blank lines before the
/// first unit of the second one.
fn join(merged: &mut [Unit<'_>]) {
    for at in 1..merged.len() {
        if merged[at - 1].is_bullet() && merged[at].is_bullet() && !merged[at].in_list {
            merged[at].blanks.clear();
        }
    }
}

/// Returns whether a unit precedes a new one. Bullets precede a heading, because they belong to the
/// one before it; undated bullets precede dated ones; a log is ordered oldest first, a list of
/// items newest first; otherwise the order is that of the texts, so that both sides give the same
/// result.
fn goes_before(unit: &Unit<'_>, new: &Unit<'_>) -> bool {
    if unit.is_bullet() != new.is_bullet() {
        return unit.is_bullet();
    }
    let order = match (unit.date, new.date) {
        (Some((date, true)), Some((new_day, _))) => date.cmp(&new_day),
        (Some((date, false)), Some((new_day, _))) => new_day.cmp(&date),
        (date, new_day) => date.is_some().cmp(&new_day.is_some()),
    };
    order.then_with(|| unit.lines.cmp(&new.lines)) == Ordering::Less
}

/// Splits lines into units and the blank lines at their end. Returns `None` if a line belongs to no
/// unit, or two units are equal.
fn read<'l>(lines: &[&'l str]) -> Option<(Vec<Unit<'l>>, Vec<&'l str>)> {
    let mut units: Vec<Unit<'l>> = Vec::new();
    let mut blanks = Vec::new();
    let mut heading = String::new();
    for line in lines {
        let words = line.trim();
        let (key, date) = if words.is_empty() {
            blanks.push(*line);
            continue;
        } else if line.starts_with('#') && words.trim_start_matches('#').starts_with(' ') {
            heading = words.trim_matches(['#', ' ']).to_lowercase();
            (Key::Heading(heading.clone()), None)
        } else if line.starts_with(['-', '*', '+']) {
            let (name, date) = bullet(words)?;
            (Key::Bullet(heading.clone(), name), date)
        } else if line.starts_with([' ', '\t']) && blanks.is_empty() {
            units.last_mut()?.lines.push(line);
            continue;
        } else {
            return None;
        };
        let in_list = units.last().is_some_and(Unit::is_bullet);
        let blanks = std::mem::take(&mut blanks);
        units.push(Unit { key, date, blanks, in_list, lines: vec![line] });
    }
    let is_alone =
        |unit: &Unit<'_>| units.iter().filter(|other| other.key == unit.key).count() == 1;
    units.iter().all(is_alone).then_some((units, blanks))
}

/// Returns the subject and the date of a bullet. The subject of a log entry is its text, that of an
/// item its id, URL, label or title.
fn bullet(line: &str) -> Option<(String, Option<(Date, bool)>)> {
    let document = Document::new("", line);
    let outline = markdown::parse(&document, Span::new(0, line.len()));
    let BlockKind::List(list) = &outline.blocks.first()?.kind else {
        return None;
    };
    let bullet = bullet::parse(&document, list.items.first()?, None, &mut Vec::new());
    let id = bullet.field("id").map(|field| field.value.to_string());
    let named = id
        .or_else(|| bullet.url.map(|address| url::canonical(address).into_owned()))
        .or(bullet.label)
        .or(bullet.title);
    let name =
        named.filter(|_| !bullet.leads_with_date).unwrap_or_else(|| bullet::plain_text(line));
    Some((name, bullet.date.map(|date| (date, bullet.leads_with_date))))
}
