//! `thread test`.

pub mod report;
mod tagging;
mod test_run;
mod text;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use self::report::{Coverage, TaggingReport, TestFileReport, TestReport, TestRunReport};
use crate::commands::shared::findings::findings;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::model::trigger_test::TestFile;
use crate::model::{Diagnostic, Error, Rule, Thread};
use crate::parse::trigger_test;
use crate::text::suggest::unknown_name_help;
use crate::text::{Document, Spanned, escape_for_terminal};
use crate::workspace::{Workspace, load};

/// Arguments of `test`.
#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// Files of tests of triggers and tag rules (YAML; see docs/triggers.md)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// List the conditions that were never true or never false in the tests
    #[arg(long)]
    pub coverage: bool,
}

/// Runs `thread test`.
///
/// # Errors
/// The workspace or a file of tests cannot be read.
pub fn run(session: &Session, args: &TestArgs) -> Result<Output> {
    let mut workspace = session.workspace()?;
    let mut files = Vec::new();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for file in &args.files {
        let document = read(&session.directory.join(file), file)?;
        let (tests, errors) = trigger_test::parse(&document, &workspace.configuration);
        problems.extend(errors);
        if let Some(tests) = tests {
            let thread = thread_of(&tests, &workspace);
            if let (Some(slug), None) = (&tests.thread, thread) {
                problems.push(missing_thread(slug, &document.path, &workspace));
            }
            let runs = thread.map(|thread| {
                let tests = tests.tests.iter();
                let run = |test| test_run::run(test, thread, &workspace, &document.path);
                tests.map(run).collect::<Vec<_>>()
            });
            let tagging = tests.tagging.iter();
            let tagging: Vec<_> = tagging
                .map(|test| tagging::run(test, &workspace.configuration, &document.path))
                .collect();
            let failures = runs.iter().flatten().flat_map(|test_run| &test_run.failures);
            problems.extend(failures.cloned());
            problems.extend(tagging.iter().flat_map(|tested| tested.failures.iter().cloned()));
            if runs.is_some() || !tagging.is_empty() {
                files.push(TestFileReport {
                    path: document.path.clone(),
                    thread: thread.map(|thread| thread.slug.clone()),
                    tests: runs.iter().flatten().map(TestRunReport::new).collect(),
                    tagging: tagging.iter().map(TaggingReport::new).collect(),
                    coverage: runs.as_deref().filter(|_| args.coverage).map(Coverage::new),
                });
            }
        }
        workspace.keep(document);
    }
    let report = TestReport::new(files, findings(&workspace, &problems));
    let has_passed = problems.is_empty() && report.failed == 0 && report.passed > 0;
    let stdout = if session.json { json::document(&report) } else { text::render(&report) };
    let stderr = session.problems(&workspace, &problems);
    Ok(Output::new(stdout, stderr, if has_passed { Exit::Success } else { Exit::Findings }))
}

fn read(path: &Path, name: &Path) -> Result<Document> {
    let name = name.to_string_lossy().replace('\\', "/");
    match load::read_file(path, &name) {
        Ok(document) => Ok(document),
        Err(error) if path.exists() => {
            bail!("{}: {}", escape_for_terminal(&name), error.finding.message)
        }
        Err(_) => bail!(Error::request(
            format!("there is no file {}", escape_for_terminal(&name)),
            "name a file of trigger tests, such as tests/triggers.yaml",
        )),
    }
}

fn thread_of<'w>(tests: &TestFile, workspace: &'w Workspace) -> Option<&'w Thread> {
    let slug = tests.thread.as_ref()?;
    let mut threads = workspace.threads.iter().map(|file| &file.thread);
    threads.find(|thread| thread.slug == slug.value)
}

fn missing_thread(
    Spanned { value: slug, span }: &Spanned<String>,
    path: &str,
    workspace: &Workspace,
) -> Diagnostic {
    let (message, help) = if workspace.slugs.contains(slug) {
        let help = "`thread check` shows its errors".to_string();
        (format!("the thread `{slug}` cannot be read"), help)
    } else {
        let slugs = workspace.slugs.iter().map(String::as_str);
        (format!("there is no thread `{slug}`"), unknown_name_help("thread", slug, slugs))
    };
    Diagnostic::new(Rule::UnknownName, path, *span, message).help(help)
}
