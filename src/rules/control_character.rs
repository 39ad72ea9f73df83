//! `control-character`: what a terminal obeys, or what turns the direction of writing.

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span};

/// One finding a line.
pub(super) fn check(document: &Document, found: &mut Vec<Diagnostic>) {
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        let Some((offset, character)) = text.char_indices().find(|(_, c)| is_control(*c)) else {
            continue;
        };
        let span = Span::new(start + offset, start + offset + character.len_utf8());
        let code = format!("U+{:04X}", u32::from(character));
        let message = match is_direction(character) {
            true => format!("{code} turns the direction of the text that follows"),
            false => format!("{code} is a control character"),
        };
        let finding = Diagnostic::new(Rule::ControlCharacter, &document.path, span, message);
        found.push(finding.help("take it out; it came perhaps with a copied title"));
    }
}

fn is_control(character: char) -> bool {
    (character.is_control() && character != '\t') || is_direction(character)
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
