//! Brackets of a text, and the keys of fields in them.

use memchr::memchr2_iter;

use crate::text::Span;

/// A bracket that opens.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bracket {
    /// Its offset.
    pub(super) at: usize,
    /// Offset of its closing bracket.
    pub(super) close: Option<usize>,
    /// Index of the innermost bracket of its kind that was open before it.
    outer: Option<usize>,
}

/// The brackets that open in a text, in order. Round and square ones are counted apart.
pub(super) fn brackets(text: &str) -> Vec<Bracket> {
    let mut found: Vec<Bracket> = Vec::new();
    for (opens, closes) in [(b'[', b']'), (b'(', b')')] {
        let mut innermost = None;
        for at in memchr2_iter(opens, closes, text.as_bytes()) {
            if text.as_bytes()[at] == opens {
                found.push(Bracket { at, close: None, outer: innermost });
                innermost = Some(found.len() - 1);
            } else if let Some(opened) = innermost {
                found[opened].close = Some(at);
                innermost = found[opened].outer;
            }
        }
    }
    found.sort_unstable_by_key(|bracket| bracket.at);
    found
}

/// Returns the key at `start` if `::` follows it: `[org:: metr]` has the key `org` at 1.
pub(in crate::parse) fn key_at(text: &str, start: usize) -> Option<&str> {
    let rest = &text[start..];
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let (key, behind) = rest.split_at(rest.bytes().take_while(|byte| is_part(*byte)).count());
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic()) && behind.starts_with("::");
    is_key.then_some(key)
}

/// The parts of a value between the commas that are in no square brackets.
pub(super) fn outer_commas(value: &str) -> impl Iterator<Item = Span> + use<'_> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = outer_comma(&value.as_bytes()[start..]).map(|length| start + length);
        next = end.map(|end| end + 1);
        Some(Span::new(start, end.unwrap_or(value.len())))
    })
}

/// Returns the offset of the first comma that is in no square brackets.
fn outer_comma(value: &[u8]) -> Option<usize> {
    let (mut depth, mut is_escaped) = (0_usize, false);
    value.iter().position(|&byte| {
        match byte {
            _ if is_escaped => {}
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return true,
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_closed_by_their_own_kind() {
        let found = |text| brackets(text).into_iter().map(|bracket| (bracket.at, bracket.close));
        let crossed = [(0, Some(5)), (3, Some(8)), (10, None), (12, Some(14))];
        assert!(found("[a (b] c) [ (d)").eq(crossed));
        let nested = [(0, Some(7)), (1, Some(2)), (3, Some(6)), (4, Some(5))];
        assert!(found("[[][[]]]]").eq(nested));
    }

    #[test]
    fn outer_commas_in_brackets_do_not_divide() {
        let parts = |value: &'static str| {
            outer_commas(value).map(|part| &value[part.range()]).collect::<Vec<_>>()
        };
        assert_eq!(parts("[[Ban, the]], x"), ["[[Ban, the]]", " x"]);
        assert_eq!(parts("a,b, [c, [d, e]],f"), ["a", "b", " [c, [d, e]]", "f"]);
        assert_eq!(parts("a], b"), ["a]", " b"], "a bracket that nothing opens");
        assert_eq!(parts(r"\[a, b"), [r"\[a", " b"], "an escaped bracket");
        assert_eq!(parts(""), [""]);
    }

    #[test]
    fn key_at_needs_a_word_and_two_colons() {
        assert_eq!(key_at("[same-as:: x]", 1), Some("same-as"));
        assert_eq!(key_at("[2a:: x]", 1), None, "it begins with a digit");
        assert_eq!(key_at("[a b:: x]", 1), None, "it has a blank");
        assert_eq!(key_at("[a: x]", 1), None);
    }
}
