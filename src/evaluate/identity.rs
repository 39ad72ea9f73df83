//! Which of many things are one: those that share a name, and those that are one with the same third.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::model::Name;

/// Something that is known by names.
pub trait Named {
    /// All its names.
    fn names(&self) -> impl Iterator<Item = Name<'_>>;

    /// Its id, where that was made from its address: other addresses may have given the same.
    fn made_id(&self) -> Option<&str>;
}

/// Divides things by identity: groups of places in `things`. Both the groups and the places in them
/// keep the order of the things.
///
/// Two that share a name are one. An id that both got from their addresses is no such name: of itself
/// it joins a thing only to the first that has it in another way, and not even to that one where an
/// earlier thing of the same id is the same by a better name.
pub fn groups<T: Named>(things: &[T]) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..things.len()).collect();
    let mut known = Known::default();
    for (index, thing) in things.iter().enumerate() {
        for other in known.ones_with(thing) {
            let (a, b) = (find(&mut leader, index), find(&mut leader, other));
            leader[a.max(b)] = a.min(b);
        }
        known.add(thing, index);
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::default();
    for index in 0..things.len() {
        let root = find(&mut leader, index);
        let at = *place.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(index);
    }
    groups
}

fn find(leader: &mut [usize], mut index: usize) -> usize {
    while leader[index] != index {
        leader[index] = leader[leader[index]];
        index = leader[index];
    }
    index
}

/// The first things of each name, by their places.
#[derive(Default)]
struct Known<'n> {
    by_name: HashMap<Name<'n>, usize>,
    /// Of each id, without those that got it from their addresses.
    otherwise: HashMap<Cow<'n, str>, usize>,
    /// Those of a made id, by each of their other names.
    made: HashMap<(&'n str, Name<'n>), usize>,
}

impl<'n> Known<'n> {
    /// What shares a name with a thing, at most one for each name.
    fn ones_with(&self, thing: &'n impl Named) -> Vec<usize> {
        let made = thing.made_id();
        let by = |name: Name<'n>| match made.filter(|made| is_id(&name, made)) {
            None => self.by_name.get(&name).copied(),
            Some(made) => {
                let others = thing.names().filter(|other| *other != name);
                let better = others.filter_map(|other| self.made.get(&(made, other))).min();
                let otherwise = self.otherwise.get(made).copied();
                otherwise.filter(|first| better.is_none_or(|better| first < better))
            }
        };
        thing.names().filter_map(by).collect()
    }

    fn add(&mut self, thing: &'n impl Named, index: usize) {
        let made = thing.made_id();
        for name in thing.names() {
            let is_made = made.is_some_and(|made| is_id(&name, made));
            if let Some(made) = made.filter(|_| !is_made) {
                self.made.entry((made, name.clone())).or_insert(index);
            }
            if let Name::Id(id) = &name
                && !is_made
            {
                self.otherwise.entry(id.clone()).or_insert(index);
            }
            self.by_name.entry(name).or_insert(index);
        }
    }
}

fn is_id(name: &Name<'_>, id: &str) -> bool {
    matches!(name, Name::Id(known) if known == id)
}
