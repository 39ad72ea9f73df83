//! The directories of a workspace: whether each is there and can be read.

use std::path::Path;
use std::{fs, io};

use crate::model::{Diagnostic, Rule};
use crate::text::Span;
use crate::workspace::CONFIGURATION;
use crate::workspace::load::reason;

/// The state of the path of a directory of the workspace.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DirectoryState {
    /// A directory, or a link to one.
    Directory,
    /// Nothing.
    Missing,
    /// A file, a link that leads nowhere, or something that cannot be looked at.
    Unusable(Box<Diagnostic>),
}

/// The state of the directory `name` of the workspace at `root`.
pub(super) fn state(root: &Path, name: &str) -> DirectoryState {
    let path = root.join(name);
    let entry = path.symlink_metadata().map(drop);
    state_of(name, entry, fs::metadata(&path).map(|target| target.is_dir()))
}

/// Returns the state of a directory from the metadata of its path, and from whether the path leads
/// to a directory.
fn state_of(name: &str, entry: io::Result<()>, is_directory: io::Result<bool>) -> DirectoryState {
    use io::ErrorKind::{NotADirectory, NotFound};
    match (entry, is_directory) {
        (Ok(()), Ok(true)) => DirectoryState::Directory,
        (Ok(()), Ok(false)) => {
            DirectoryState::Unusable(Box::new(unusable(name, "it is not a directory")))
        }
        (Err(error), _) if matches!(error.kind(), NotFound | NotADirectory) => {
            DirectoryState::Missing
        }
        (Err(error), _) | (Ok(()), Err(error)) => {
            DirectoryState::Unusable(Box::new(unusable(name, &reason(&error))))
        }
    }
}

/// The finding for something at the path of a directory that cannot be read as one.
pub(super) fn unusable(name: &str, why: &str) -> Diagnostic {
    let message = format!("the directory `{name}` cannot be read: {why}");
    let help = format!("make `{name}` a readable directory, or set another one in {CONFIGURATION}");
    Diagnostic::new(Rule::UnreadableFile, name, Span::at(0), message)
        .label("no file in it is read")
        .help(help)
}

/// The finding for a directory that is configured and not there.
pub(super) fn missing(directory: &str) -> Diagnostic {
    let message = format!("there is no directory `{directory}`, which {CONFIGURATION} names");
    Diagnostic::new(Rule::UnreadableFile, directory, Span::at(0), message)
        .help("create the directory, or correct its name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error<T>(kind: io::ErrorKind) -> io::Result<T> {
        Err(kind.into())
    }

    #[test]
    fn state_of_what_is_not_a_readable_directory_is_unusable() {
        use io::ErrorKind::{NotADirectory, NotFound, Other, PermissionDenied};
        let why = |entry, is_directory| match state_of("threads", entry, is_directory) {
            DirectoryState::Unusable(finding) => finding.message,
            state => format!("{state:?}"),
        };
        assert_eq!(why(Ok(()), Ok(true)), "Directory");
        assert_eq!(why(error(NotFound), error(NotFound)), "Missing");
        assert_eq!(why(error(NotADirectory), error(NotADirectory)), "Missing");
        let unusable = "the directory `threads` cannot be read: ";
        assert_eq!(why(Ok(()), Ok(false)), format!("{unusable}it is not a directory"));
        assert_eq!(
            why(Ok(()), error(NotFound)),
            format!("{unusable}it does not exist, or links to a path that does not exist")
        );
        assert_eq!(why(Ok(()), error(PermissionDenied)), format!("{unusable}permission denied"));
        assert!(why(error(PermissionDenied), error(PermissionDenied)).ends_with("denied"));
        assert!(why(Ok(()), error(Other)).starts_with(unusable));
    }
}
