//! Suggestions for misspelled words.

/// What to say of a word that is not among `known`.
pub fn unknown_word_help<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let listed = listed(known.clone());
    match did_you_mean(word, known) {
        Some(near) => format!("did you mean `{near}`? known: {listed}"),
        None if listed.is_empty() => "none is defined yet".into(),
        None => format!("known: {listed}"),
    }
}

/// The one known word that `word` is nearly; `None` where no or several words are as near.
pub fn did_you_mean<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let tolerance = 1 + word.chars().count() / 4;
    let near = within(tolerance.min(3), word, known).filter(|(distance, _)| *distance > 0);
    let mut near: Vec<(usize, &str)> = near.collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [] => None,
        [(first, _), (second, _), ..] if first == second => None,
        [(_, word), ..] => Some(word),
    }
}

/// At most a dozen words, for a message.
pub fn listed<'k>(words: impl Iterator<Item = &'k str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.dedup();
    let more = words.len().saturating_sub(12);
    words.truncate(12);
    let list = words.join(", ");
    match more {
        0 => list,
        _ => format!("{list}, and {more} more"),
    }
}

/// The only known word so near to `word` that it must be meant: one slip, in a longer word two. Words
/// that differ in a number are different words.
pub fn sole_near<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let mut near: Vec<(usize, &str)> = within(2, word, known).collect();
    near.sort_unstable();
    near.dedup();
    let slips = (word.chars().count() / 3).clamp(1, 2);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match near.as_slice() {
        [(1.., only)] if near[0].0 <= slips && digits(word) == digits(only) => Some(only),
        _ => None,
    }
}

/// The known words that at most so many slips lead to, with how many.
pub fn within<'k>(
    slips: usize,
    word: &str,
    known: impl Iterator<Item = &'k str>,
) -> impl Iterator<Item = (usize, &'k str)> {
    // Most words differ too much in length already, and that is soon seen.
    let length = word.chars().count();
    known
        .filter(move |known| known.chars().count().abs_diff(length) <= slips)
        .map(move |known| (strsim::damerau_levenshtein(word, known), known))
        .filter(move |(distance, _)| *distance <= slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
        sole_near(word, known.iter().copied())
    }

    #[test]
    fn only_a_word_that_must_be_meant_is_written() {
        let ladder = ["low", "medium", "medium-high", "ripe"];
        assert_eq!(near("medium-hihg", &ladder), Some("medium-high"));
        assert_eq!(near("medum", &ladder), Some("medium"));
        assert_eq!(near("Low", &ladder), Some("low"));
        assert_eq!(near("need", &["read", "count"]), None, "two slips in a short word");
        assert_eq!(near("trial", &["trials", "triad"]), None, "two candidates");
        assert_eq!(near("trials-3", &["trials-2"]), None, "another number is another word");
        assert_eq!(near("low", &ladder), None, "it is known");
    }
}
