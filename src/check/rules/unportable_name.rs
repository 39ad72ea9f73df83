//! `unportable-name`: file names that Windows refuses, or that macOS and Windows take for the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Diagnostic, Rule};
use crate::text::Span;
use crate::workspace::Workspace;

/// Names of devices, which no file may have on Windows; a digit follows the last two.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

pub(crate) fn check(workspace: &Workspace, found: &mut Vec<Diagnostic>) {
    let documents = workspace.documents().map(|document| document.path.as_str());
    let catalogs = workspace.catalogs.iter().map(|catalog| catalog.path.as_str());
    let paths: BTreeSet<&str> = documents.chain(catalogs).collect();
    let mut by_lower_case: BTreeMap<String, &str> = BTreeMap::new();
    let finding = |path: &str, message: String| {
        Diagnostic::new(Rule::UnportableName, path, Span::at(0), message)
            .help("rename it with `git mv`, if the files are also used on other systems")
    };
    for path in paths {
        if let Some((name, reason)) = path.split('/').find_map(|name| Some((name, refusal(name)?)))
        {
            found.push(finding(path, format!("Windows refuses the name `{name}`: {reason}")));
        }
        if let Some(first) = by_lower_case.insert(path.to_lowercase(), path) {
            let message = format!("macOS and Windows take this file and `{first}` for the same");
            found.push(finding(path, message));
        }
    }
}

/// Returns why Windows refuses a name: `a:b.md` contains `:`.
fn refusal(name: &str) -> Option<String> {
    if let Some(character) = name.chars().find(|c| r#"<>:"\|?*"#.contains(*c)) {
        return Some(format!("it contains `{character}`"));
    }
    if name.ends_with(['.', ' ']) {
        return Some("it ends with a dot or a space".to_string());
    }
    let stem = name.split('.').next()?.to_lowercase();
    is_device(&stem).then(|| format!("`{stem}` is a device"))
}

/// Returns whether a name without extension is that of a device: `con`, `com1`.
fn is_device(stem: &str) -> bool {
    match stem.strip_suffix(|c: char| matches!(c, '1'..='9')) {
        Some(rest) => DEVICES[4..].contains(&rest),
        None => DEVICES[..4].contains(&stem),
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;

    #[test]
    fn refusal_is_that_of_windows() {
        for name in ["a:b.md", "what?.md", "a.", "a ", "con.md", "CON", "lpt9.x.md", "Nul.md"] {
            assert!(refusal(name).is_some(), "{name}");
        }
        for name in ["a.md", "console.md", "com.md", "com0.md", "con-1.md", ".hidden", "é ü.md"] {
            assert_eq!(refusal(name), None, "{name}");
        }
    }
}
