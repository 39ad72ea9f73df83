//! `thread test`: runs unit tests of triggers.

use std::path::Path;

use anyhow::{Result, bail};

use super::args::TestArgs;
use super::report::{Coverage, TestFileReport, TestReport, TestRunReport};
use super::test_run::{self, TestRun};
use super::text;
use crate::commands::shared::findings::findings;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::model::trigger_test::TestFile;
use crate::model::{Diagnostic, Rule};
use crate::parse::trigger_test;
use crate::text::suggest::unknown_name_help;
use crate::text::{Document, escape_for_terminal};
use crate::workspace::{Workspace, load};

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
            match run_file(&tests, &document.path, &workspace, args.coverage) {
                Ok((report, failures)) => {
                    files.push(report);
                    problems.extend(failures);
                }
                Err(missing_thread) => problems.push(missing_thread),
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
    match load::read(path, &name) {
        Ok(document) => Ok(document),
        Err(error) if path.exists() => {
            bail!("{}: {}", escape_for_terminal(&name), error.finding.message)
        }
        Err(_) => bail!(
            "there is no file {}\nhelp: name a file of trigger tests, such as tests/triggers.yaml",
            escape_for_terminal(&name)
        ),
    }
}

/// Runs the tests of a file. Returns their results and the failed expectations; an error if the
/// thread does not exist.
fn run_file(
    tests: &TestFile,
    path: &str,
    workspace: &Workspace,
    with_coverage: bool,
) -> Result<(TestFileReport, Vec<Diagnostic>), Diagnostic> {
    let slug = &tests.thread.value;
    let Some(file) = workspace.threads.iter().find(|file| file.thread.slug == *slug) else {
        return Err(missing_thread(tests, path, workspace));
    };
    let runs: Vec<TestRun> = tests
        .tests
        .iter()
        .map(|test| {
            test_run::run(test, &file.thread, &workspace.catalogs, &workspace.configuration, path)
        })
        .collect();
    let failures = runs.iter().flat_map(|test_run| test_run.failures.iter().cloned()).collect();
    let report = TestFileReport {
        path: path.to_string(),
        thread: slug.clone(),
        tests: runs.iter().map(TestRunReport::new).collect(),
        coverage: with_coverage.then(|| Coverage::new(&runs)),
    };
    Ok((report, failures))
}

fn missing_thread(tests: &TestFile, path: &str, workspace: &Workspace) -> Diagnostic {
    let slug = &tests.thread.value;
    let (message, help) = if workspace.slugs.contains(slug) {
        let help = "`thread check` shows its errors".to_string();
        (format!("the thread `{slug}` cannot be read"), help)
    } else {
        let slugs = workspace.slugs.iter().map(String::as_str);
        (format!("there is no thread `{slug}`"), unknown_name_help(slug, slugs))
    };
    Diagnostic::new(Rule::UnknownName, path, tests.thread.span, message).help(help)
}
