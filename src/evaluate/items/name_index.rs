//! An index from names to positions that stores hashes instead of names.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::model::Name;

/// Positions by the hashes of names, which take a tenth of the memory of the names. Different names
/// may have the same hash, so the caller compares the names.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    state: RandomState,
    /// In order.
    places: Vec<(u64, usize)>,
    /// For each prefix of a hash, the first index in `places` with this or a later prefix.
    starts: Vec<usize>,
    /// Number of bits by which a hash is shifted to get its beginning.
    cut: u32,
}

/// Fewer values than this are processed in one thread.
const FEW: usize = 1024;

/// Average number of positions that share a prefix of their hashes.
const SHARING: usize = 4;

impl Names {
    /// Indexes values by their names.
    pub(crate) fn new<'n, T: Sync, N: IntoIterator<Item = Name<'n>>>(
        things: &'n [T],
        names: impl Fn(&'n T) -> N + Sync,
    ) -> Self {
        let state = RandomState::default();
        let hashed = |(place, thing): (usize, &'n T)| {
            let state = &state;
            names(thing).into_iter().map(move |name| (state.hash_one(name), place))
        };
        let places: Vec<(u64, usize)> =
            things.par_iter().with_min_len(FEW).enumerate().flat_map_iter(hashed).collect();
        let mut names = Self { state, places, starts: Vec::new(), cut: 0 };
        names.sort();
        names
    }

    fn sort(&mut self) {
        self.places.par_sort_unstable();
        self.places.dedup();
        let bits = (self.places.len() / SHARING).max(2).ilog2();
        self.cut = u64::BITS - bits;
        self.starts = Vec::with_capacity(1 << bits);
        for (at, (hash, _)) in self.places.iter().enumerate() {
            let beginning = usize::try_from(hash >> self.cut).unwrap_or(usize::MAX);
            self.starts.resize(self.starts.len().max(beginning + 1), at);
        }
    }

    /// Removes names from positions, and adds others.
    pub(crate) fn replace(&mut self, taken: Vec<(Name<'_>, usize)>, given: Vec<(Name<'_>, usize)>) {
        let hashed = |(name, place): (Name<'_>, usize)| (self.state.hash_one(name), place);
        let mut removed: Vec<_> = taken.into_iter().map(hashed).collect();
        let added: Vec<_> = given.into_iter().map(hashed).collect();
        removed.sort_unstable();
        self.places.retain(|place| removed.binary_search(place).is_err());
        self.places.extend(added);
        self.sort();
    }

    /// The hash of a name.
    pub(crate) fn hash(&self, name: &Name<'_>) -> u64 {
        self.state.hash_one(name)
    }

    /// Returns the hashes that several positions share, each with its positions in order.
    pub(crate) fn shared(&self) -> impl ParallelIterator<Item = (u64, &[(u64, usize)])> {
        let runs = self.places.par_chunk_by(|a, b| a.0 == b.0);
        runs.filter(|places| places.len() > 1).map(|places| (places[0].0, places))
    }

    /// Returns the positions that may have this name, in order.
    pub(crate) fn get(&self, name: &Name<'_>) -> impl Iterator<Item = usize> {
        self.filed(name).iter().map(|(_, place)| *place)
    }

    /// Returns the positions after `place` that may have this name.
    pub(crate) fn get_after(&self, name: &Name<'_>, place: usize) -> impl Iterator<Item = usize> {
        let filed = self.filed(name);
        let after = filed.partition_point(|(_, known)| *known <= place);
        filed[after..].iter().map(|(_, place)| *place)
    }

    fn filed(&self, name: &Name<'_>) -> &[(u64, usize)] {
        let hash = self.hash(name);
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

    fn id(word: &str) -> Name<'_> {
        Name::Id(word.into())
    }

    #[test]
    fn get_of_a_name_returns_all_its_places() {
        let words: Vec<String> = (0..1000).map(|number| format!("word-{}", number % 300)).collect();
        let names = Names::new(&words, |word| [id(word)]);
        for (place, word) in words.iter().enumerate() {
            assert!(names.get(&id(word)).any(|found| found == place), "{word}");
            assert_eq!(names.get(&Name::Derived(word.as_str().into())).count(), 0, "{word}");
        }
        let places: Vec<usize> = names.get(&id("word-7")).collect();
        assert_eq!(places, [7, 307, 607, 907]);
        assert_eq!(names.get_after(&id("word-7"), 307).collect::<Vec<_>>(), [607, 907]);
        assert_eq!(names.shared().count(), 300);
        let none: [&str; 0] = [];
        let names = Names::new(&none, |_| []);
        assert_eq!(names.get(&id("word")).count(), 0);
    }

    #[test]
    fn replace_of_a_name_moves_one_place_only() {
        let words = ["a", "b", "a"];
        let mut names = Names::new(&words, |word| [id(word)]);
        names.replace(vec![(id("a"), 2)], vec![(id("c"), 2)]);
        assert_eq!(names.get(&id("a")).collect::<Vec<_>>(), [0]);
        assert_eq!(names.get(&id("c")).collect::<Vec<_>>(), [2]);
        assert_eq!(names.get(&id("b")).collect::<Vec<_>>(), [1]);
    }
}
