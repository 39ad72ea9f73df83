//! What is known by which names, without a copy of the names.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::model::Name;

/// Places by the hashes of names: a tenth of what the names would take. Whoever finds a place asks what
/// stands there whether it has the name, since hashes may be the same by chance.
#[derive(Debug, Clone)]
pub(super) struct Names {
    state: RandomState,
    /// In order.
    places: Vec<(u64, usize)>,
    /// For each beginning of a hash, where the first of `places` stands that has it or a later one.
    starts: Vec<usize>,
    /// By how many bits a hash is cut down to its beginning.
    cut: u32,
}

/// For so few things it is not worth the while to share the work.
const FEW: usize = 1024;

/// So many places share the beginning of their hashes, on an average.
const SHARING: usize = 4;

impl Names {
    /// Files things by the names that they have; each name with whether it is a [made
    /// id](super::identity).
    pub(super) fn new<'n, T: Sync, N: IntoIterator<Item = (Name<'n>, bool)>>(
        things: &'n [T],
        names: impl Fn(&'n T) -> N + Sync,
    ) -> Self {
        let state = RandomState::default();
        let hashed = |(place, thing): (usize, &'n T)| {
            let state = &state;
            names(thing).into_iter().map(move |name| (state.hash_one(name), place))
        };
        let mut places: Vec<(u64, usize)> =
            things.par_iter().with_min_len(FEW).enumerate().flat_map_iter(hashed).collect();
        places.par_sort_unstable();
        places.dedup();
        let bits = (places.len() / SHARING).max(2).ilog2();
        let cut = u64::BITS - bits;
        let mut starts = Vec::with_capacity(1 << bits);
        for (at, (hash, _)) in places.iter().enumerate() {
            let beginning = usize::try_from(hash >> cut).unwrap_or(usize::MAX);
            starts.resize(starts.len().max(beginning + 1), at);
        }
        Self { state, places, starts, cut }
    }

    /// The places that may have this name, in order: as a made id, or in any other way.
    pub(super) fn get(&self, name: &Name<'_>, is_made: bool) -> impl Iterator<Item = usize> {
        self.filed(name, is_made).iter().map(|(_, place)| *place)
    }

    /// Those of them that stand behind `place`.
    pub(super) fn get_behind(
        &self,
        name: &Name<'_>,
        is_made: bool,
        place: usize,
    ) -> impl Iterator<Item = usize> {
        let filed = self.filed(name, is_made);
        let behind = filed.partition_point(|(_, known)| *known <= place);
        filed[behind..].iter().map(|(_, place)| *place)
    }

    fn filed(&self, name: &Name<'_>, is_made: bool) -> &[(u64, usize)] {
        let hash = self.state.hash_one((name, is_made));
        let beginning = usize::try_from(hash >> self.cut).unwrap_or(usize::MAX);
        let start = |at: usize| self.starts.get(at).copied().unwrap_or(self.places.len());
        let near = &self.places[start(beginning)..start(beginning.saturating_add(1))];
        let first = near.partition_point(|(known, _)| *known < hash);
        let number = near[first..].partition_point(|(known, _)| *known == hash);
        &near[first..first + number]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_all_its_places() {
        let words: Vec<String> = (0..1000).map(|number| format!("word-{}", number % 300)).collect();
        let names = Names::new(&words, |word| [(Name::Id(word.as_str().into()), word.len() == 6)]);
        for (place, word) in words.iter().enumerate() {
            let name = Name::Id(word.as_str().into());
            assert!(names.get(&name, word.len() == 6).any(|found| found == place), "{word}");
            assert!(names.get(&name, word.len() != 6).all(|found| words[found] != *word));
        }
        let places: Vec<usize> = names.get(&Name::Id("word-7".into()), true).collect();
        assert_eq!(places, [7, 307, 607, 907]);
        let none: [&str; 0] = [];
        let names = Names::new(&none, |_| []);
        assert_eq!(names.get(&Name::Id("word".into()), false).count(), 0);
    }
}
