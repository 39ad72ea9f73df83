//! `thread check`: checks the files on disk.

use anyhow::Result;

use super::args::{CheckArgs, CheckFormat};
use super::fix::fix;
use super::formats::{concise, github, sarif};
use super::load::Loaded;
use super::report::{CheckReport, FixedFinding};
use super::text;
use crate::check;
use crate::check::fix::{FixedFile, Made};
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{LeakedWorkspace, Session};
use crate::commands::shared::{diff, json};
use crate::model::{Diagnostic, Severity};
use crate::workspace::Workspace;

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
    pub made: Vec<Made>,
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

/// Checks files without fixing them.
pub(super) fn check(args: &CheckArgs, Loaded { documents, only }: Loaded) -> Result<Checked> {
    let rule_levels = args.rule_levels.rule_levels()?;
    let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
    let workspace = LeakedWorkspace::new(Workspace::read(documents));
    let findings = check::check_files(&workspace, &rule_levels, &only);
    let (made, files) = (Vec::new(), Vec::new());
    Ok(Checked { threads, catalogs, workspace, findings, made, files })
}

/// Returns the result in the format that was asked for.
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
