//! The error type of the crate.

use std::fmt;

use super::Diagnostic;

/// An error that ends a command or prevents a write.
///
/// It is displayed as its message and, on the next line, `help: ` with the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The kind.
    pub kind: ErrorKind,
    /// The problem and its cause: "cannot replace `t.md`: No such file or directory".
    pub message: String,
    /// The remedy, if there is one.
    pub help: Option<String>,
}

/// The kind of an error, for code that handles errors of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request cannot be fulfilled: an argument is wrong or does not apply.
    Request,
    /// The system, or git, refused.
    System,
    /// Another run has the lock of the workspace.
    Locked,
    /// Another process changed a file after it was read.
    Changed,
    /// A file does not permit an edit. The finding names the position in the file.
    File(Box<Diagnostic>),
    /// `thread.yaml` has errors, so that nothing can be evaluated. The message contains all of
    /// them.
    Configuration,
}

impl Error {
    /// Returns the error for a request that cannot be fulfilled.
    pub fn request(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Request, message: message.into(), help: Some(help.into()) }
    }

    /// Returns the error for a refusal of the system.
    pub fn system(message: impl Into<String>, help: Option<String>) -> Self {
        Self { kind: ErrorKind::System, message: message.into(), help }
    }

    /// Returns the error for a file that does not permit an edit.
    pub fn file(finding: Diagnostic) -> Self {
        let message = format!("{}: {}", finding.path, finding.message);
        let help = finding.help.clone();
        Self { kind: ErrorKind::File(Box::new(finding)), message, help }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\nhelp: {help}"))
    }
}

// A cause is part of the message, so there is no `source`.
impl std::error::Error for Error {}
