//! `thread test`

use std::path::Path;

use anyhow::{Result, bail};

use crate::cli::TestArgs;
use crate::evaluate::trial;
use crate::model::trigger_test::TestFile;
use crate::model::{Diagnostic, Rule};
use crate::parse::fields::unknown_word_help;
use crate::parse::trigger_test;
use crate::render;
use crate::report::test::{TestFileReport, TestReport, coverage};
use crate::report::{self, diagnostics};
use crate::store::load;
use crate::text::{Document, shown};
use crate::workspace::Workspace;

use super::{Exit, Output, Run};

pub(super) fn run(run: &Run, args: &TestArgs) -> Result<Output> {
    let mut workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let mut files = Vec::new();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for file in &args.files {
        let document = read(&run.folder.join(file), file)?;
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
        findings: diagnostics::findings(&workspace, &problems),
        files: files.clone(),
    };
    let well = problems.is_empty() && report.failed == 0 && report.passed > 0;
    let stdout = match run.json {
        true => report::json("test", &report),
        false => render::test::render(&report),
    };
    let stderr = run.problems(&workspace, &problems);
    Ok(Output::new(stdout, stderr, if well { Exit::Well } else { Exit::NeedsPerson }))
}

fn read(path: &Path, name: &Path) -> Result<Document> {
    let name = name.to_string_lossy().replace('\\', "/");
    match load::read(path, &name) {
        Ok(document) => Ok(document),
        Err(error) if path.exists() => bail!("{}: {}", shown(&name), error.finding.message),
        Err(_) => bail!(
            "there is no file {}\nhelp: name a file of trigger tests, such as tests/triggers.yaml",
            shown(&name)
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
    let trials: Vec<trial::Trial> = tests
        .tests
        .iter()
        .map(|test| {
            trial::run(test, &file.thread, &workspace.catalogs, &workspace.configuration, path)
        })
        .collect();
    problems.extend(trials.iter().flat_map(|trial| trial.failures.iter().cloned()));
    Some(TestFileReport {
        path: path.to_string(),
        thread: slug.clone(),
        tests: trials.iter().map(report::test::trial).collect(),
        coverage: covers.then(|| coverage(&trials)),
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
            (format!("there is no thread `{}`", slug.value), unknown_word_help(&slug.value, known))
        }
    };
    Diagnostic::new(Rule::UnknownName, path, slug.span, message).help(help)
}
