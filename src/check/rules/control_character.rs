//! `control-character`: characters that a terminal interprets, or that change the direction of
//! text.

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span, is_control};

/// One finding a line.
pub(crate) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        let Some((offset, character)) = first(text) else {
            continue;
        };
        let span = Span::new(start + offset, start + offset + character.len_utf8());
        let code = format!("U+{:04X}", u32::from(character));
        let does = match character {
            c if is_direction(c) => "changes the direction of the text after it",
            c if c.is_control() => "is a control character",
            _ => "is interpreted by terminals and not shown",
        };
        let message = format!("{code} {does}");
        let finding = Diagnostic::new(Rule::ControlCharacter, &document.path, span, message);
        found.push(finding.help("remove it; it may be from a copied title"));
    }
}

fn first(line: &str) -> Option<(usize, char)> {
    let mut places = line.bytes().enumerate().filter(|(_, byte)| may_begin_one(*byte));
    places.find_map(|(at, _)| {
        let character = line[at..].chars().next().filter(|c| is_reported(*c))?;
        Some((at, character))
    })
}

/// Returns whether a byte is a control character, or the first byte of one.
fn may_begin_one(byte: u8) -> bool {
    byte.is_ascii_control() || matches!(byte, 0xC2 | 0xD8 | 0xE2 | 0xEF)
}

/// Returns whether a character is reported: not for a byte-order mark at the start of a file.
fn is_reported(character: char) -> bool {
    is_control(character) && !matches!(character, '\t' | '\u{feff}')
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn may_begin_one_is_true_for_every_control_character() {
        for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let expected = is_reported(character).then_some((1, character));
            assert_eq!(first(&format!("a{character}b")), expected);
        }
    }
}
