//! `thread check`

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::args::{CheckArgs, CheckFormat, RuleLevelArgs};
use super::fix_loop;
use super::formats::{concise, github, sarif};
use super::list_rules::named;
use super::report::{CheckReport, fixed};
use crate::check;
use crate::check::fix::{FixedFile, Made};
use crate::commands::shared::findings::report::findings;
use crate::commands::shared::findings::text;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::{diff, json};
use crate::environment::Environment;
use crate::model::{Diagnostic, RuleLevel, RuleLevels, Severity};
use crate::store::find::NoWorkspace;
use crate::store::git;
use crate::text::escape_path;
use crate::workspace::load;
use crate::workspace::staged;
use crate::workspace::{Documents, Workspace};

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{LeakedWorkspace, Session, real_directory, start};

/// What was found, and what was or would be mended before.
pub struct Checked {
    /// Number of thread files.
    pub threads: usize,
    /// Number of catalog files.
    pub catalogs: usize,
    /// The workspace that was checked.
    pub workspace: LeakedWorkspace,
    /// Findings that are left.
    pub findings: Vec<Diagnostic>,
    /// Fixes that were made, or would be.
    pub made: Vec<Made>,
    /// Files that the fixes change.
    pub files: Vec<FixedFile>,
}

/// Runs `thread check`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &CheckArgs) -> Result<Output> {
    let format = format(session, args)?;
    let checked = match args.fixing.fix || args.fixing.diff {
        true => fix_loop::fix(session, args)?,
        false => look(args, load(session, args)?)?,
    };
    Ok(output(session, args, format, &checked))
}

/// Checks what git would commit, in the workspace that the index holds: a commit may remove the last file
/// of a workspace, and a hook may be shared with repositories that have none.
pub(crate) fn staged(
    shared: &GlobalArgs,
    environment: &Environment,
    args: &CheckArgs,
) -> Result<Output> {
    let directory = start(shared, environment);
    if !git::is_hook() {
        real_directory(&directory)?;
    }
    let index = staged::index(&directory)?;
    if index.is_none() && !args.files.is_empty() {
        bail!(NoWorkspace { from: directory });
    }
    let root = index.as_ref().map_or(&directory, |index| &index.root).clone();
    let directory = directory.canonicalize().unwrap_or(directory);
    let session = Session::at(root, directory, shared, environment);
    let format = format(&session, args)?;
    let documents = match index {
        Some(index) if !args.files.is_empty() || index.is_touched()? => index.documents()?,
        _ => Documents::default(),
    };
    let only = selected(&session, &args.files, &documents)?;
    let checked = look(args, Loaded { documents, only })?;
    Ok(output(&session, args, format, &checked))
}

fn output(session: &Session, args: &CheckArgs, format: CheckFormat, checked: &Checked) -> Output {
    let exit = if checked.needs_person(args) { Exit::Findings } else { Exit::Success };
    if args.fixing.diff {
        let files = checked.files.iter();
        let diff: String = files.map(|file| diff::between(&file.before, &file.after)).collect();
        let output = Output::new(session.diff(&diff), text(session, args, checked), exit);
        return Output { exact: !session.styled, ..output };
    }
    let findings = || findings(&checked.workspace, &checked.findings);
    let fixed = fixed(&checked.made);
    let talk =
        concise::fixed(&fixed, "fixed") + &tally(args, &checked.findings, checked.made.len());
    let (stdout, stderr) = match format {
        CheckFormat::Text => (text(session, args, checked), String::new()),
        CheckFormat::Concise => (concise::render(&findings()), talk),
        CheckFormat::Github => (github::render(&findings()), talk),
        CheckFormat::Sarif => (sarif::render(&findings()), talk),
        CheckFormat::Json => {
            let (threads, catalogs) = (checked.threads, checked.catalogs);
            let report = CheckReport { threads, catalogs, fixed, findings: findings() };
            (json::document(&report), String::new())
        }
    };
    Output::new(stdout, stderr, exit)
}

fn format(session: &Session, args: &CheckArgs) -> Result<CheckFormat> {
    let format = match (session.json, args.format) {
        (true, Some(other)) if other != CheckFormat::Json => {
            bail!("`--json` and another `--format`\nhelp: keep one of them")
        }
        (true, _) => CheckFormat::Json,
        (false, format) => format.unwrap_or(CheckFormat::Text),
    };
    if args.fixing.diff && format != CheckFormat::Text {
        bail!(
            "`--diff` prints a unified diff and nothing else\n\
             help: take out `--format`; each finding has its fix in the formats `json` and `sarif`"
        );
    }
    Ok(format)
}

/// The stances of the command line. Of several on one rule the sternest counts.
pub fn rule_levels(args: &RuleLevelArgs) -> Result<RuleLevels> {
    let mut rule_levels = RuleLevels::default();
    let said = [
        (&args.allow, RuleLevel::Allow),
        (&args.warn, RuleLevel::Warn),
        (&args.deny, RuleLevel::Deny),
    ];
    for (names, level) in said {
        for name in names {
            if rule_levels.set(named(name)?, level).is_none() {
                bail!(
                    "`{name}` is an error, whatever anybody thinks of it\n\
                     help: only warnings and hints can be denied, warned of or allowed"
                );
            }
        }
    }
    Ok(rule_levels)
}

fn look(args: &CheckArgs, Loaded { documents, only }: Loaded) -> Result<Checked> {
    let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
    let workspace = LeakedWorkspace::new(Workspace::read(documents));
    let findings = check::check_files(&workspace, &rule_levels(&args.rule_levels)?, &only);
    let (made, files) = (Vec::new(), Vec::new());
    Ok(Checked { threads, catalogs, workspace, findings, made, files })
}

/// The files, and those of them that the command line asks for.
pub struct Loaded {
    /// All files.
    pub documents: Documents,
    /// Paths that the arguments name; empty for all.
    pub only: Vec<String>,
}

/// Loads the workspace.
///
/// # Errors
/// There is nothing to check, or an argument names no file of the workspace.
pub fn load(session: &Session, args: &CheckArgs) -> Result<Loaded> {
    let documents = load::load(&session.root);
    let is_empty = documents.threads.is_empty() && documents.catalogs.is_empty();
    if is_empty && documents.problems.is_empty() {
        bail!(
            "no thread and no catalog in {}\nhelp: nothing was checked; run it in a workspace, or name one with `-C DIR`",
            escape_path(&session.root)
        );
    }
    let only = selected(session, &args.files, &documents)?;
    Ok(Loaded { documents, only })
}

/// Returns whether the arguments name a path; without arguments they name all.
pub fn is_asked_for(only: &[String], path: &str) -> bool {
    only.is_empty() || only.iter().any(|asked| asked == path)
}

impl Checked {
    /// Whether something is left for a person: a finding, or a fix that is only shown.
    fn needs_person(&self, args: &CheckArgs) -> bool {
        let worst = self.findings.iter().map(|finding| finding.severity).min();
        let fails = match worst {
            Some(Severity::Error) => true,
            Some(Severity::Warning) => args.strict,
            _ => false,
        };
        fails || (args.fixing.diff && !self.files.is_empty())
    }
}

/// Empty if nothing was found. In a hook the errors come last, just above the prompt, and hints only if they are
/// asked for.
fn text(session: &Session, args: &CheckArgs, checked: &Checked) -> String {
    let is_hidden = |finding: &&Diagnostic| {
        args.commit.staged && !args.commit.hints && finding.severity == Severity::Hint
    };
    let (hidden, findings): (Vec<_>, Vec<_>) = checked.findings.iter().partition(is_hidden);
    let word = if args.fixing.diff { "to fix" } else { "fixed" };
    let mut text = concise::fixed(&fixed(&checked.made), word);
    let (errors, others): (Vec<_>, Vec<_>) =
        findings.iter().partition(|finding| args.commit.staged && finding.is_error());
    for part in [others, errors] {
        text.push_str(&text::render(&checked.workspace, part, session.width));
    }
    if !findings.is_empty() {
        text.push_str(&text::summary(findings.iter().copied()));
        text.push_str(&text::hidden(hidden.len()));
    }
    text + &tally(args, findings.iter().copied(), checked.made.len())
}

/// `2 fixed, 1 left.`, or how much could be.
fn tally<'d>(
    args: &CheckArgs,
    findings: impl IntoIterator<Item = &'d Diagnostic>,
    made: usize,
) -> String {
    let findings: Vec<_> = findings.into_iter().collect();
    let left = findings.len();
    match (args.fixing.fix, args.fixing.diff) {
        _ if made + left == 0 => String::new(),
        (true, _) => format!("{made} fixed, {left} left.\n"),
        (_, true) => format!("{made} to be fixed, {left} left; nothing was written.\n"),
        _ => text::fixable(findings),
    }
}

/// The files of the command line, by their paths in the workspace.
fn selected(session: &Session, files: &[PathBuf], documents: &Documents) -> Result<Vec<String>> {
    let problems = documents.problems.iter().map(|problem| &problem.path);
    let known: BTreeSet<&String> =
        documents.all().map(|document| &document.path).chain(problems).collect();
    let mut selected = Vec::new();
    for file in files {
        let path = session.below(file);
        if !known.contains(&path) {
            bail!(
                "{} is no thread and no catalog of this workspace\nhelp: give a file of its folders",
                escape_path(file)
            );
        }
        selected.push(path);
    }
    Ok(selected)
}
