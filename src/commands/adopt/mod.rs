//! `thread adopt`.

pub mod notes;
pub mod report;
pub mod text;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use self::report::{AdoptAllReport, AdoptReport};
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
use crate::workspace::Workspace;

/// Arguments of `adopt`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Every word of a note is kept. Markup that was lost in copying is restored: headings that are bare \
lines, bullets that are •. Level, dates, tags and triggers are taken from the prose. The evidence is \
the section `Evidence`, or the sections with most links; `--evidence` names others. The command \
prints what it recognised and what it did not, with line numbers.

A note outside of the threads directory is not changed, and the thread is a new file. A note in the \
threads directory becomes the thread itself.

Exit codes: 0 success; 1 a note has no items, has errors, or cannot become a thread; 2 error.")]
pub struct AdoptArgs {
    /// Notes, as markdown or plain text; of a directory, all `.md` and `.txt` files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Name of the thread's file, without `.md` [default: made from the name of the note]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    /// A heading of the note whose section is evidence; may be repeated
    #[arg(long, value_name = "HEADING")]
    pub evidence: Vec<String>,
    /// Adopt a note in which no item was found
    #[arg(long)]
    pub allow_empty: bool,
    #[command(flatten)]
    /// Options for writing
    pub writing: WritingArgs,
}

/// Runs `thread adopt`.
///
/// # Errors
/// The workspace cannot be read, an argument is wrong, or a file cannot be written.
pub fn run(session: &Session, args: &AdoptArgs) -> Result<Output> {
    let notes = notes::find(session, &args.files)?;
    // Held until the end of this function.
    let _lock = session.lock(&args.writing)?;
    let mut workspace = session.workspace()?;
    match notes.as_slice() {
        [note] if notes::is_file(session, &args.files) => {
            run_one(session, args, &mut workspace, note)
        }
        notes => run_all(session, args, &mut workspace, notes),
    }
}

/// A note with the thread that it becomes.
struct Conversion {
    note: Document,
    target: Target,
    adopted: Adopted,
}

fn run_one(
    session: &Session,
    args: &AdoptArgs,
    workspace: &mut Workspace,
    path: &Path,
) -> Result<Output> {
    let note = read(session, path)?;
    let target = target(session, workspace, args, path)?;
    let report = AdoptReport::new(&note, &target, args.writing.dry_run);
    let adopted = match convert(workspace, args, &note, &target, path) {
        Ok(adopted) => adopted,
        Err(finding) => {
            workspace.keep(note);
            let problems = findings::findings(workspace, [&*finding]);
            let report = AdoptReport { problems, ..report };
            let stdout = if session.json { json::document(&report) } else { String::new() };
            let stderr = session.problems(workspace, [&*finding]);
            return Ok(Output::new(stdout, stderr, Exit::Findings));
        }
    };
    let mut report = report.with(&adopted);
    let is_empty = adopted.found.items == 0 && !args.allow_empty;
    if is_empty {
        report.adopted = false;
    } else if !args.writing.dry_run {
        save::save_all(&[job(session, &target, &note, &adopted)])?;
    }
    // The errors of other files are named; adopting the note removes its own.
    let others: Vec<_> = workspace.errors().filter(|found| found.path != target.path).collect();
    report.problems = findings::findings(workspace, others.iter().copied());
    let problems = session.problems(workspace, others);
    if is_empty {
        let text = text::nothing_found(&report);
        let stdout = if session.json { json::document(&report) } else { String::new() };
        return Ok(Output::new(stdout, problems + &text, Exit::Findings));
    }
    let output = output(session, &Conversion { note, target, adopted }, &report);
    Ok(Output { stderr: problems + &output.stderr, ..output })
}

/// Adopts several notes. Notes that cannot be adopted are named, and the others are written.
fn run_all(
    session: &Session,
    args: &AdoptArgs,
    workspace: &mut Workspace,
    notes: &[PathBuf],
) -> Result<Output> {
    if args.slug.is_some() {
        let help = "remove `--slug`, or adopt one file";
        bail!(Error::request("`--slug` names one thread, and there are several notes", help));
    }
    let mut report = AdoptAllReport { dry_run: args.writing.dry_run, ..AdoptAllReport::default() };
    let mut jobs = Vec::new();
    let mut failed = false;
    for path in notes {
        let conversion = read(session, path).and_then(|note| {
            let target = target(session, workspace, args, path)?;
            match convert(workspace, args, &note, &target, path) {
                Ok(adopted) => Ok(Conversion { note, target, adopted }),
                Err(finding) => {
                    let line = note.position(finding.span.start).line;
                    bail!("line {line}: {}", finding.message)
                }
            }
        });
        match conversion {
            Ok(Conversion { note, target, adopted }) => {
                let mut row = AdoptReport::new(&note, &target, args.writing.dry_run).with(&adopted);
                row.adopted = adopted.found.items > 0 || args.allow_empty;
                failed |= !row.adopted || !row.errors.is_empty();
                if row.adopted {
                    jobs.push(job(session, &target, &note, &adopted));
                    workspace.slugs.push(slug_of_path(&target.path).to_string());
                }
                report.add(row);
            }
            Err(error) => {
                failed = true;
                report.refused.push(report::RefusedNote {
                    note: path.to_string_lossy().into_owned(),
                    reason: error.to_string(),
                });
            }
        }
    }
    if !args.writing.dry_run {
        save::save_all(&jobs)?;
    }
    let exit = if failed { Exit::Findings } else { Exit::Success };
    let stdout = if session.json { json::document(&report) } else { text::all(&report) };
    Ok(Output::new(stdout, String::new(), exit))
}

fn read(session: &Session, path: &Path) -> Result<Document> {
    let note = session.read_argument(path)?;
    if note.text.trim_matches('\u{feff}').trim().is_empty() {
        let message = format!("{} is empty", escape_for_terminal(&note.path));
        bail!(Error::request(message, "`thread new TITLE` creates a thread"));
    }
    Ok(note)
}

fn convert(
    workspace: &Workspace,
    args: &AdoptArgs,
    note: &Document,
    target: &Target,
    path: &Path,
) -> Result<Adopted, Box<crate::model::Diagnostic>> {
    let name = stem(path).replace(['-', '_'], " ");
    adopt(note, &target.path, &name, &args.evidence, &workspace.configuration)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The file of the new thread.
pub struct Target {
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
    note: &Path,
) -> Result<Target> {
    let path = session.below(note);
    let slug = slug_of_path(&path);
    let known = workspace.slugs.iter().any(|known| known == slug);
    let directory = format!("{}/", workspace.configuration.threads);
    if !(path.starts_with(directory.trim_start_matches("./")) && known) {
        let slug = free_slug(workspace, args.slug.as_deref(), &stem(note))?;
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

fn output(session: &Session, conversion: &Conversion, report: &AdoptReport) -> Output {
    let Conversion { note, target, adopted } = conversion;
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
    let exit = if report.errors.is_empty() { Exit::Success } else { Exit::Findings };
    Output { exact, ..Output::new(stdout, stderr, exit) }
}
