//! `thread check`.

mod fix;
pub mod formats;
pub mod list_rules;
mod load;
pub mod report;
mod text;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::fix::fix;
use self::formats::{concise, github, sarif};
use self::load::Loaded;
use self::report::{CheckReport, FixedFinding};
use crate::check;
use crate::check::fix::{AppliedFix, FixedFile};
use crate::commands::shared::args::GlobalArgs;
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{LeakedWorkspace, Session, real_directory, start};
use crate::commands::shared::{diff, json};
use crate::environment::Environment;
use crate::model::{Diagnostic, Error, Rule, RuleLevel, RuleLevels, Severity};
use crate::store::find::no_workspace;
use crate::store::git;
use crate::text::suggest::did_you_mean;
use crate::workspace::{Documents, Workspace, staged};

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Report findings of these files only; they are still checked against the whole workspace
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    /// Options for checking the next commit
    pub commit: CommitArgs,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    /// Levels of rules
    pub rule_levels: RuleLevelArgs,
    /// List all rules with a summary of each
    #[arg(long, conflicts_with_all = ["fix", "diff", "files"])]
    pub list_rules: bool,
    /// Explain a rule, with examples
    #[arg(long, value_name = "RULE", conflicts_with_all = ["fix", "diff", "files", "list_rules"])]
    pub explain: Option<String>,
    /// Format of the findings; `--json` is short for `--format json`
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<CheckFormat>,
    /// Options for fixing files
    #[command(flatten)]
    pub fixing: FixingArgs,
}

/// Options for checking the next commit instead of the files on disk.
#[derive(Debug, Clone, Args)]
pub struct CommitArgs {
    /// Check the files that git would commit instead of the files on disk; a commit that changes no
    /// file of a workspace, or leaves no workspace, passes
    #[arg(long, conflicts_with = "fixing")]
    pub staged: bool,
    /// Show hints with `--staged`, as text; without `--staged` hints are always shown
    #[arg(long)]
    pub hints: bool,
}

/// Levels of rules. They override `rules` of thread.yaml.
#[derive(Debug, Clone, Args)]
pub struct RuleLevelArgs {
    /// Report findings of a warning or hint as errors; can be repeated
    #[arg(short = 'D', long, value_name = "RULE")]
    pub deny: Vec<String>,
    /// Report findings of a hint, or of a rule that thread.yaml denies, as warnings; can be
    /// repeated
    #[arg(short = 'W', long, value_name = "RULE")]
    pub warn: Vec<String>,
    /// Do not report findings of a warning or hint; can be repeated
    #[arg(short = 'A', long, value_name = "RULE")]
    pub allow: Vec<String>,
}

/// Options for fixing files.
#[derive(Debug, Clone, Args)]
pub struct FixingArgs {
    /// Apply safe fixes
    #[arg(long, group = "fixing")]
    pub fix: bool,
    /// Print the fixes as a unified diff, and write nothing
    #[arg(long, group = "fixing")]
    pub diff: bool,
    /// Apply unsafe fixes too: they are probably right, but need a review
    #[arg(long, requires = "fixing")]
    pub unsafe_fixes: bool,
}

/// Format of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Excerpts of the files, with help
    Text,
    /// One line for each finding: `path:line:column: severity[rule]: message`
    Concise,
    /// One JSON document
    Json,
    /// Workflow commands, which GitHub shows as annotations of a pull request
    Github,
    /// SARIF 2.1.0
    Sarif,
}

impl CheckArgs {
    /// Returns whether the command only shows rules, and needs no workspace.
    pub fn is_about_rules(&self) -> bool {
        self.list_rules || self.explain.is_some()
    }

    /// Returns the format of `--format` or of the global `--json`.
    pub(super) fn format(&self, json: bool) -> Result<CheckFormat, Error> {
        let format = match (json, self.format) {
            (true, Some(other)) if other != CheckFormat::Json => {
                let message = "`--json` cannot be used with another `--format`";
                return Err(Error::request(message, "remove one of them"));
            }
            (true, _) => CheckFormat::Json,
            (false, format) => format.unwrap_or(CheckFormat::Text),
        };
        if self.fixing.diff && format != CheckFormat::Text {
            return Err(Error::request(
                "`--diff` prints a unified diff and has no other format",
                "remove `--diff`: the formats `json` and `sarif` include the fix of each finding",
            ));
        }
        Ok(format)
    }
}

impl RuleLevelArgs {
    /// Returns the level of each rule; the strictest if several are given for one rule.
    pub(super) fn rule_levels(&self) -> Result<RuleLevels, Error> {
        let mut rule_levels = RuleLevels::default();
        let given = [
            (&self.allow, RuleLevel::Allow),
            (&self.warn, RuleLevel::Warn),
            (&self.deny, RuleLevel::Deny),
        ];
        for (names, level) in given {
            for name in names {
                if rule_levels.set(rule_named(name)?, level).is_none() {
                    return Err(Error::request(
                        format!("`{name}` is always an error; its level cannot be changed"),
                        "`thread check --list-rules` shows which rules are warnings or hints",
                    ));
                }
            }
        }
        Ok(rule_levels)
    }
}

/// Returns the rule that an argument names.
pub(super) fn rule_named(name: &str) -> Result<Rule, Error> {
    let Some(rule) = Rule::named(name) else {
        let help = match did_you_mean(name, Rule::ALL.iter().map(|rule| rule.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`thread check --list-rules` lists all rules".to_string(),
        };
        return Err(Error::request(format!("there is no rule `{name}`"), help));
    };
    Ok(rule)
}

/// Result of a check.
pub(super) struct Checked {
    /// Number of thread files.
    pub threads: usize,
    /// Number of catalog files.
    pub catalogs: usize,
    /// The workspace that was checked.
    pub workspace: LeakedWorkspace,
    /// Findings that are left.
    pub findings: Vec<Diagnostic>,
    /// Fixes that were made, or with `--diff` would be.
    pub made: Vec<AppliedFix>,
    /// Files that the fixes change.
    pub files: Vec<FixedFile>,
}

/// Runs `thread check`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &CheckArgs) -> Result<Output> {
    let format = args.format(session.json)?;
    let checked = if args.fixing.fix || args.fixing.diff {
        fix(session, args)?
    } else {
        check(args, Loaded::from_disk(session, args)?)?
    };
    Ok(output(session, args, format, &checked))
}

/// Runs `thread check --staged` in the workspace that git's index contains.
///
/// The index need not contain a workspace: a commit may remove the last file of one, and a hook may
/// be shared by repositories that have none. Such a commit passes.
///
/// # Errors
/// The index cannot be read, or an argument is wrong.
pub fn run_staged(
    global: &GlobalArgs,
    environment: &Environment,
    args: &CheckArgs,
) -> Result<Output> {
    let directory = start(global, environment);
    if !git::is_hook() {
        real_directory(&directory)?;
    }
    let index = staged::find_index(&directory)?;
    if index.is_none() && !args.files.is_empty() {
        bail!(no_workspace(&directory));
    }
    let root = index.as_ref().map_or(&directory, |index| &index.root).clone();
    let directory = directory.canonicalize().unwrap_or(directory);
    let session = Session::at(root, directory, global, environment);
    let format = args.format(session.json)?;
    let documents = match index {
        Some(index) if !args.files.is_empty() || index.is_touched()? => index.documents()?,
        _ => Documents::default(),
    };
    let checked = check(args, Loaded::new(&session, &args.files, documents)?)?;
    Ok(output(&session, args, format, &checked))
}

/// Checks files without fixing them.
fn check(args: &CheckArgs, Loaded { documents, only }: Loaded) -> Result<Checked> {
    let rule_levels = args.rule_levels.rule_levels()?;
    let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
    let workspace = LeakedWorkspace::new(Workspace::read(documents));
    let findings = check::check_files(&workspace, &rule_levels, &only);
    let (made, files) = (Vec::new(), Vec::new());
    Ok(Checked { threads, catalogs, workspace, findings, made, files })
}

/// Returns the result in a format.
pub(super) fn output(
    session: &Session,
    args: &CheckArgs,
    format: CheckFormat,
    checked: &Checked,
) -> Output {
    let exit = if checked.fails(args) { Exit::Findings } else { Exit::Success };
    if args.fixing.diff {
        let diffs = checked.files.iter().map(|file| diff::between(&file.before, &file.after));
        let stdout = session.diff(&diffs.collect::<String>());
        let output = Output::new(stdout, text::render(session, args, checked), exit);
        return Output { exact: !session.styled, ..output };
    }
    let findings = || findings(&checked.workspace, &checked.findings);
    let summary = || text::fixed(args, checked) + &text::tally(args, checked, &checked.findings);
    let (stdout, stderr) = match format {
        CheckFormat::Text => (text::render(session, args, checked), String::new()),
        CheckFormat::Concise => (concise::render(&findings()), summary()),
        CheckFormat::Github => (github::render(&findings()), summary()),
        CheckFormat::Sarif => (sarif::render(&findings()), summary()),
        CheckFormat::Json => {
            let report = CheckReport {
                threads: checked.threads,
                catalogs: checked.catalogs,
                fixed: checked.made.iter().map(FixedFinding::new).collect(),
                findings: findings(),
            };
            (json::document(&report), String::new())
        }
    };
    Output::new(stdout, stderr, exit)
}

impl Checked {
    /// Returns whether the command exits with 1: on errors, with `--strict` on warnings, and with
    /// `--diff` on fixes that are not made.
    fn fails(&self, args: &CheckArgs) -> bool {
        let fails = |finding: &Diagnostic| match finding.severity {
            Severity::Error => true,
            Severity::Warning => args.strict,
            Severity::Hint => false,
        };
        self.findings.iter().any(fails) || (args.fixing.diff && !self.files.is_empty())
    }
}
