//! The result of a command: texts for stdout and stderr, and the exit code.

use super::session::Misconfigured;
use crate::text::escape_for_terminal;

/// How a run ended, for whoever called it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Well.
    Success = 0,
    /// Something in the files needs a person.
    Findings = 1,
    /// The run could not be done.
    Error = 2,
}

/// What a run says, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The product.
    pub stdout: String,
    /// Talk and trouble.
    pub stderr: String,
    /// How it ended.
    pub exit: Exit,
    /// Whether stdout is to be written byte for byte; otherwise its styles are stripped where they
    /// are not wanted.
    pub exact: bool,
}

impl Output {
    /// Text for people or a JSON document.
    pub fn new(stdout: String, stderr: String, exit: Exit) -> Self {
        Self { stdout, stderr, exit, exact: false }
    }

    /// Exits with [`Exit::NeedsPerson`] if the condition is true.
    #[must_use]
    pub fn failing_if(self, condition: bool) -> Self {
        if condition { Self { exit: Exit::Findings, ..self } } else { self }
    }
}

/// What is said where a run could not be done. No line of it holds what a terminal would obey.
pub fn failed(error: &anyhow::Error) -> Output {
    if let Some(Misconfigured { findings }) = error.downcast_ref() {
        return Output::new(String::new(), findings.clone(), Exit::Error);
    }
    let text = format!("error: {error:#}");
    let lines = text.lines().map(|line| escape_for_terminal(line) + "\n");
    Output::new(String::new(), lines.collect(), Exit::Error)
}
