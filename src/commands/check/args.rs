//! `thread check` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Report only on these files; they are checked against the whole workspace all the same
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    /// Arguments for checking the next commit
    pub commit: CommitArgs,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    /// How rules are taken
    pub rule_levels: RuleLevelArgs,
    /// List all rules with what they ask for
    #[arg(long, conflicts_with_all = ["fix", "diff", "files"])]
    pub list_rules: bool,
    /// Explain a rule: why it is there, what breaks it and what does not
    #[arg(long, value_name = "RULE", conflicts_with_all = ["fix", "diff", "files", "list_rules"])]
    pub explain: Option<String>,
    /// How to print the findings; `--json` is `--format json`
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<CheckFormat>,
    /// What to mend
    #[command(flatten)]
    pub fixing: FixingArgs,
}

impl CheckArgs {
    /// Returns whether the command is about rules alone, and needs no workspace.
    pub fn is_about_rules(&self) -> bool {
        self.list_rules || self.explain.is_some()
    }
}

/// Arguments for checking the next commit instead of the files on disk.
#[derive(Debug, Clone, Args)]
pub struct CommitArgs {
    /// Check what git would commit, not the files on disk; a commit that changes nothing of a
    /// workspace, or leaves none, passes
    #[arg(long, conflicts_with = "fixing")]
    pub staged: bool,
    /// Show hints too with `--staged`, as text; without `--staged` they are always shown
    #[arg(long)]
    pub hints: bool,
}

/// How rules are taken; this has the last word, before `rules` of thread.yaml.
#[derive(Debug, Clone, Args)]
pub struct RuleLevelArgs {
    /// Take a warning or hint for an error; may be given again
    #[arg(short = 'D', long, value_name = "RULE")]
    pub deny: Vec<String>,
    /// Take a hint for a warning, or an error made by thread.yaml for one; may be given again
    #[arg(short = 'W', long, value_name = "RULE")]
    pub warn: Vec<String>,
    /// Pass over a warning or hint; may be given again
    #[arg(short = 'A', long, value_name = "RULE")]
    pub allow: Vec<String>,
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
