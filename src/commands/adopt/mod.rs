//! `thread adopt`.

pub mod report;
pub mod text;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use self::report::AdoptReport;
use crate::adopt::{Adopted, adopt};
use crate::commands::new::edit::free_slug;
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::commands::shared::{diff, findings, json};
use crate::model::Error;
use crate::model::slug::slug_of_path;
use crate::store::save;
use crate::store::save::Job;
use crate::text::{Document, escape_for_terminal};
use crate::workspace::{Workspace, load};

/// Arguments of `adopt`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Every word of the note is kept. Where copying has taken the marks away (headings as bare lines,
bullets as •), they are put back; level, days, tags and triggers are taken from the prose. What was
understood and what was not is printed with its line.

A note elsewhere is left as it is, and the thread is a new file. A note that lies among the threads
already becomes the thread itself.")]
pub struct AdoptArgs {
    /// The note: markdown or plain text
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name of the thread's file, without `.md`; without it made from the note's
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Runs `thread adopt`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &AdoptArgs) -> Result<Output> {
    // Held until the end of this function.
    let _lock = session.lock(&args.writing)?;
    let mut workspace = session.workspace()?;
    let note =
        match load::read_file(&session.directory.join(&args.file), &args.file.to_string_lossy()) {
            Ok(note) => note,
            Err(error) => {
                bail!("{}: {}", escape_for_terminal(&error.finding.path), error.finding.message)
            }
        };
    if note.text.trim_matches('\u{feff}').trim().is_empty() {
        let message = format!("{} is empty", escape_for_terminal(&note.path));
        bail!(Error::request(message, "`thread new TITLE` creates a thread"));
    }
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let target = target(session, &workspace, args, &stem)?;
    let mut report = AdoptReport {
        note: note.path.clone(),
        thread: slug_of_path(&target.path).to_string(),
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
            report.problems = findings::findings(&workspace, [&*finding]);
            let stdout = if session.json { json::document(&report) } else { String::new() };
            let stderr = session.problems(&workspace, [&*finding]);
            return Ok(Output::new(stdout, stderr, Exit::Findings));
        }
    };
    if !args.writing.dry_run {
        save::save_all(&[job(session, &target, &note, &adopted)])?;
    }
    // The errors of other files are named; adopting the note removes its own.
    let others: Vec<_> = workspace.errors().filter(|found| found.path != target.path).collect();
    report.problems = findings::findings(&workspace, others.iter().copied());
    let problems = session.problems(&workspace, others);
    let output = output(session, &target, &note, &adopted, &report.with(&adopted));
    Ok(Output { stderr: problems + &output.stderr, ..output })
}

/// The file of the new thread.
struct Target {
    /// Its path relative to the workspace.
    path: String,
    /// True if the note itself is this file.
    is_note: bool,
}

/// A note among the threads becomes the thread of its name; any other becomes a new file.
fn target(
    session: &Session,
    workspace: &Workspace,
    args: &AdoptArgs,
    stem: &str,
) -> Result<Target> {
    let path = session.below(&args.file);
    let slug = slug_of_path(&path);
    let known = workspace.slugs.iter().any(|known| known == slug);
    let directory = format!("{}/", workspace.configuration.threads);
    if !(path.starts_with(directory.trim_start_matches("./")) && known) {
        let slug = free_slug(workspace, args.slug.as_deref(), stem)?;
        return Ok(Target { path: format!("{directory}{slug}.md"), is_note: false });
    }
    if workspace.threads.iter().any(|file| file.document.path == path) {
        bail!(Error::request(
            format!("{path} is already a thread"),
            format!("`thread show {slug}` shows it")
        ));
    }
    if args.slug.is_some() {
        bail!(Error::request(
            format!("{path} is in the threads directory, so its name is the name of the thread"),
            "remove `--slug`, or rename the file"
        ));
    }
    Ok(Target { path, is_note: true })
}

fn job(session: &Session, target: &Target, note: &Document, adopted: &Adopted) -> Job {
    Job {
        path: session.root.join(&target.path),
        loaded: target.is_note.then(|| note.text.clone().into_bytes()),
        new: adopted.text.clone().into_bytes(),
    }
}

fn output(
    session: &Session,
    target: &Target,
    note: &Document,
    adopted: &Adopted,
    report: &AdoptReport,
) -> Output {
    let text = text::render(report);
    let (stdout, stderr) = match (session.json, report.dry_run) {
        (true, _) => (json::document(report), String::new()),
        (false, false) => (text, String::new()),
        (false, true) => {
            let before = Document::new(target.path.clone(), note.text.clone());
            let diff = if target.is_note {
                diff::between(&before, &adopted.text)
            } else {
                diff::exact_new(&target.path, &adopted.text)
            };
            (session.diff(&diff), text)
        }
    };
    let exact = !session.styled && report.dry_run;
    Output { exact, ..Output::new(stdout, stderr, Exit::Success) }
}
