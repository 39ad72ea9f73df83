//! What the YAML parser found wrong, in a person's words.

use granit_parser::ErrorKind;

/// What the parser found, in words that need no knowledge of YAML's grammar.
pub(super) fn explain(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as Kind;
    let (message, help) = match kind {
        Kind::TabNotAllowed | Kind::TabInBlockIndentation | Kind::TabInIndentation => {
            ("a tab indents this line", "indent with spaces")
        }
        Kind::UnclosedFlowCollection { open } => {
            return (format!("`{open}` is never closed"), "close it");
        }
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{open}` is closed by `{close}`"), "close it with its own bracket");
        }
        Kind::UnexpectedCharacter { character } => {
            return (format!("`{character}` cannot begin a value"), "put the value in quotes");
        }
        Kind::UnknownAnchor => (
            "`*` begins an alias, and no `&` above has this name",
            "put the value in quotes if the `*` is part of it",
        ),
        Kind::RecursionLimitExceeded => {
            ("lists and maps are nested too deep", "nest at most 64 deep")
        }
        Kind::MappingValueNotAllowed => ("a value holds `: `", "put the whole value in quotes"),
        Kind::UnclosedQuotedScalar => ("a quote is opened here and never closed", "close it"),
        Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey => (
            "`key: value` is expected here",
            "check the colon, the space behind it, and the indentation",
        ),
        Kind::InvalidIndentation => {
            ("the indentation does not fit the lines above", "align it with its neighbours")
        }
        other => {
            let words = format!("this is not valid YAML: {}", in_words(&format!("{other:?}")));
            return (words, "if it is a text, put it in quotes");
        }
    };
    (message.into(), help)
}

/// `InvalidDocumentEnd` as "invalid document end".
fn in_words(name: &str) -> String {
    let name = name.split([' ', '{', '(']).next().unwrap_or(name);
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
