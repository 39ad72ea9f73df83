//! `thread check` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Report only on these files; they are checked against the whole workspace all the same
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// How to print the findings; `--json` is `--format json`
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<CheckFormat>,
    /// What to mend
    #[command(flatten)]
    pub fixing: FixingArgs,
}

/// What `check` is to mend.
#[derive(Debug, Clone, Args)]
pub struct FixingArgs {
    /// Mend what can only be meant in one way, in place
    #[arg(long, group = "fixing")]
    pub fix: bool,
    /// Print what `--fix` would change as a unified diff and write nothing
    #[arg(long, group = "fixing")]
    pub diff: bool,
    /// Mend also what is only probably meant; look at the result
    #[arg(long, requires = "fixing")]
    pub unsafe_fixes: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With an excerpt, a caret and what to do
    Text,
    /// One line each: `path:line:column: severity[rule]: message`
    Concise,
    /// One JSON document
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a pull request
    Github,
    /// SARIF 2.1.0
    Sarif,
}
