//! The model of the new text is the model of the old text with the changes made.

use std::collections::HashMap;

use crate::edit::wording::as_read;
use crate::model::change::{ApplyError, Change};
use crate::model::erase_spans::EraseSpans;
use crate::model::{Catalog, ItemRecord, Thread};

/// Compares the thread that was read from the new text with the one that is expected.
pub(super) fn compare(before: &Thread, after: &Thread, changes: &[Change]) -> Result<(), String> {
    let mut expected = before.clone();
    for change in changes {
        as_read(change, None).apply(&mut expected).map_err(|misfit| unfit(&misfit))?;
    }
    let found = after.clone().without_spans();
    let mut expected = expected.without_spans();
    expected.evidence =
        in_order_of(&found.evidence, expected.evidence, before.evidence.len(), |line| &line.item);
    difference(expected.first_difference(&found))
}

/// Compares the catalog that was read from the new text with the one that is expected.
pub(super) fn compare_catalogs(
    before: &Catalog,
    after: &Catalog,
    changes: &[Change],
) -> Result<(), String> {
    let mut expected = before.clone();
    for change in changes {
        as_read(change, Some(&before.source))
            .apply_to_catalog(&mut expected)
            .map_err(|misfit| unfit(&misfit))?;
    }
    let found = after.clone().without_spans();
    let mut expected = expected.without_spans();
    expected.items =
        in_order_of(&found.items, expected.items, before.items.len(), |listed| &listed.item);
    difference(expected.first_difference(&found))
}

/// The expected items in the order of those that were found: where new ones go is a matter of
/// style. The first `old` ones keep their order.
fn in_order_of<T: PartialEq>(
    found: &[T],
    mut expected: Vec<T>,
    old: usize,
    item: impl Fn(&T) -> &ItemRecord,
) -> Vec<T> {
    let mut new: HashMap<String, Vec<T>> = HashMap::new();
    for added in expected.split_off(old) {
        new.entry(item(&added).id.clone()).or_default().push(added);
    }
    let mut old = expected.into_iter().peekable();
    let mut ordered = Vec::with_capacity(found.len());
    for line in found {
        if let Some(kept) = old.next_if(|kept| kept == line) {
            ordered.push(kept);
        } else if let Some(alike) = new.get_mut(&item(line).id)
            && let Some(at) = alike.iter().position(|added| added == line)
        {
            ordered.push(alike.swap_remove(at));
        }
    }
    ordered.extend(old.chain(new.into_values().flatten()));
    ordered
}

fn unfit(misfit: &ApplyError) -> String {
    format!("the change does not fit the file: {misfit}")
}

fn difference(part: Option<&'static str>) -> Result<(), String> {
    match part {
        None => Ok(()),
        Some(part) => Err(format!("the edit would change `{part}` in a way that is not meant")),
    }
}
