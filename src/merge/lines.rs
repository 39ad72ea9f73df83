//! A merge of lines in the manner of diff3: where only one side differs from the base, that side;
//! where both do in the same way, that; else a conflict.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::merge::{Merged, Versions};
use crate::parse::fence;
use crate::parse::fence::Fenced;

/// Conflicting lines of the three versions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conflict<'l> {
    pub base: &'l [&'l str],
    pub ours: &'l [&'l str],
    pub theirs: &'l [&'l str],
    /// True if all of them follow the front matter.
    pub in_body: bool,
}

/// A range of lines that is the same in all three versions: its start in each, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Common {
    base: usize,
    ours: usize,
    theirs: usize,
    length: usize,
}

/// The resolution of conflicts in the body alone.
pub(super) fn resolved_by(
    units: impl Fn(Conflict<'_>) -> Option<Vec<String>>,
) -> impl Fn(Conflict<'_>) -> Option<Vec<String>> {
    move |conflict| if conflict.in_body { units(conflict) } else { None }
}

/// Merges the lines. `resolve` is called for each conflict; conflicts that it cannot resolve get
/// markers of `marker_size` characters.
pub(super) fn merge(
    versions: Versions<'_>,
    marker_size: usize,
    resolve: impl Fn(Conflict<'_>) -> Option<Vec<String>>,
) -> Merged {
    let split = |text: &'_ str| text.split_inclusive('\n').map(str::to_string).collect::<Vec<_>>();
    let texts = [split(versions.base), split(versions.ours), split(versions.theirs)];
    let [base, ours, theirs] =
        [0, 1, 2].map(|at: usize| texts[at].iter().map(String::as_str).collect::<Vec<&str>>());
    let bodies = [versions.base, versions.ours, versions.theirs].map(body_line);
    let mut merged = Merged { text: String::new(), conflicts: 0 };
    let (mut at_base, mut at_ours, mut at_theirs) = (0, 0, 0);
    for common in joined(commons(&base, &ours, &theirs), &ours, &theirs, &base) {
        let conflict = Conflict {
            base: &base[at_base..common.base],
            ours: &ours[at_ours..common.ours],
            theirs: &theirs[at_theirs..common.theirs],
            in_body: at_base >= bodies[0] && at_ours >= bodies[1] && at_theirs >= bodies[2],
        };
        take(&mut merged, conflict, marker_size, &resolve);
        base[common.base..common.base + common.length]
            .iter()
            .for_each(|line| merged.text.push_str(line));
        at_base = common.base + common.length;
        at_ours = common.ours + common.length;
        at_theirs = common.theirs + common.length;
    }
    merged
}

/// Returns the number of lines before the body.
fn body_line(text: &str) -> usize {
    match fence::split(text) {
        Fenced::Parts(parts) => text[..parts.body.start].matches('\n').count(),
        Fenced::Absent | Fenced::Unclosed { .. } => 0,
    }
}

fn take(
    merged: &mut Merged,
    conflict: Conflict<'_>,
    marker_size: usize,
    resolve: &impl Fn(Conflict<'_>) -> Option<Vec<String>>,
) {
    let Conflict { base, ours, theirs, .. } = conflict;
    if ours == theirs || theirs == base {
        merged.text.extend(ours.iter().copied());
    } else if ours == base {
        merged.text.extend(theirs.iter().copied());
    } else if let Some(lines) = resolve(conflict) {
        merged.text.extend(lines);
    } else {
        merged.conflicts += 1;
        let ending = if ours.iter().chain(theirs).any(|line| line.ends_with("\r\n")) {
            "\r\n"
        } else {
            "\n"
        };
        let mut side = |sign: &str, label: &str, lines: &[&str]| {
            if !merged.text.is_empty() && !merged.text.ends_with('\n') {
                merged.text.push_str(ending);
            }
            merged.text.push_str(&sign.repeat(marker_size));
            merged.text.push_str(label);
            merged.text.push_str(ending);
            merged.text.extend(lines.iter().copied());
        };
        side("<", " ours", ours);
        side("=", "", theirs);
        side(">", " theirs", &[]);
    }
}

/// The stretches that all three have in common, in order; the last one is empty and at the ends.
fn commons(base: &[&str], ours: &[&str], theirs: &[&str]) -> Vec<Common> {
    let (left, right) = (equal(base, ours), equal(base, theirs));
    let mut commons = Vec::new();
    let (mut l, mut r) = (0, 0);
    while let (Some(&(l_base, l_side, l_len)), Some(&(r_base, r_side, r_len))) =
        (left.get(l), right.get(r))
    {
        let start = l_base.max(r_base);
        let end = (l_base + l_len).min(r_base + r_len);
        if start < end {
            commons.push(Common {
                base: start,
                ours: l_side + (start - l_base),
                theirs: r_side + (start - r_base),
                length: end - start,
            });
        }
        if l_base + l_len < r_base + r_len { l += 1 } else { r += 1 }
    }
    let (base, ours, theirs) = (base.len(), ours.len(), theirs.len());
    commons.push(Common { base, ours, theirs, length: 0 });
    commons
}

/// Removes common ranges between two insertions of the same bullet, so that both insertions are in
/// one conflict and the bullet is not added twice.
fn joined(mut commons: Vec<Common>, ours: &[&str], theirs: &[&str], base: &[&str]) -> Vec<Common> {
    let ours = added(&commons, ours, base, |common| common.ours);
    let theirs = added(&commons, theirs, base, |common| common.theirs);
    let mut removed = BTreeSet::new();
    for (place, bullet) in ours.difference(&theirs) {
        let others = theirs.iter().filter(|(_, other)| other == bullet);
        for (other, _) in others.filter(|other| !ours.contains(other)) {
            removed.extend(*place.min(other)..*place.max(other));
        }
    }
    let mut at = 0;
    commons.retain(|_| {
        at += 1;
        !removed.contains(&(at - 1))
    });
    commons
}

/// A bullet: the heading before it, and its line.
type BulletLine<'l> = (&'l str, &'l str);

/// Bullets that a side has between two stretches and the base has not, each with the index of the
/// stretch after it.
fn added<'l>(
    commons: &[Common],
    side: &[&'l str],
    base: &[&str],
    at: impl Fn(&Common) -> usize,
) -> BTreeSet<(usize, BulletLine<'l>)> {
    let mut added = BTreeSet::new();
    let (mut heading, mut start, mut base_start) = ("", 0, 0);
    for (index, common) in commons.iter().enumerate() {
        let end = at(common);
        for (line_at, line) in side[start..end + common.length].iter().enumerate() {
            if line.starts_with('#') {
                heading = line;
            }
            let is_bullet = ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker));
            let is_new = start + line_at < end && !base[base_start..common.base].contains(line);
            if is_bullet && is_new {
                added.insert((index, (heading, *line)));
            }
        }
        start = end + common.length;
        base_start = common.base + common.length;
    }
    added
}

/// Returns the ranges in which a side equals the base: start in the base, start in the side,
/// length.
fn equal(base: &[&str], side: &[&str]) -> Vec<(usize, usize, usize)> {
    let operations = capture_diff_slices(Algorithm::Myers, base, side);
    let equal = operations.into_iter().filter_map(|operation| match operation {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
        _ => None,
    });
    equal.collect()
}
