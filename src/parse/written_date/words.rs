//! Names of months and weekdays in the languages that notes are usually written in.

use std::collections::HashMap;
use std::sync::LazyLock;

use pure_rust_locales::{Locale, locale_match};

/// The locales whose names are known. Two locales of a language may abbreviate differently.
const LOCALES: [Locale; 11] = [
    Locale::en_US,
    Locale::en_GB,
    Locale::de_DE,
    Locale::de_AT,
    Locale::fr_FR,
    Locale::es_ES,
    Locale::it_IT,
    Locale::pt_PT,
    Locale::pt_BR,
    Locale::nl_NL,
    Locale::nl_BE,
];

/// An abbreviation that no locale lists needs at least this many letters: `Sept`.
const SHORTEST_PREFIX: usize = 3;

/// The meaning of a word of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    /// The name of a month, from 1.
    Month(u32),
    /// The name of a weekday.
    Weekday,
}

/// The names and their abbreviations. An abbreviation of names that mean different things has no
/// meaning.
static WORDS: LazyLock<HashMap<String, Option<DateWord>>> = LazyLock::new(|| {
    let names = names();
    let mut words: HashMap<String, Option<DateWord>> = HashMap::new();
    for (name, word) in &names {
        for (end, _) in name.char_indices().skip(SHORTEST_PREFIX) {
            let meaning = words.entry(name[..end].to_string()).or_insert(Some(*word));
            *meaning = meaning.filter(|known| known == word);
        }
    }
    words.extend(names.into_iter().map(|(name, word)| (name, Some(word))));
    words
});

/// The full names and the abbreviations of the locales, in lower case.
fn names() -> HashMap<String, DateWord> {
    let mut words = HashMap::new();
    for locale in LOCALES {
        let months =
            [locale_match!(locale => LC_TIME::MON), locale_match!(locale => LC_TIME::ABMON)];
        for names in months {
            for (month, name) in (1..).zip(names) {
                words.insert(key(name), DateWord::Month(month));
            }
        }
        let days = [locale_match!(locale => LC_TIME::DAY), locale_match!(locale => LC_TIME::ABDAY)];
        for name in days.into_iter().flatten() {
            words.entry(key(name)).or_insert(DateWord::Weekday);
        }
    }
    words
}

/// Returns the meaning of a word in any case, with or without a period: `Mai`, `SEPT`, `lun`.
///
/// A prefix of at least three letters is an abbreviation if all names that begin with it mean the
/// same: `Sept` is one, and `jui` is not, because `juin` and `juillet` begin with it.
pub(super) fn date_word(word: &str) -> Option<DateWord> {
    WORDS.get(&key(word)).copied().flatten()
}

fn key(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}
