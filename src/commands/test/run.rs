//! `thread test`

use std::path::Path;

use anyhow::{Result, bail};

use super::args::TestArgs;
use super::report;
use super::report::{TestFileReport, TestReport, coverage};
use super::test_run;
use super::text;
use crate::commands::shared::findings;
use crate::commands::shared::json;
use crate::model::trigger_test::TestFile;
use crate::model::{Diagnostic, Rule};
use crate::parse::trigger_test;
use crate::text::suggest::unknown_name_help;
use crate::text::{Document, escape_for_terminal};
use crate::workspace::Workspace;
use crate::workspace::load;

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;

/// Runs `thread test`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &TestArgs) -> Result<Output> {
    let mut workspace = session.workspace()?;
    let mut files = Vec::new();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for file in &args.files {
        let document = read(&session.directory.join(file), file)?;
        let (tests, found) = trigger_test::parse(&document, &workspace.configuration);
        problems.extend(found);
        if let Some(tests) = tests {
            files.extend(run_file(
                &tests,
                &document.path,
                &workspace,
                args.coverage,
                &mut problems,
            ));
        }
        workspace.keep(document);
    }
    let tests = || files.iter().flat_map(|file| &file.tests);
    let report = TestReport {
        passed: tests().filter(|test| test.passed).count(),
        failed: tests().filter(|test| !test.passed).count(),
        findings: findings::findings(&workspace, &problems),
        files: files.clone(),
    };
    let well = problems.is_empty() && report.failed == 0 && report.passed > 0;
    let stdout = match session.json {
        true => json::document(&report),
        false => text::render(&report),
    };
    let stderr = session.problems(&workspace, &problems);
    Ok(Output::new(stdout, stderr, if well { Exit::Success } else { Exit::Findings }))
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

/// Runs the tests of a file; `None` where its thread is not there.
fn run_file(
    tests: &TestFile,
    path: &str,
    workspace: &Workspace,
    covers: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<TestFileReport> {
    let slug = &tests.thread.value;
    let Some(file) = workspace.threads.iter().find(|file| file.thread.slug == *slug) else {
        problems.push(missing_thread(tests, path, workspace));
        return None;
    };
    let runs: Vec<test_run::TestRun> = tests
        .tests
        .iter()
        .map(|test| {
            test_run::run(test, &file.thread, &workspace.catalogs, &workspace.configuration, path)
        })
        .collect();
    problems.extend(runs.iter().flat_map(|test_run| test_run.failures.iter().cloned()));
    Some(TestFileReport {
        path: path.to_string(),
        thread: slug.clone(),
        tests: runs.iter().map(report::test_run).collect(),
        coverage: covers.then(|| coverage(&runs)),
    })
}

fn missing_thread(tests: &TestFile, path: &str, workspace: &Workspace) -> Diagnostic {
    let slug = &tests.thread;
    let (message, help) = match workspace.slugs.contains(&slug.value) {
        true => (
            format!("the thread `{}` cannot be read", slug.value),
            "`thread check` says why".into(),
        ),
        false => {
            let known = workspace.slugs.iter().map(String::as_str);
            (format!("there is no thread `{}`", slug.value), unknown_name_help(&slug.value, known))
        }
    };
    Diagnostic::new(Rule::UnknownName, path, slug.span, message).help(help)
}
