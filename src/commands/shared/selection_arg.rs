//! Selections as one argument of the command line.

use std::str::FromStr;

use crate::model::{Configuration, Selection, TitlePattern};
use crate::text::Spanned;
use crate::text::suggest::unknown_name_help;

/// A selection as one argument: `tag=kelp,org=lab|harbour,title="export control*"`.
///
/// Keys are separated by commas, and values of one key by `|`. A value in double quotes may contain
/// both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectionArg {
    /// Keys with their values.
    keys: Vec<(Key, Vec<String>)>,
}

/// A key of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Source,
    Org,
    Tag,
    Title,
    Item,
    Verdict,
    Read,
}

const KEYS: [(&str, Key); 7] = [
    ("source", Key::Source),
    ("org", Key::Org),
    ("tag", Key::Tag),
    ("title", Key::Title),
    ("item", Key::Item),
    ("verdict", Key::Verdict),
    ("read", Key::Read),
];

impl FromStr for SelectionArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut keys: Vec<(Key, Vec<String>)> = Vec::new();
        for part in split(text, ',')? {
            let Some((name, values)) = part.split_once('=') else {
                return Err(format!("`{part}` has no `=`; write KEY=VALUE, such as `tag=kelp`"));
            };
            let Some((_, key)) = KEYS.iter().find(|(known, _)| *known == name.trim()) else {
                let help =
                    unknown_name_help("key", name.trim(), KEYS.iter().map(|(known, _)| *known));
                return Err(format!("unknown key `{}`; {help}", name.trim()));
            };
            if keys.iter().any(|(known, _)| known == key) {
                return Err(format!("`{name}` is given twice; write `{name}=A|B`"));
            }
            let values: Vec<String> =
                split(values, '|')?.iter().map(|value| unquoted(value)).collect();
            if values.iter().any(String::is_empty) {
                return Err(format!("`{name}` has an empty value"));
            }
            match key {
                Key::Title => {
                    for value in &values {
                        TitlePattern::parse(value)
                            .map_err(|reason| format!("`{value}` is not a pattern: {reason}"))?;
                    }
                }
                Key::Read if !matches!(values.as_slice(), [one] if one == "true" || one == "false") =>
                {
                    return Err("write `read=true` or `read=false`".into());
                }
                _ => {}
            }
            keys.push((*key, values));
        }
        Ok(Self { keys })
    }
}

impl SelectionArg {
    /// A selection by one key of a workspace.
    pub fn by(key: &str, value: &str) -> Option<Self> {
        let (_, key) = KEYS.iter().find(|(known, _)| *known == key)?;
        Some(Self { keys: vec![(*key, vec![value.to_string()])] })
    }

    /// Returns the selection; names of sources become slugs.
    pub fn selection(&self, configuration: &Configuration) -> Selection {
        let mut selection = Selection::default();
        for (key, values) in &self.keys {
            let words = || values.iter().cloned().map(Spanned::from).collect();
            match key {
                Key::Source => {
                    let slugs = values.iter().map(|name| configuration.source_slug(name).into());
                    selection.source = slugs.collect();
                }
                Key::Org => selection.org = words(),
                Key::Tag => selection.tag = words(),
                Key::Item => selection.item = words(),
                Key::Verdict => selection.verdict = words(),
                Key::Title => {
                    let patterns =
                        values.iter().filter_map(|value| TitlePattern::parse(value).ok());
                    selection.title = patterns.map(Spanned::from).collect();
                }
                Key::Read => selection.read = Some(values.iter().any(|value| value == "true")),
            }
        }
        selection
    }

    /// Returns the selection in words: `tag kelp and org lab or harbour`.
    pub fn words(&self) -> String {
        let name =
            |key: Key| KEYS.iter().find(|(_, known)| *known == key).map_or("", |(name, _)| name);
        let parts: Vec<String> = self
            .keys
            .iter()
            .map(|(key, values)| format!("{} {}", name(*key), values.join(" or ")))
            .collect();
        parts.join(" and ")
    }

    /// Returns a name for a set with this selection: its values, joined by `-`.
    pub fn name(&self) -> String {
        let values = self.keys.iter().filter(|(key, _)| *key != Key::Read);
        let words: Vec<&str> =
            values.flat_map(|(_, values)| values.iter().map(String::as_str)).collect();
        let name = crate::model::slug::slug_of(&words.join(" "));
        let short: Vec<&str> = name.split('-').take(MOST_WORDS).collect();
        if name.is_empty() { "items".into() } else { short.join("-") }
    }
}

/// The largest number of words of the name of a set.
const MOST_WORDS: usize = 4;

/// Splits a text at a separator outside of double quotes.
fn split(text: &str, separator: char) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                parts.last_mut().into_iter().for_each(|part| part.push(c));
            }
            _ if c == separator && !is_quoted => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    if is_quoted { Err(format!("a quote in `{text}` is not closed")) } else { Ok(parts) }
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_str_reads_keys_values_and_quotes() {
        let argument: SelectionArg =
            "tag=kelp,org=lab|harbour,title=\"export control*, again\"".parse().expect("valid");
        let selection = argument.selection(&Configuration::default());
        let words = |words: &[Spanned<String>]| -> Vec<String> {
            words.iter().map(|word| word.value.clone()).collect()
        };
        assert_eq!(words(&selection.tag), ["kelp"]);
        assert_eq!(words(&selection.org), ["lab", "harbour"]);
        assert_eq!(selection.title[0].value.as_str(), "export control*, again");
        assert_eq!(argument.name(), "kelp-lab-harbour-export");
    }

    #[test]
    fn from_str_of_a_mistake_is_an_error_with_a_remedy() {
        let error = |text: &str| text.parse::<SelectionArg>().unwrap_err();
        assert!(error("kelp").contains("no `=`"));
        assert!(error("tags=kelp").contains("did you mean `tag`"));
        assert!(error("tag=").contains("empty value"));
        assert!(error("title=/(/").contains("not a pattern"));
        assert!(error("tag=a,tag=b").contains("given twice"));
        assert!(error("title=\"a").contains("not closed"));
        assert!(error("read=yes").contains("read=true"));
    }
}
