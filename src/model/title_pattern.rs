//! Patterns that match the words of a title.

use std::fmt;

use regex::{Regex, RegexBuilder};

/// A pattern for titles, as a person wrote it.
///
/// | pattern | matches |
/// |---|---|
/// | `risk report` | both words, next to each other |
/// | `export control*` | `export` and a word that begins with `control` |
/// | `/GPT-\d+/` | the regular expression, in any case |
///
/// The words of a text are its runs of letters and digits; case does not matter. A text is also
/// split where a lower-case letter or a digit is followed by an upper-case letter, because pages
/// that were copied join their parts: `AlignmentMay 8` has the words `alignment`, `may` and `8`.
#[derive(Debug, Clone)]
pub struct TitlePattern {
    written: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Words(Vec<WordPattern>),
    Regex(Regex),
}

/// One word of a pattern, in lower case.
#[derive(Debug, Clone)]
struct WordPattern {
    word: String,
    /// True for `*word`.
    any_start: bool,
    /// True for `word*`.
    any_end: bool,
}

/// The largest size of a compiled regular expression, in bytes.
const MOST_REGEX: usize = 1 << 20;

impl TitlePattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// The reason for the user: the pattern has no word, or the regular expression is not valid.
    pub fn parse(written: &str) -> Result<Self, String> {
        let written = written.trim().to_string();
        let inner = written.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
        let kind = match inner {
            Some(expression) if !expression.is_empty() => {
                let mut builder = RegexBuilder::new(expression);
                let regex = builder.case_insensitive(true).size_limit(MOST_REGEX).build();
                Kind::Regex(regex.map_err(|error| last_line(&error.to_string()))?)
            }
            _ => Kind::Words(word_patterns(&written)?),
        };
        Ok(Self { written, kind })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Returns whether the pattern matches a title.
    pub fn matches(&self, title: &str) -> bool {
        match &self.kind {
            Kind::Regex(regex) => regex.is_match(title),
            Kind::Words(pattern) => [false, true].into_iter().any(|split| {
                let words = words(title, split);
                words.windows(pattern.len()).any(|words| {
                    words.iter().zip(pattern).all(|(word, pattern)| pattern.matches(word))
                })
            }),
        }
    }
}

impl WordPattern {
    fn matches(&self, word: &str) -> bool {
        match (self.any_start, self.any_end) {
            (false, false) => word == self.word,
            (false, true) => word.starts_with(&self.word),
            (true, false) => word.ends_with(&self.word),
            (true, true) => word.contains(&self.word),
        }
    }
}

impl PartialEq for TitlePattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for TitlePattern {}

impl fmt::Display for TitlePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn word_patterns(written: &str) -> Result<Vec<WordPattern>, String> {
    let mut patterns = Vec::new();
    for part in written.split_whitespace() {
        let stars = |c: char| c == '*';
        let (any_start, any_end) = (part.starts_with(stars), part.ends_with(stars));
        let found = words(part, false);
        let last = found.len().saturating_sub(1);
        patterns.extend(found.into_iter().enumerate().map(|(at, word)| WordPattern {
            word,
            any_start: any_start && at == 0,
            any_end: any_end && at == last,
        }));
    }
    if patterns.is_empty() { Err("it has no word".into()) } else { Ok(patterns) }
}

/// Returns the words of a text in lower case. `split` also divides `aB` and `1B`.
pub fn words(text: &str, split: bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        if c.is_alphanumeric() {
            let begins = match before {
                None => true,
                Some(before) => split && c.is_uppercase() && !before.is_uppercase(),
            };
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = Some(c).filter(|c| c.is_alphanumeric());
    }
    words
}

/// The last line of a message of the library, which has the reason.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or(message).trim();
    line.strip_prefix("error: ").unwrap_or(line).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, title: &str) -> bool {
        TitlePattern::parse(pattern).expect("a valid pattern").matches(title)
    }

    #[test]
    fn matches_needs_the_words_next_to_each_other_in_any_case() {
        for (pattern, title) in [
            ("risk report", "The RISK-Report of May"),
            ("export control*", "On export controls"),
            ("*control", "Autocontrol"),
            ("*rol*", "controls"),
            ("teaching", "AlignmentMay 8, 2026Teaching"),
            ("gpt 5", "GPT-5 is out"),
            ("kelp", "kelp"),
            ("海藻", "海藻"),
            ("/gpt-\\d+/", "About GPT-5"),
        ] {
            assert!(matches(pattern, title), "{pattern}: {title}");
        }
        for (pattern, title) in [
            ("risk report", "risk of a report"),
            ("control", "controls"),
            ("report risk", "risk report"),
            ("kelp", ""),
            ("/^gpt$/", "gpt-5"),
        ] {
            assert!(!matches(pattern, title), "{pattern}: {title}");
        }
    }

    #[test]
    fn parse_of_a_pattern_that_cannot_match_is_an_error() {
        assert_eq!(TitlePattern::parse(" ** "), Err("it has no word".into()));
        assert!(TitlePattern::parse("/a(/").unwrap_err().contains("unclosed group"));
    }
}
