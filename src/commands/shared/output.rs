//! The result of a command: texts for stdout and stderr, and the exit code.

use crate::model::{Error, ErrorKind};
use crate::text::escape_for_terminal;

/// Result of a run for its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is wrong.
    Success = 0,
    /// The user has to correct something in the files.
    Findings = 1,
    /// The run could not be done.
    Error = 2,
    /// A thread is ripe or ready, which `status --exit-code` asks.
    Ripe = 3,
}

/// Output of a run, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The product.
    pub stdout: String,
    /// Messages and problems.
    pub stderr: String,
    /// The result.
    pub exit: Exit,
    /// True if stdout is written byte for byte; otherwise its styles are removed if stdout does not
    /// support them.
    pub exact: bool,
    /// True if a pager shows stdout where it is longer than the screen.
    pub paged: bool,
}

impl Output {
    /// Text for people or a JSON document.
    pub fn new(stdout: String, stderr: String, exit: Exit) -> Self {
        Self { stdout, stderr, exit, exact: false, paged: false }
    }

    /// Exits with [`Exit::Findings`] if the condition is true.
    #[must_use]
    pub fn failing_if(self, condition: bool) -> Self {
        if condition { Self { exit: Exit::Findings, ..self } } else { self }
    }
}

/// Returns the output for an error. It contains no control characters.
pub fn failed(error: &anyhow::Error) -> Output {
    let text = match error.downcast_ref() {
        Some(Error { kind: ErrorKind::Configuration, message, .. }) => message.clone(),
        Some(Error { message, help, .. }) => {
            let help = help.as_ref().map(|help| format!("help: {}\n", escape_for_terminal(help)));
            format!("error: {}\n{}", escape_for_terminal(message), help.unwrap_or_default())
        }
        None => format!("error: {}\n", escape_for_terminal(&format!("{error:#}"))),
    };
    Output::new(String::new(), text, Exit::Error)
}
