//! Suggestions for misspelt names.

/// Returns the help text for a name that is not among `known`: a suggestion, and the known names; if
/// there are none, the command that adds the first one. `kind` names the kind of thing, such as
/// "thread".
pub fn unknown_name_help<'k>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> String {
    let listed = listed(known.clone());
    match did_you_mean(name, known) {
        Some(near) => format!("did you mean `{near}`? known: {listed}"),
        None if listed.is_empty() => no_name_help(kind),
        None => format!("known: {listed}"),
    }
}

/// Returns how to add the first thing of a kind.
fn no_name_help(kind: &str) -> String {
    let command = match kind {
        "thread" => "thread new TITLE",
        "catalog" | "catalog item" => "thread catalog add SOURCE TITLE",
        kind if kind.starts_with("item") => "thread add THREAD URL",
        "source" => "thread source add SOURCE",
        "set" => "thread set add THREAD NAME SELECTION",
        "trigger" => "thread trigger add THREAD",
        "draft" => "thread draft THREAD",
        _ => return format!("no {kind} is defined yet"),
    };
    format!("there is none yet; `{command}` adds the first one")
}

/// Returns the known name that is most similar to `name`; `None` if no name is similar, or several
/// are equally similar.
///
/// Among `low`, `medium` and `ripe`, `mediun` gives `medium`.
pub fn did_you_mean<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let limit = (1 + name.chars().count() / 4).min(3);
    let near = within_distance(limit, name, known).filter(|(distance, _)| *distance > 0);
    let mut near: Vec<(usize, &str)> = near.collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [] => None,
        [(first, _), (second, _), ..] if first == second => None,
        [(_, nearest), ..] => Some(nearest),
    }
}

/// Joins at most a dozen names for a message: `low, medium, ripe`.
pub fn listed<'k>(names: impl Iterator<Item = &'k str>) -> String {
    const MOST: usize = 12;
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let list = names.join(", ");
    if more == 0 { list } else { format!("{list}, and {more} more") }
}

/// Returns the only known name that `name` can be a misspelling of, for a safe fix: at most one
/// typing error, or two in a longer name. A name with another number is another name.
///
/// Among `trials-2` and `low`, `trails-2` gives `trials-2`, and `trials-3` gives nothing.
pub fn unique_correction<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let mut near: Vec<(usize, &str)> = within_distance(2, name, known).collect();
    near.sort_unstable();
    near.dedup();
    let limit = (name.chars().count() / 3).clamp(1, 2);
    match near.as_slice() {
        [(distance, only)]
            if (1..=limit).contains(distance) && digits_of(name).eq(digits_of(only)) =>
        {
            Some(only)
        }
        _ => None,
    }
}

fn digits_of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

/// Returns the known names within an edit distance of `name`, with their distances.
fn within_distance<'k>(
    limit: usize,
    name: &str,
    known: impl Iterator<Item = &'k str>,
) -> impl Iterator<Item = (usize, &'k str)> {
    // Comparing the lengths first is cheap and rejects most names.
    let length = name.chars().count();
    known
        .filter(move |known| known.chars().count().abs_diff(length) <= limit)
        .map(move |known| (strsim::damerau_levenshtein(name, known), known))
        .filter(move |(distance, _)| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
        unique_correction(name, known.iter().copied())
    }

    #[test]
    fn unique_correction_returns_only_a_certain_name() {
        let ladder = ["low", "medium", "medium-high", "ripe"];
        assert_eq!(near("medium-hihg", &ladder), Some("medium-high"));
        assert_eq!(near("medum", &ladder), Some("medium"));
        assert_eq!(near("Low", &ladder), Some("low"));
        assert_eq!(near("need", &["read", "count"]), None, "two errors in a short name");
        assert_eq!(near("trial", &["trials", "triad"]), None, "two candidates");
        assert_eq!(near("trials-3", &["trials-2"]), None, "another number");
        assert_eq!(near("low", &ladder), None, "no error");
    }
}
