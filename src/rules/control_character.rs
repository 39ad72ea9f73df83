//! `control-character`: what a terminal obeys, or what turns the direction of writing.

use crate::model::{Diagnostic, Rule};
use crate::text::{Document, Span, is_obeyed};

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
        let does = match character {
            c if is_direction(c) => "turns the direction of the text that follows",
            c if c.is_control() => "is a control character",
            _ => "is obeyed and not shown",
        };
        let message = format!("{code} {does}");
        let finding = Diagnostic::new(Rule::ControlCharacter, &document.path, span, message);
        found.push(finding.help("take it out; it came perhaps with a copied title"));
    }
}

/// A byte-order mark at the start of a file is an editor's affair.
fn is_control(character: char) -> bool {
    is_obeyed(character) && !matches!(character, '\t' | '\u{feff}')
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
