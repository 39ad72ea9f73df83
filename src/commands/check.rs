//! `thread check`

mod fixing;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::cli::{CheckArgs, CheckFormat, StanceArgs};
use crate::model::{Diagnostic, Rule, Severity, Stance, Stances};
use crate::parse::fields::did_you_mean;
use crate::plan::fix::{FixedFile, Made};
use crate::render::{self, diagnostics};
use crate::report;
use crate::report::check::{CheckReport, fixed};
use crate::report::diagnostics::findings;
use crate::report::rules::{RuleReport, RulesReport};
use crate::rules;
use crate::store::{git, load};
use crate::text::shown_path;
use crate::workspace::{Documents, Workspace};

use super::{Exit, Lasting, Output, Run};

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
        false => look(run, args)?,
    };
    let exit = if checked.needs_person(args) { Exit::NeedsPerson } else { Exit::Well };
    if args.fixing.diff {
        let files = checked.files.iter();
        let diff: String =
            files.map(|file| render::diff::between(&file.before, &file.after)).collect();
        let output = Output::new(run.diff(&diff), text(run, args, &checked), exit);
        return Ok(Output { exact: !run.styled, ..output });
    }
    let findings = || findings(&checked.workspace, &checked.findings);
    let fixed = fixed(&checked.made);
    let talk = diagnostics::concise::fixed(&fixed, "fixed") + &tally(args, &checked);
    let (stdout, stderr) = match format {
        CheckFormat::Text => (text(run, args, &checked), String::new()),
        CheckFormat::Concise => (diagnostics::concise::render(&findings()), talk),
        CheckFormat::Github => (diagnostics::github::render(&findings()), talk),
        CheckFormat::Sarif => (diagnostics::sarif::render(&findings()), talk),
        CheckFormat::Json => {
            let (threads, catalogs) = (checked.threads, checked.catalogs);
            let report = CheckReport { threads, catalogs, fixed, findings: findings() };
            (report::json("check", &report), String::new())
        }
    };
    Ok(Output::new(stdout, stderr, exit))
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

fn look(run: &Run, args: &CheckArgs) -> Result<Checked> {
    let Loaded { documents, only } = load(run, args)?;
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
    let documents = if args.staged { git::staged(&run.root)? } else { load::load(&run.root) };
    let problems = documents.problems.iter().map(|problem| &problem.path);
    let known: Vec<String> =
        documents.all().map(|document| &document.path).chain(problems).cloned().collect();
    let is_empty = documents.threads.is_empty() && documents.catalogs.is_empty();
    if is_empty && documents.problems.is_empty() {
        let staged = if args.staged { " is staged" } else { "" };
        bail!(
            "no thread and no catalog in {}{staged}\nhelp: nothing was checked; is this the right folder?",
            shown_path(&run.root)
        );
    }
    let only = selected(run, &args.files, &known)?;
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

/// Silent when well.
fn text(run: &Run, args: &CheckArgs, checked: &Checked) -> String {
    let findings = &checked.findings;
    let word = if args.fixing.diff { "to fix" } else { "fixed" };
    let mut text = diagnostics::concise::fixed(&fixed(&checked.made), word);
    if !findings.is_empty() {
        text.push_str(&diagnostics::render(&checked.workspace, findings, run.width));
        text.push_str(&diagnostics::summary(findings));
    }
    text + &tally(args, checked)
}

/// `2 fixed, 1 left.`, or how much could be.
fn tally(args: &CheckArgs, checked: &Checked) -> String {
    let (made, left) = (checked.made.len(), checked.findings.len());
    match (args.fixing.fix, args.fixing.diff) {
        _ if made + left == 0 => String::new(),
        (true, _) => format!("{made} fixed, {left} left.\n"),
        (_, true) => format!("{made} to be fixed, {left} left; nothing was written.\n"),
        _ => diagnostics::fixable(&checked.findings),
    }
}

/// The files of the command line, by their paths in the workspace.
fn selected(run: &Run, files: &[PathBuf], known: &[String]) -> Result<Vec<String>> {
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
