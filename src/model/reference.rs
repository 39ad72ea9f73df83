//! Lookup of threads and items by the references that users type: an id, a URL, a label, the start
//! of an id, a part of a title. All commands look up both in the same way.

use super::slug::slug_of;
use super::url;
use crate::model::Error;
use crate::text::suggest::unknown_name_help;

/// A thread or an item that a reference can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The id of an item, or the slug of a thread.
    pub id: &'a str,
    /// The URL.
    pub url: Option<&'a str>,
    /// The label, such as `#455`.
    pub label: Option<&'a str>,
    /// The title.
    pub title: Option<&'a str>,
}

/// Returns the index of the candidate that a reference means; `kind` names the candidates in the
/// error message, as in "item of `x`".
///
/// The criteria are tried from the most to the least exact: the id; the URL; the label, with or
/// without `#`; the id after its last `/`; the start of either; a part of the title in any case.
/// The first criterion that any candidate meets decides. If `lab/45` has the label `#45` and
/// `lab/455` the label `#455`, the reference `45` means the former.
///
/// # Errors
/// The reference means no candidate, or candidates with different ids.
pub fn look_up(reference: &str, kind: &str, candidates: &[Candidate<'_>]) -> Result<usize, Error> {
    let reference = reference.trim();
    let criteria: [fn(&str, &Candidate<'_>) -> bool; 6] =
        [is_id, is_url, is_label, is_last_part, is_start_of_id, is_in_title];
    for criterion in criteria {
        let found: Vec<usize> = (0..candidates.len())
            .filter(|&index| !reference.is_empty() && criterion(reference, &candidates[index]))
            .collect();
        match found.as_slice() {
            [] => {}
            [first, rest @ ..]
                if rest.iter().all(|&index| candidates[index].id == candidates[*first].id) =>
            {
                return Ok(*first);
            }
            several => {
                let several = several.iter().map(|&index| &candidates[index]);
                return Err(ambiguous(reference, several.map(|found| (found.id, found.url))));
            }
        }
    }
    let ids = candidates.iter().map(|candidate| candidate.id);
    Err(Error::request(
        format!("there is no {kind} called `{reference}`"),
        unknown_name_help(kind, reference, ids),
    ))
}

/// The number of candidates that an error lists.
const MOST_LISTED: usize = 8;

/// Returns the error for a reference that fits several items, given by their ids and URLs.
pub fn ambiguous<'a>(
    reference: &str,
    several: impl ExactSizeIterator<Item = (&'a str, Option<&'a str>)>,
) -> Error {
    let more = several.len().saturating_sub(MOST_LISTED);
    let mut has_urls = false;
    let mut names: Vec<String> = Vec::new();
    for (id, url) in several.take(MOST_LISTED) {
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
    let message = format!("`{reference}` may mean {} or {last}", names.join(", "));
    let help = if has_urls { "write one of these ids or URLs" } else { "write more of it" };
    Error::request(message, help)
}

fn is_id(reference: &str, candidate: &Candidate<'_>) -> bool {
    candidate.id == reference
}

fn is_url(reference: &str, candidate: &Candidate<'_>) -> bool {
    crate::model::item::is_url(reference)
        && candidate.url.is_some_and(|url| url::canonical(url) == url::canonical(reference))
}

fn is_label(reference: &str, candidate: &Candidate<'_>) -> bool {
    let label = candidate.label.map(|label| label.trim_start_matches('#'));
    label.is_some_and(|label| !label.is_empty() && label == reference.trim_start_matches('#'))
}

fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

fn is_last_part(reference: &str, candidate: &Candidate<'_>) -> bool {
    last_part(candidate.id) == reference
}

fn is_start_of_id(reference: &str, candidate: &Candidate<'_>) -> bool {
    candidate.id.starts_with(reference) || last_part(candidate.id).starts_with(reference)
}

/// Compares letters and digits only, in any case.
fn is_in_title(reference: &str, candidate: &Candidate<'_>) -> bool {
    let part = slug_of(reference);
    !part.is_empty() && candidate.title.is_some_and(|title| slug_of(title).contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [Candidate<'static>; 4] = [
        Candidate {
            id: "import-ai/455",
            url: Some("https://example.org/issue-455/"),
            label: Some("#455"),
            title: Some("AI systems are about to start building themselves"),
        },
        Candidate { id: "import-ai/45", url: None, label: Some("#45"), title: Some("Compute") },
        Candidate { id: "metr/rd-1", url: None, label: None, title: Some("First compute post") },
        Candidate { id: "metr/rd-2", url: None, label: None, title: Some("Second post") },
    ];

    fn called(reference: &str) -> Result<&'static str, String> {
        look_up(reference, "item", &ITEMS)
            .map(|index| ITEMS[index].id)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn look_up_returns_the_most_exact_match() {
        for word in ["import-ai/455", "#455", "455", "http://www.example.org/issue-455", "building"]
        {
            assert_eq!(called(word), Ok("import-ai/455"), "{word}");
        }
        assert_eq!(called("45"), Ok("import-ai/45"), "a label before the start of another");
        assert_eq!(called("import-ai/45"), Ok("import-ai/45"), "an id before a longer one");
        for word in ["SECOND", "second post", "second-post"] {
            assert_eq!(called(word), Ok("metr/rd-2"), "a part of a title, in any case");
        }
    }

    #[test]
    fn look_up_of_an_ambiguous_or_unknown_reference_lists_names() {
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
