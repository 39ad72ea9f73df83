//! How people call things: an id, an address, a label, the beginning of an id, a part of a title. One
//! way for threads and items, in every command.

use std::fmt;

use crate::model::slug::slug_of;
use crate::model::url;
use crate::text::escape_for_terminal;
use crate::text::suggest::unknown_word_help;

/// What one thing may be called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Its whole name: an item's id, a thread's slug.
    pub id: &'a str,
    /// Its address.
    pub address: Option<&'a str>,
    /// Its label, such as `#455`.
    pub label: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
}

/// Why a word calls nothing, or not one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What is wrong, with the word in backticks.
    pub message: String,
    /// What to type.
    pub help: String,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\nhelp: {}",
            escape_for_terminal(&self.message),
            escape_for_terminal(&self.help)
        )
    }
}

impl std::error::Error for NotFound {}

/// The place among `handles` of the one thing that a word calls; `what` names the kind of thing, as in
/// "item of `x`".
///
/// The ways of calling are tried in turn, the most exact first: the id; the address; the label, with
/// or without its `#`; what stands behind the last `/` of the id; the beginning of either; a part of the
/// title, in any case. The first way that leads anywhere decides.
///
/// # Errors
/// It leads nowhere, or to several things.
pub fn find(word: &str, what: &str, candidates: &[Candidate<'_>]) -> Result<usize, NotFound> {
    let word = word.trim();
    let ways: [fn(&str, &Candidate<'_>) -> bool; 6] =
        [is_id, is_address, is_label, is_last_part, begins, is_in_title];
    for way in ways {
        let called: Vec<usize> = (0..candidates.len())
            .filter(|&at| !word.is_empty() && way(word, &candidates[at]))
            .collect();
        match called.as_slice() {
            [] => {}
            [first, rest @ ..]
                if rest.iter().all(|&at| candidates[at].id == candidates[*first].id) =>
            {
                return Ok(*first);
            }
            several => {
                let several = several.iter().map(|&at| (candidates[at].id, candidates[at].address));
                return Err(ambiguous(word, several));
            }
        }
    }
    let ids = candidates.iter().map(|candidate| candidate.id);
    Err(NotFound {
        message: format!("there is no {what} called `{word}`"),
        help: unknown_word_help(word, ids),
    })
}

/// At most this many candidates are listed.
const LISTED: usize = 8;

/// The error for a word that fits several things, given by their ids and URLs.
pub fn ambiguous<'a>(
    word: &str,
    several: impl ExactSizeIterator<Item = (&'a str, Option<&'a str>)>,
) -> NotFound {
    let more = several.len().saturating_sub(LISTED);
    let mut has_urls = false;
    let mut names: Vec<String> = Vec::new();
    for (id, url) in several.take(LISTED) {
        has_urls |= url.is_some();
        names.push(match url {
            Some(url) => format!("`{id}` ({url})"),
            None => format!("`{id}`"),
        });
    }
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let last = names.pop().unwrap_or_default();
    let message = format!("`{word}` may mean {} or {last}", names.join(", "));
    let help = if has_urls { "write one of these ids or URLs" } else { "write more of it" };
    NotFound { message, help: help.into() }
}

fn is_id(word: &str, candidate: &Candidate<'_>) -> bool {
    candidate.id == word
}

fn is_address(word: &str, candidate: &Candidate<'_>) -> bool {
    let same = |address: &str| url::canonical(address) == url::canonical(word);
    word.contains("://") && candidate.address.is_some_and(same)
}

fn is_label(word: &str, candidate: &Candidate<'_>) -> bool {
    let label = candidate.label.map(|label| label.trim_start_matches('#'));
    label.is_some_and(|label| !label.is_empty() && label == word.trim_start_matches('#'))
}

fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

fn is_last_part(word: &str, candidate: &Candidate<'_>) -> bool {
    last_part(candidate.id) == word
}

fn begins(word: &str, candidate: &Candidate<'_>) -> bool {
    candidate.id.starts_with(word) || last_part(candidate.id).starts_with(word)
}

/// Letters and digits count, their case and what stands between them does not.
fn is_in_title(word: &str, candidate: &Candidate<'_>) -> bool {
    let word = slug_of(word);
    !word.is_empty() && candidate.title.is_some_and(|title| slug_of(title).contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [Candidate<'static>; 4] = [
        Candidate {
            id: "import-ai/455",
            address: Some("https://example.org/issue-455/"),
            label: Some("#455"),
            title: Some("AI systems are about to start building themselves"),
        },
        Candidate { id: "import-ai/45", address: None, label: Some("#45"), title: Some("Compute") },
        Candidate {
            id: "metr/rd-1",
            address: None,
            label: None,
            title: Some("First compute post"),
        },
        Candidate { id: "metr/rd-2", address: None, label: None, title: Some("Second post") },
    ];

    fn called(word: &str) -> Result<&'static str, String> {
        find(word, "item", &ITEMS).map(|at| ITEMS[at].id).map_err(|error| error.to_string())
    }

    #[test]
    fn the_most_exact_way_of_calling_decides() {
        for word in ["import-ai/455", "#455", "455", "http://www.example.org/issue-455", "building"]
        {
            assert_eq!(called(word), Ok("import-ai/455"), "{word}");
        }
        assert_eq!(called("45"), Ok("import-ai/45"), "a label before the beginning of another");
        assert_eq!(called("import-ai/45"), Ok("import-ai/45"), "an id before a longer one");
        for word in ["SECOND", "second post", "second-post"] {
            assert_eq!(called(word), Ok("metr/rd-2"), "a title, however it is written");
        }
    }

    #[test]
    fn a_word_that_calls_several_or_none_is_answered_with_names() {
        assert_eq!(
            called("rd").unwrap_err(),
            "`rd` may mean `metr/rd-1` or `metr/rd-2`\nhelp: write more of it"
        );
        assert!(
            called("metr/rd-3")
                .unwrap_err()
                .starts_with("there is no item called `metr/rd-3`\nhelp: known: ")
        );
        assert!(called("compute").unwrap_err().contains("`import-ai/45` or `metr/rd-1`"));
        assert_eq!(
            called("import-ai").unwrap_err(),
            "`import-ai` may mean `import-ai/455` (https://example.org/issue-455/) or \
             `import-ai/45`\nhelp: write one of these ids or URLs"
        );
        assert!(called("").is_err());
    }
}
