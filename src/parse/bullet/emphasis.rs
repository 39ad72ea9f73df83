//! Removal of emphasis from titles.

use std::borrow::Cow;

/// Removes pairs of `*` and `_` that emphasize text: `**A** b` gives `A b`. A single one stays, as
/// does one inside a word, between spaces, or after a backslash.
pub(super) fn without_emphasis(text: &str) -> Cow<'_, str> {
    if !text.contains(['*', '_']) {
        return text.into();
    }
    let signs: Vec<char> = text.chars().collect();
    let mut marks = vec![false; signs.len()];
    let (mut stars, mut lines) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < signs.len() {
        let end = at + signs[at..].iter().take_while(|next| **next == signs[at]).count();
        let opened = match signs[at] {
            '*' => &mut stars,
            '_' => &mut lines,
            '\\' => {
                at += 2;
                continue;
            }
            _ => {
                at = end;
                continue;
            }
        };
        let (before, behind) = (at.checked_sub(1).map(|before| signs[before]), signs.get(end));
        let touches = |side: Option<&char>| side.is_some_and(|side| !side.is_whitespace());
        let in_word = |side: Option<&char>| side.is_some_and(|side| side.is_alphanumeric());
        if touches(before.as_ref()) && !in_word(behind) {
            for (closing, opening) in (at..end).zip(std::iter::from_fn(|| opened.pop())) {
                marks[opening] = true;
                marks[closing] = true;
            }
        } else if touches(behind) && !in_word(before.as_ref()) {
            opened.extend(at..end);
        }
        at = end;
    }
    let kept = signs.iter().zip(&marks).filter(|(_, is_mark)| !**is_mark);
    kept.map(|(sign, _)| sign).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::without_emphasis;

    #[test]
    fn without_emphasis_removes_pairs_only() {
        for (text, plain) in [
            ("Kelp, *lime*; a quay", "Kelp, lime; a quay"),
            ("_all_ **of** ***it***", "all of it"),
            ("*a _b_ c*", "a b c"),
            ("2_000 * 3 * C*", "2_000 * 3 * C*"),
            (r"\*not\* and *yes*", r"\*not\* and yes"),
            ("snake_case_name and __init", "snake_case_name and __init"),
            ("*never closed", "*never closed"),
            ("", ""),
        ] {
            assert_eq!(without_emphasis(text), plain);
        }
    }
}
