//! `thread adopt`

use anyhow::{Result, bail};

use crate::adopt::{Adopted, adopt};
use crate::cli::AdoptArgs;
use crate::parse::thread;
use crate::render;
use crate::report::adopt::AdoptReport;
use crate::report::{self, diagnostics};
use crate::store::load;
use crate::store::save::{self, Job};
use crate::text::{Document, shown};
use crate::verbs::{Refused, free_slug};
use crate::workspace::Workspace;

use super::{Exit, Output, Run};

pub(super) fn run(run: &Run, args: &AdoptArgs) -> Result<Output> {
    // Held until the end of this function.
    let _lock = run.lock(&args.writing)?;
    let mut workspace = match run.workspace() {
        Ok(workspace) => workspace,
        Err(output) => return Ok(output),
    };
    let note = match load::read(&run.folder.join(&args.file), &args.file.to_string_lossy()) {
        Ok(note) => note,
        Err(error) => bail!("{}: {}", shown(&error.finding.path), error.finding.message),
    };
    if note.text.trim_matches('\u{feff}').trim().is_empty() {
        bail!("{} is empty\nhelp: `thread new TITLE` begins a thread", shown(&note.path));
    }
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let target = target(run, &workspace, args, &stem)?;
    let mut report = AdoptReport {
        note: note.path.clone(),
        thread: thread::slug(&target.path).to_string(),
        path: target.path.clone(),
        created: !target.is_note,
        dry_run: args.writing.dry_run,
        understood: Vec::new(),
        left: Vec::new(),
        problems: Vec::new(),
    };
    let name = stem.replace(['-', '_'], " ");
    let adopted = match adopt(&note, &target.path, &name, &workspace.configuration) {
        Ok(adopted) => adopted,
        Err(finding) => {
            workspace.keep(note);
            report.problems = diagnostics::findings(&workspace, [&*finding]);
            let stdout = if run.json { report::json("adopt", &report) } else { String::new() };
            let stderr = run.problems(&workspace, [&*finding]);
            return Ok(Output::new(stdout, stderr, Exit::NeedsPerson));
        }
    };
    if !args.writing.dry_run {
        save::all(&[job(run, &target, &note, &adopted)])?;
    }
    // The errors of other files are named; adopting the note removes its own.
    let others: Vec<_> = workspace.errors().filter(|found| found.path != target.path).collect();
    report.problems = diagnostics::findings(&workspace, others.iter().copied());
    let problems = run.problems(&workspace, others);
    let output = output(run, &target, &note, &adopted, &report.with(&adopted));
    Ok(Output { stderr: problems + &output.stderr, ..output })
}

/// Where the thread goes.
struct Target {
    /// Its path relative to the workspace.
    path: String,
    /// Whether the note itself is that file.
    is_note: bool,
}

/// A note among the threads becomes the thread of its name; any other becomes a new file.
fn target(run: &Run, workspace: &Workspace, args: &AdoptArgs, stem: &str) -> Result<Target> {
    let path = run.below(&args.file);
    let slug = thread::slug(&path);
    let known = workspace.slugs.iter().any(|known| known == slug);
    let folder = format!("{}/", workspace.configuration.threads);
    if !(path.starts_with(folder.trim_start_matches("./")) && known) {
        let slug = free_slug(workspace, args.slug.as_deref(), stem)?;
        return Ok(Target { path: format!("{folder}{slug}.md"), is_note: false });
    }
    if workspace.threads.iter().any(|file| file.document.path == path) {
        bail!(Refused::misuse(
            format!("{path} is a thread already"),
            format!("`thread show {slug}` shows it")
        ));
    }
    if args.slug.is_some() {
        bail!(Refused::misuse(
            format!("{path} lies among the threads, and its name is that of the thread"),
            "leave `--slug` out, or rename the file"
        ));
    }
    Ok(Target { path, is_note: true })
}

fn job(run: &Run, target: &Target, note: &Document, adopted: &Adopted) -> Job {
    Job {
        path: run.root.join(&target.path),
        loaded: target.is_note.then(|| note.text.clone().into_bytes()),
        new: adopted.text.clone().into_bytes(),
    }
}

fn output(
    run: &Run,
    target: &Target,
    note: &Document,
    adopted: &Adopted,
    report: &AdoptReport,
) -> Output {
    let text = render::adopt::render(report);
    let (stdout, stderr) = match (run.json, report.dry_run) {
        (true, _) => (report::json("adopt", report), String::new()),
        (false, false) => (text, String::new()),
        (false, true) => {
            let before = Document::new(target.path.clone(), note.text.clone());
            let diff = match target.is_note {
                true => render::diff::between(&before, &adopted.text),
                false => render::diff::exact_new(&target.path, &adopted.text),
            };
            (run.diff(&diff), text)
        }
    };
    let exact = !run.styled && report.dry_run;
    Output { exact, ..Output::new(stdout, stderr, Exit::Well) }
}
