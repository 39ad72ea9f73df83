//! Which of many things are one: those that share a name, and those that are one with the same third.

use std::collections::HashMap;

use super::archive::Name;

/// Divides things by identity: groups of places in `things`. Both the groups and the places in them
/// keep the order of the things. Two that share a name are one, unless `differ` knows better.
pub fn groups<'n, T, N: Iterator<Item = Name<'n>>>(
    things: &'n [T],
    names: impl Fn(&'n T) -> N,
    differ: impl Fn(&T, &T) -> bool,
) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..things.len()).collect();
    let mut known_by: HashMap<Name<'n>, Vec<usize>> = HashMap::new();
    for (index, thing) in things.iter().enumerate() {
        for name in names(thing) {
            let others = known_by.entry(name).or_default();
            if let Some(&other) = others.iter().find(|&&other| !differ(&things[other], thing)) {
                let (a, b) = (find(&mut leader, index), find(&mut leader, other));
                leader[a.max(b)] = a.min(b);
            }
            others.push(index);
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
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
