//! Different orgs or sources of items, for `distinct`.

use std::collections::BTreeMap;

use crate::model::Distinct;

use crate::evaluate::items::item::Item;

impl Distinct {
    /// The voices that an item may count for, in order: its org, or every source that lists it.
    pub(crate) fn voices(self, item: &Item) -> Vec<&str> {
        match self {
            Self::Org => item.org.as_deref().into_iter().collect(),
            Self::Source => item.sources.iter().map(String::as_str).collect(),
        }
    }
}

/// A number of items, or of different voices, that follows items as they come and go.
///
/// The number of different sources is the largest number of items that can each have a source of
/// their own: items listed by {a} and by {a, b} are two sources, independent of their names.
pub(crate) enum Tally<'i> {
    /// `distinct` was not asked for.
    Items(usize),
    /// Items by their voices.
    Voices {
        distinct: Distinct,
        /// Number of items with this one voice.
        single: BTreeMap<&'i str, usize>,
        /// Number of items with these voices.
        several: BTreeMap<Vec<&'i str>, usize>,
    },
}

impl<'i> Tally<'i> {
    /// A tally of no items.
    pub(crate) fn new(distinct: Option<Distinct>) -> Self {
        match distinct {
            None => Self::Items(0),
            Some(distinct) => {
                Self::Voices { distinct, single: BTreeMap::new(), several: BTreeMap::new() }
            }
        }
    }

    /// A tally of these items.
    pub(crate) fn of(distinct: Option<Distinct>, items: impl Iterator<Item = &'i Item>) -> Self {
        let mut tally = Self::new(distinct);
        items.for_each(|item| tally.add(item));
        tally
    }

    /// Counts an item.
    pub(crate) fn add(&mut self, item: &'i Item) {
        match self {
            Self::Items(number) => *number += 1,
            Self::Voices { distinct, single, several } => {
                let voices = distinct.voices(item);
                match voices.as_slice() {
                    [] => {}
                    [voice] => *single.entry(voice).or_default() += 1,
                    _ => *several.entry(voices).or_default() += 1,
                }
            }
        }
    }

    /// Takes back an item that was added.
    pub(crate) fn remove(&mut self, item: &'i Item) {
        match self {
            Self::Items(number) => *number -= 1,
            Self::Voices { distinct, single, several } => {
                let voices = distinct.voices(item);
                match voices.as_slice() {
                    [] => {}
                    [voice] => take_one(single, voice),
                    _ => take_one(several, &voices),
                }
            }
        }
    }

    /// The number of items, or of different voices.
    pub(crate) fn have(&self) -> usize {
        match self {
            Self::Items(number) => *number,
            Self::Voices { single, several, .. } if several.is_empty() => single.len(),
            Self::Voices { single, several, .. } => {
                let alone = single.keys().map(|voice| vec![*voice]);
                // More items of one set of voices than there are voices in it cannot matter.
                let shared = several
                    .iter()
                    .flat_map(|(voices, &items)| vec![voices.clone(); items.min(voices.len())]);
                let voices: Vec<Vec<&str>> = alone.chain(shared).collect();
                matched(&voices).into_iter().filter(|counts| *counts).count()
            }
        }
    }
}

fn take_one<K, Q>(items: &mut BTreeMap<K, usize>, voices: &Q)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    if let Some(number) = items.get_mut(voices) {
        *number -= 1;
        if *number == 0 {
            items.remove(voices);
        }
    }
}

/// Returns whether each item gets a voice of its own, in a largest assignment of voices to items in which
/// earlier items come first.
///
/// Kuhn's algorithm (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955): an item
/// takes a free voice, or one whose item can move to another.
pub(crate) fn matched(voices: &[Vec<&str>]) -> Vec<bool> {
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    (0..voices.len()).map(|item| assign(item, voices, &mut taken, &mut Vec::new())).collect()
}

fn assign<'v>(
    item: usize,
    voices: &[Vec<&'v str>],
    taken: &mut BTreeMap<&'v str, usize>,
    tried: &mut Vec<&'v str>,
) -> bool {
    for &voice in &voices[item] {
        if tried.contains(&voice) {
            continue;
        }
        tried.push(voice);
        let holder = taken.get(voice).copied();
        if holder.is_none_or(|holder| assign(holder, voices, taken, tried)) {
            taken.insert(voice, item);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::matched;

    #[test]
    fn matched_does_not_depend_on_the_names_of_voices() {
        for other in ["alpha", "zeta"] {
            let mut both = vec!["gamma", other];
            both.sort_unstable();
            assert_eq!(matched(&[vec!["gamma"], both.clone()]), [true, true], "{other}");
            assert_eq!(matched(&[both.clone(), vec!["gamma"]]), [true, true], "{other}");
            let three = [both.clone(), vec!["gamma"], both];
            assert_eq!(matched(&three), [true, true, false], "two voices for three items");
        }
        assert_eq!(matched(&[vec![], vec!["a"], vec!["a"]]), [false, true, false]);
    }
}
