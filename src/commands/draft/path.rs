//! The path of a new draft.
//!
//! A draft stays out of the directories whose files are read as something else: those of the
//! threads and the catalogs, and everything hidden, such as `.git`.

use std::path::{Component, Path, PathBuf};

use crate::model::slug::slug_of;
use crate::model::{Configuration, Date, Error};
use crate::text::is_control;
use crate::workspace::CONFIGURATION;

/// Directories of version control, which a link may lead to from anywhere.
const VERSION_CONTROL: [&str; 5] = [".git", ".hg", ".svn", ".jj", ".bzr"];

/// Characters that the path of a bullet cannot contain, or that some file system gives a meaning.
const SPECIAL: &str = "[]()<>`\\:*?\"|";

/// The path of a draft that the user names, without `.` and empty parts.
pub fn checked(path: &str, configuration: &Configuration) -> Result<String, Error> {
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let is_special = |c: char| c.is_whitespace() || is_control(c) || SPECIAL.contains(c);
    // Some file systems drop a dot at the end of a name.
    let is_unclear = |part: &&str| part.ends_with('.') || part.contains(is_invisible);
    let is_path = path.contains(['/', '.']) && !path.starts_with('/') && !path.contains(is_special);
    if !is_path || parts.contains(&"..") || parts.iter().any(is_unclear) {
        return Err(Error::request(
            format!("`{path}` cannot be the path of a draft"),
            "write it relative to the workspace, without spaces, as in `drafts/name.md`",
        ));
    }
    if is_directory(path) {
        return Err(Error::request(
            format!("`{path}` is a directory, not a file"),
            "add the name of the draft, as in `drafts/name.md`",
        ));
    }
    match reserved(&parts, configuration) {
        Some(reason) => Err(error(path, &reason)),
        None => Ok(parts.join("/")),
    }
}

/// The path of a draft that the user does not name.
pub fn usual(date: Date, slug: &str, configuration: &Configuration) -> Result<String, Error> {
    let path = |slug: &str| format!("{}/{date}-{slug}.md", configuration.drafts);
    checked(&path(slug), configuration).or_else(|_| checked(&path(&slug_of(slug)), configuration))
}

/// Refuses a draft that a symbolic link leads into a reserved directory. `root`, `directories` and
/// `real` are paths without links.
pub fn check_real(
    path: &str,
    real: &Path,
    root: &Path,
    directories: &[(String, PathBuf)],
) -> Result<(), Error> {
    if let Some((name, _)) = directories.iter().find(|(_, directory)| real.starts_with(directory)) {
        return Err(error(path, &format!("it would be in `{name}`")));
    }
    let names = |path: &Path| -> Vec<String> {
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().to_lowercase()),
            _ => None,
        });
        parts.collect()
    };
    let hidden = match real.strip_prefix(root) {
        Ok(below) => names(below).into_iter().find(|name| name.starts_with('.')),
        Err(_) => names(real).into_iter().find(|name| VERSION_CONTROL.contains(&name.as_str())),
    };
    match hidden {
        Some(name) => Err(error(path, &format!("it would be in `{name}`"))),
        None => Ok(()),
    }
}

fn error(path: &str, reason: &str) -> Error {
    let message = format!("`{path}` cannot be the path of a draft: {reason}");
    Error::request(message, "choose a path outside of it, as in `drafts/name.md`")
}

/// The reason why a path is not for drafts, if there is one. Case is ignored, as on many file
/// systems.
fn reserved(parts: &[&str], configuration: &Configuration) -> Option<String> {
    let hidden = parts.iter().find(|part| part.starts_with('.') || is_short_git(part));
    if let Some(hidden) = hidden {
        return Some(format!("`{hidden}` is hidden"));
    }
    if let [name] = parts
        && is_alike(name, CONFIGURATION)
    {
        return Some(format!("{CONFIGURATION} configures the workspace"));
    }
    let directories = [(&configuration.threads, "threads"), (&configuration.backlogs, "catalogs")];
    let (directory, what) =
        directories.into_iter().find(|(directory, _)| is_within(parts, directory))?;
    Some(format!("the files in `{directory}` are read as {what}"))
}

/// Returns whether a path leads into a directory, or is a part of the path of the directory.
fn is_within(parts: &[&str], directory: &str) -> bool {
    let mut directory = directory.split('/').filter(|part| !part.is_empty() && *part != ".");
    let mut parts = parts.iter();
    loop {
        match (parts.next(), directory.next()) {
            (Some(part), Some(name)) if is_alike(part, name) => {}
            (Some(_), Some(_)) => return false,
            (None, _) | (_, None) => return true,
        }
    }
}

fn is_alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Returns whether a name ends as that of a directory does: `drafts/`, `drafts/.` or `.`.
fn is_directory(path: &str) -> bool {
    path.split('/').next_back().is_some_and(|last| last.is_empty() || last == ".")
}

/// Characters that some file systems ignore in names, so that a name with one is another name.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns whether some file systems take a name for a short form of `.git`.
fn is_short_git(part: &str) -> bool {
    part.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("git~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(path: &str) -> Result<String, String> {
        let configuration = Configuration {
            threads: "./research/Threads".into(),
            backlogs: "backlogs".into(),
            ..Configuration::default()
        };
        checked(path, &configuration).map_err(|error| error.to_string())
    }

    #[test]
    fn checked_path_of_a_draft_loses_dots_and_empty_parts() {
        assert_eq!(answer("./drafts//a.md").as_deref(), Ok("drafts/a.md"));
        assert_eq!(answer("drafts/./été.md").as_deref(), Ok("drafts/été.md"));
        assert_eq!(answer("threads/a.md").as_deref(), Ok("threads/a.md"), "another name here");
        assert_eq!(answer("backlogs-old/a.md").as_deref(), Ok("backlogs-old/a.md"));
        assert_eq!(answer("a.md").as_deref(), Ok("a.md"));
    }

    #[test]
    fn checked_path_in_a_reserved_directory_is_refused() {
        for path in [
            "research/Threads/a.md",
            "RESEARCH/threads/deep/a.txt",
            "./research//threads/a.md",
            "Backlogs/a.md",
            "thread.yaml",
            "./Thread.YAML",
            ".git/hooks/pre-commit",
            ".GIT/config",
            "GIT~1/config",
            "sub/.git/config",
            ".hg/hgrc",
            ".gitattributes",
            "drafts/.hidden.md",
        ] {
            let answer = answer(path).unwrap_err();
            assert!(answer.contains("cannot be the path of a draft: "), "{path}: {answer}");
            assert!(answer.contains("\nhelp: choose a path outside of it"), "{path}: {answer}");
        }
    }

    #[test]
    fn checked_path_that_names_no_file_is_refused() {
        for path in ["drafts/", "drafts/sub/.", ".", "./"] {
            assert!(answer(path).unwrap_err().contains("is a directory, not a file"), "{path}");
        }
        for path in [
            "",
            "name",
            "..",
            "../a.md",
            "drafts/../a.md",
            "/a.md",
            "a b.md",
            "C:/a.md",
            "a\\b.md",
            "backlogs./a.md",
            "back\u{200b}logs/a.md",
            "a`b.md",
            "...",
        ] {
            let answer = answer(path).unwrap_err();
            assert!(
                answer.contains("cannot be the path of a draft\nhelp: write it"),
                "{path}: {answer}"
            );
        }
    }
}
