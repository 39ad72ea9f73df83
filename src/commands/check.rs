//! `thread check`

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};
use serde::Serialize;

use crate::cli::CheckArgs;
use crate::model::{Diagnostic, Severity};
use crate::render;
use crate::report::diagnostics::{Finding, findings};
use crate::report::{self};
use crate::rules;
use crate::store::load;
use crate::workspace::Workspace;

use super::{Exit, Output, Run};

/// The findings as one JSON document.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CheckReport {
    threads: usize,
    catalogs: usize,
    findings: Vec<Finding>,
}

pub(super) fn run(run: &Run, args: &CheckArgs) -> Result<Output> {
    let documents = load::load(&run.root);
    let counts = (documents.threads.len(), documents.catalogs.len());
    let found_any = counts != (0, 0) || !documents.problems.is_empty();
    let known: Vec<String> = documents
        .threads
        .iter()
        .chain(&documents.catalogs)
        .chain(&documents.configuration)
        .map(|document| document.path.clone())
        .chain(documents.problems.iter().map(|problem| problem.path.clone()))
        .collect();
    if !found_any {
        bail!(
            "no thread and no catalog in {}\nhelp: nothing was checked; is this the right folder?",
            run.root.display()
        );
    }
    let only = selected(run, &args.files, &known)?;
    let workspace = Workspace::read(documents);
    let mut diagnostics = rules::check(&workspace);
    diagnostics.retain(|finding| only.is_empty() || only.contains(&finding.path));
    let worst = diagnostics.iter().map(|finding| finding.rule.severity()).min();
    let fails = match worst {
        Some(Severity::Error) => true,
        Some(Severity::Warning) => args.strict,
        _ => false,
    };
    let exit = if fails { Exit::NeedsPerson } else { Exit::Well };
    let stdout = match run.json {
        true => {
            let findings = findings(&workspace, &diagnostics);
            report::json("check", &CheckReport { threads: counts.0, catalogs: counts.1, findings })
        }
        false => text(run, &workspace, &diagnostics),
    };
    Ok(Output::new(stdout, String::new(), exit))
}

/// Silent when well.
fn text(run: &Run, workspace: &Workspace, diagnostics: &[Diagnostic]) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut text = render::diagnostics::render(workspace, diagnostics, run.width);
    text.push_str(&render::diagnostics::summary(diagnostics));
    text
}

/// The files of the command line, by their paths in the workspace.
fn selected(run: &Run, files: &[PathBuf], known: &[String]) -> Result<Vec<String>> {
    let mut selected = Vec::new();
    for file in files {
        let path = normal(&run.folder.join(file));
        let below = path.strip_prefix(normal(&run.root)).unwrap_or(&path);
        let parts: Vec<_> =
            below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let path = parts.join("/");
        if !known.contains(&path) {
            bail!(
                "{} is no thread and no catalog of this workspace\nhelp: give a file of its folders",
                file.display()
            );
        }
        selected.push(path);
    }
    Ok(selected)
}

/// The path without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
