//! Hyperlinks of terminals (OSC 8): titles that lead to their URL, and paths that lead to their file.
//!
//! Texts contain the sequences for all links. [`finish`] completes or removes them, so that the code
//! that writes a text need not know the terminal. The sequences are those of
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

use crate::model::url::is_web;

/// Begins and ends a link; the target follows.
const LINK: &str = "\x1b]8;;";

/// Ends the target of a link.
const END: &str = "\x1b\\";

/// Begins a style, which ends with `m`.
const STYLE: &str = "\x1b[";

/// The length of the longest target; VTE refuses longer ones.
const LONGEST: usize = 2083;

/// Returns a text that leads to a target: a URL, or a path relative to the workspace, from which a
/// line number is removed. Targets of other kinds are left out.
pub fn linked(target: &str, text: &str) -> String {
    let target = target.trim();
    let (path, line) = target.rsplit_once(':').unwrap_or((target, ""));
    let has_line = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    let target = if has_line && !is_web(target) { path } else { target };
    let has_scheme = target.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    if text.is_empty() || target.is_empty() || (has_scheme && !is_web(target)) {
        return text.to_string();
    }
    format!("{LINK}{}{END}{text}{LINK}{END}", percent_encoded(target))
}

/// Completes the links of an output for a terminal; removes them if it has none. `root` is the
/// directory of the workspace. Without `styles`, the styles of an output with links are removed.
pub fn finish(text: String, root: Option<&Path>, styles: bool) -> String {
    if !text.contains(LINK) {
        return text;
    }
    let mut finished = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut is_open = false;
    while let Some(at) = rest.find('\x1b') {
        finished.push_str(&rest[..at]);
        rest = &rest[at..];
        let (end, sequence) = match (rest.strip_prefix(LINK), rest.strip_prefix(STYLE)) {
            (Some(link), _) => {
                let length = link.find(END).unwrap_or(link.len());
                let target = root.and_then(|root| absolute(&link[..length], root));
                let is_end = length == 0 && is_open;
                is_open = target.is_some();
                let shown = target.map(|target| format!("{LINK}{target}{END}"));
                let shown = shown.or_else(|| is_end.then(|| format!("{LINK}{END}")));
                (LINK.len() + (length + END.len()).min(link.len()), shown)
            }
            (None, Some(style)) => {
                let end = STYLE.len() + style.find('m').map_or(style.len(), |end| end + 1);
                let is_kept = styles || root.is_none();
                (end, is_kept.then(|| rest[..end].to_string()))
            }
            (None, None) => (1, None),
        };
        finished.push_str(&sequence.unwrap_or_default());
        rest = &rest[end..];
    }
    finished + rest
}

/// Returns the URL of a target; `None` for none or one that is too long.
fn absolute<'t>(target: &'t str, root: &Path) -> Option<Cow<'t, str>> {
    let url = if target.is_empty() || is_web(target) {
        Cow::Borrowed(target)
    } else {
        let root = percent_encoded(&root.to_string_lossy());
        Cow::Owned(format!("file://{}/{target}", root.trim_end_matches('/')))
    };
    Some(url).filter(|url| !url.is_empty() && url.len() <= LONGEST)
}

/// Returns a target with all bytes that are not printable ASCII percent-encoded.
fn percent_encoded(target: &str) -> String {
    let mut encoded = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && byte != b'\\' {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "/home/ada/my notes";

    fn shown(target: &str) -> String {
        finish(linked(target, "x"), Some(Path::new(ROOT)), true)
    }

    #[test]
    fn finish_completes_urls_and_paths() {
        let url = "\x1b]8;;https://a.example/b%20c\x1b\\x\x1b]8;;\x1b\\";
        assert_eq!(shown("https://a.example/b c"), url);
        let path = "\x1b]8;;file:///home/ada/my%20notes/threads/x.md\x1b\\x\x1b]8;;\x1b\\";
        for target in ["threads/x.md", "threads/x.md:34"] {
            assert_eq!(shown(target), path);
        }
    }

    #[test]
    fn finish_has_no_link_to_other_schemes_and_long_urls() {
        let long = format!("https://a.example/{}", "b".repeat(LONGEST));
        for target in ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "", &long]
        {
            assert_eq!(shown(target), "x", "{target}");
        }
    }

    #[test]
    fn finish_never_lets_a_target_end_its_sequence() {
        let text = shown("https://a.example/\x1b\\\u{9c}\u{7}b");
        assert_eq!(text, "\x1b]8;;https://a.example/%1B%5C%C2%9C%07b\x1b\\x\x1b]8;;\x1b\\");
    }

    #[test]
    fn finish_removes_links_and_keeps_styles_without_hyperlinks() {
        let text = format!("\x1b[1m{}\x1b[0m", linked("https://a.example", "x"));
        assert_eq!(finish(text.clone(), None, true), "\x1b[1mx\x1b[0m");
        let plain = finish(text, Some(Path::new(ROOT)), false);
        assert_eq!(plain, "\x1b]8;;https://a.example\x1b\\x\x1b]8;;\x1b\\");
    }
}
