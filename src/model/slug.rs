//! Slugs: names in lower case, without spaces and punctuation.

/// Returns the slug of a name: `AI Alignment Forum` gives `ai-alignment-forum`.
pub fn slug_of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Returns a name that is not taken: `base`, else `base-2`, `base-3` and so on.
pub fn free_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.to_string()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_else(|| base.to_string())
}

/// Returns the file name without `.md` in any case: `threads/kelp.md` gives `kelp`.
pub fn slug_of_path(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.len().checked_sub(3).and_then(|index| name.split_at_checked(index)) {
        Some((stem, extension)) if extension.eq_ignore_ascii_case(".md") => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn slug_of_keeps_letters_and_digits_of_any_script() {
        assert_eq!(slug_of("AI Alignment Forum"), "ai-alignment-forum");
        assert_eq!(slug_of("  Clark’s «first» steps! "), "clarks-first-steps");
        assert_eq!(slug_of("Überblick 2.0"), "überblick-2-0");
        assert_eq!(slug_of("—"), "");
    }
}
