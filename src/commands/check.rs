//! `thread check`

mod fixing;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cli::{CheckArgs, CheckFormat, Shared, StanceArgs};
use crate::environment::Environment;
use crate::model::{Diagnostic, Rule, Severity, Stance, Stances};
use crate::parse::fields::did_you_mean;
use crate::plan::fix::{FixedFile, Made};
use crate::render::{self, diagnostics};
use crate::report;
use crate::report::check::{CheckReport, fixed};
use crate::report::diagnostics::findings;
use crate::report::rules::{RuleReport, RulesReport};
use crate::rules;
use crate::store::root::NoWorkspace;
use crate::store::{git, load};
use crate::text::shown_path;
use crate::workspace::{Documents, Workspace};

use super::{Exit, Lasting, Output, Run, directory, start};

/// What was found, and what was or would be mended before.
struct Checked {
    threads: usize,
    catalogs: usize,
    workspace: Lasting,
    findings: Vec<Diagnostic>,
    made: Vec<Made>,
    files: Vec<FixedFile>,
}

pub(super) fn run(run: &Run, args: &CheckArgs) -> Result<Output> {
    let format = format(run, args)?;
    let checked = match args.fixing.fix || args.fixing.diff {
        true => fixing::fix(run, args)?,
        false => look(args, load(run, args)?)?,
    };
    Ok(output(run, args, format, &checked))
}

/// Checks what git would commit, in the workspace that the index holds: a commit may remove the last file
/// of a workspace, and a hook may be shared with repositories that have none.
pub(super) fn staged(
    shared: &Shared,
    environment: &Environment,
    args: &CheckArgs,
) -> Result<Output> {
    let folder = start(shared, environment);
    if !git::is_hook() {
        directory(&folder)?;
    }
    let index = git::index(&folder)?;
    if index.is_none() && !args.files.is_empty() {
        bail!(NoWorkspace { from: folder });
    }
    let root = index.as_ref().map_or(&folder, |index| &index.root).clone();
    let folder = folder.canonicalize().unwrap_or(folder);
    let run = Run::at(root, folder, shared, environment);
    let format = format(&run, args)?;
    let documents = match index {
        Some(index) if !args.files.is_empty() || index.is_touched()? => index.documents()?,
        _ => Documents::default(),
    };
    let only = selected(&run, &args.files, &documents)?;
    let checked = look(args, Loaded { documents, only })?;
    Ok(output(&run, args, format, &checked))
}

fn output(run: &Run, args: &CheckArgs, format: CheckFormat, checked: &Checked) -> Output {
    let exit = if checked.needs_person(args) { Exit::NeedsPerson } else { Exit::Well };
    if args.fixing.diff {
        let files = checked.files.iter();
        let diff: String =
            files.map(|file| render::diff::between(&file.before, &file.after)).collect();
        let output = Output::new(run.diff(&diff), text(run, args, checked), exit);
        return Output { exact: !run.styled, ..output };
    }
    let findings = || findings(&checked.workspace, &checked.findings);
    let fixed = fixed(&checked.made);
    let talk = diagnostics::concise::fixed(&fixed, "fixed")
        + &tally(args, &checked.findings, checked.made.len());
    let (stdout, stderr) = match format {
        CheckFormat::Text => (text(run, args, checked), String::new()),
        CheckFormat::Concise => (diagnostics::concise::render(&findings()), talk),
        CheckFormat::Github => (diagnostics::github::render(&findings()), talk),
        CheckFormat::Sarif => (diagnostics::sarif::render(&findings()), talk),
        CheckFormat::Json => {
            let (threads, catalogs) = (checked.threads, checked.catalogs);
            let report = CheckReport { threads, catalogs, fixed, findings: findings() };
            (report::json("check", &report), String::new())
        }
    };
    Output::new(stdout, stderr, exit)
}

fn format(run: &Run, args: &CheckArgs) -> Result<CheckFormat> {
    let format = match (run.json, args.format) {
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
fn stances(args: &StanceArgs) -> Result<Stances> {
    let mut stances = Stances::default();
    let said =
        [(&args.allow, Stance::Allow), (&args.warn, Stance::Warn), (&args.deny, Stance::Deny)];
    for (names, stance) in said {
        for name in names {
            if stances.take(named(name)?, stance).is_none() {
                bail!(
                    "`{name}` is an error, whatever anybody thinks of it\n\
                     help: only warnings and hints can be denied, warned of or allowed"
                );
            }
        }
    }
    Ok(stances)
}

/// The rule of a name.
fn named(name: &str) -> Result<Rule> {
    Rule::named(name).map_or_else(
        || {
            let names = Rule::ALL.iter().map(|rule| rule.name());
            let help = match did_you_mean(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`thread check --list-rules` lists them".to_string(),
            };
            bail!("there is no rule `{name}`\nhelp: {help}")
        },
        Ok,
    )
}

/// What is said of rules alone, without a workspace: all of them, or one in full.
pub(super) fn about_rules(args: &CheckArgs, json: bool) -> Option<Result<Output>> {
    let told = |stdout: String| Output::new(stdout, String::new(), Exit::Well);
    if let Some(name) = &args.explain {
        return Some(named(name).map(|rule| {
            let rule = RuleReport::new(rule);
            told(if json { report::json("rule", &rule) } else { render::rules::one(&rule) })
        }));
    }
    args.list_rules.then(|| {
        let rules = RulesReport::new();
        Ok(told(if json { report::json("rules", &rules) } else { render::rules::all(&rules) }))
    })
}

fn look(args: &CheckArgs, Loaded { documents, only }: Loaded) -> Result<Checked> {
    let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
    let workspace = Lasting::new(Workspace::read(documents));
    let findings = rules::check_files(&workspace, &stances(&args.stances)?, &only);
    let (made, files) = (Vec::new(), Vec::new());
    Ok(Checked { threads, catalogs, workspace, findings, made, files })
}

/// The files, and those of them that the command line asks for.
struct Loaded {
    documents: Documents,
    only: Vec<String>,
}

fn load(run: &Run, args: &CheckArgs) -> Result<Loaded> {
    let documents = load::load(&run.root);
    let is_empty = documents.threads.is_empty() && documents.catalogs.is_empty();
    if is_empty && documents.problems.is_empty() {
        bail!(
            "no thread and no catalog in {}\nhelp: nothing was checked; run it in a workspace, or name one with `-C DIR`",
            shown_path(&run.root)
        );
    }
    let only = selected(run, &args.files, &documents)?;
    Ok(Loaded { documents, only })
}

fn is_asked_for(only: &[String], path: &str) -> bool {
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
fn text(run: &Run, args: &CheckArgs, checked: &Checked) -> String {
    let is_hidden = |finding: &&Diagnostic| {
        args.commit.staged && !args.commit.hints && finding.severity == Severity::Hint
    };
    let (hidden, findings): (Vec<_>, Vec<_>) = checked.findings.iter().partition(is_hidden);
    let word = if args.fixing.diff { "to fix" } else { "fixed" };
    let mut text = diagnostics::concise::fixed(&fixed(&checked.made), word);
    let (errors, others): (Vec<_>, Vec<_>) =
        findings.iter().partition(|finding| args.commit.staged && finding.is_error());
    for part in [others, errors] {
        text.push_str(&diagnostics::render(&checked.workspace, part, run.width));
    }
    if !findings.is_empty() {
        text.push_str(&diagnostics::summary(findings.iter().copied()));
        text.push_str(&diagnostics::hidden(hidden.len()));
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
        _ => diagnostics::fixable(findings),
    }
}

/// The files of the command line, by their paths in the workspace.
fn selected(run: &Run, files: &[PathBuf], documents: &Documents) -> Result<Vec<String>> {
    let problems = documents.problems.iter().map(|problem| &problem.path);
    let known: BTreeSet<&String> =
        documents.all().map(|document| &document.path).chain(problems).collect();
    let mut selected = Vec::new();
    for file in files {
        let path = run.below(file);
        if !known.contains(&path) {
            bail!(
                "{} is no thread and no catalog of this workspace\nhelp: give a file of its folders",
                shown_path(file)
            );
        }
        selected.push(path);
    }
    Ok(selected)
}
