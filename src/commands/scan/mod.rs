//! `thread scan`.

pub mod edit;
pub mod report;
mod text;

use anyhow::Result;
use clap::Args;

use self::report::{ChangedThread, ScanReport};
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::findings::findings;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::{
    ATTEMPTS, LeakedWorkspace, Session, evaluate_each, threads,
};
use crate::commands::shared::{diff, json};
use crate::edit::Rewrite;
use crate::evaluate::items::catalog_index::Entry;
use crate::evaluate::items::identity::records_of;
use crate::evaluate::items::thread_items::{Records, not_taken};
use crate::evaluate::{CatalogIndex, day_of};
use crate::model::{Date, Diagnostic, Error, ErrorKind, Rule};
use crate::store::save;
use crate::text::Span;
use crate::workspace::{self, Workspace, load};

/// Arguments of `scan`.
#[derive(Debug, Clone, Args)]
pub struct ScanArgs {
    /// Print nothing if nothing changed, for example in a cron job
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    /// Options for writing files
    pub writing: WritingArgs,
}

/// Runs `thread scan`.
///
/// # Errors
/// The workspace cannot be read or locked.
pub fn run(session: &Session, args: &ScanArgs) -> Result<Output> {
    // Held until the end of this function.
    let _lock = session.lock(&args.writing)?;
    let workspace = session.workspace_without_texts()?;
    let plan = ScanPlan::new(session, &workspace);
    let result = if args.writing.dry_run {
        let ScanPlan { rewrites, unmapped, problems } = plan;
        ScanResult { workspace, changed: rewrites, unmapped, problems }
    } else {
        write(session, workspace, plan)?
    };
    Ok(output(session, args, result))
}

/// Changed threads that are not written yet, and the problems found so far.
struct ScanPlan {
    rewrites: Vec<Rewrite>,
    /// Ids of new items that belong to no thread.
    unmapped: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// Result of a scan.
struct ScanResult {
    workspace: LeakedWorkspace,
    changed: Vec<Rewrite>,
    unmapped: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// Writes the changed threads. If another process saves one of them in the meantime, the workspace
/// is loaded and planned again, so that every change is based on the text that it replaces.
fn write(
    session: &Session,
    mut workspace: LeakedWorkspace,
    mut plan: ScanPlan,
) -> Result<ScanResult> {
    let mut changed = Vec::new();
    for _ in 0..ATTEMPTS {
        changed.extend(plan.save(session));
        if plan.rewrites.is_empty() {
            break;
        }
        workspace = session.workspace_without_texts()?;
        plan = ScanPlan::new(session, &workspace);
    }
    plan.problems.extend(plan.rewrites.iter().map(kept_changing));
    Ok(ScanResult { workspace, changed, unmapped: plan.unmapped, problems: plan.problems })
}

impl ScanPlan {
    /// Plans the changes to all threads.
    fn new(session: &Session, workspace: &Workspace) -> Self {
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        let today = session.today;
        let is_scanned = workspace.catalogs.iter().any(|catalog| catalog.scanned == today);
        let planned = evaluate_each(
            workspace,
            &index,
            |thread| day_of(thread, today),
            &[],
            |file, evaluation| {
                let planned = edit::plan(file, &evaluation, &index, &workspace.configuration);
                (planned, is_scanned.then(|| evaluation.items.records.clone()))
            },
        );
        let (planned, records): (Vec<_>, Vec<_>) = planned.into_iter().unzip();
        let records = records.into_iter().flatten().flatten();
        let unmapped = is_scanned.then(|| new_unmapped(&index, records, today));
        let mut plan = Self {
            rewrites: Vec::new(),
            unmapped: unmapped.unwrap_or_default(),
            problems: workspace.errors().cloned().collect(),
        };
        for planned in planned {
            plan.rewrites.extend(planned.rewrite);
            plan.problems.extend(planned.problems);
        }
        plan
    }

    /// Saves the changed threads and returns them. Those that another process has changed stay in
    /// the plan; other failures become problems.
    fn save(&mut self, session: &Session) -> Vec<Rewrite> {
        let mut saved = Vec::new();
        for rewrite in std::mem::take(&mut self.rewrites) {
            let path = session.root.join(&rewrite.before.path);
            let (before, after) = (rewrite.before.text.as_bytes(), rewrite.after.as_bytes());
            match save::replace(&path, before, after) {
                Ok(_) => saved.push(rewrite),
                Err(Error { kind: ErrorKind::Changed, .. }) => self.rewrites.push(rewrite),
                Err(error) => self.problems.push(unwritable(&rewrite, &error)),
            }
        }
        saved
    }
}

/// Returns the ids of the items that a catalog of `today` lists first and that are not in `taken`, the
/// records of all threads.
fn new_unmapped(
    index: &CatalogIndex<'_>,
    taken: impl Iterator<Item = usize>,
    today: Date,
) -> Vec<String> {
    let taken: Records = taken.collect();
    let is_first = |entry: &Entry<'_>| {
        let records = records_of(index, *entry, today);
        records.first().is_some_and(|first| first.landed() == today)
    };
    let mut new: Vec<Entry<'_>> = not_taken(&taken, index, today);
    new.retain(|entry| entry.catalog.scanned == today && is_first(entry));
    new.sort_by_key(|entry| entry.order);
    new.iter().map(|entry| index.id(entry).to_string()).collect()
}

fn unwritable(rewrite: &Rewrite, error: &Error) -> Diagnostic {
    let help = error.help.as_deref();
    Diagnostic::new(Rule::UnwritableFile, &rewrite.before.path, Span::at(0), &error.message)
        .help(help.unwrap_or("run `thread scan` again when the file can be written"))
}

fn kept_changing(rewrite: &Rewrite) -> Diagnostic {
    let message =
        format!("the file kept changing during the scan (gave up after {ATTEMPTS} attempts)");
    Diagnostic::new(Rule::FileChanged, &rewrite.before.path, Span::at(0), message)
        .label("nothing was written")
        .help("run `thread scan` again when nothing else is writing to it")
}

fn output(session: &Session, args: &ScanArgs, result: ScanResult) -> Output {
    let ScanResult { mut workspace, changed, unmapped, mut problems } = result;
    workspace::sort_findings(&mut problems);
    load_texts(session, &mut workspace, &problems);
    let is_silent = args.quiet && !session.json && changed.is_empty() && unmapped.is_empty();
    let ahead = if is_silent {
        Vec::new()
    } else {
        session.ahead(threads(&workspace, &[]), |thread| day_of(thread, session.today))
    };
    let report = ScanReport {
        today: session.today,
        ahead,
        dry_run: args.writing.dry_run,
        threads: workspace.threads.len(),
        new_unmapped: unmapped,
        changed: changed.iter().map(ChangedThread::new).collect(),
        problems: findings(&workspace, &problems),
    };
    let mut stderr = session.problems(&workspace, &problems);
    let stdout = if session.json {
        json::document(&report)
    } else if args.writing.dry_run {
        stderr.push_str(&text::render(&report, args.quiet));
        session.diff(&changed.iter().map(diff::exact).collect::<String>())
    } else {
        text::render(&report, args.quiet)
    };
    let exit = if problems.is_empty() { Exit::Success } else { Exit::Findings };
    let exact = !session.styled && args.writing.dry_run;
    Output { exact, ..Output::new(stdout, stderr, exit) }
}

/// Loads the texts of catalogs with problems again: they were dropped, because the catalogs had no
/// findings when the workspace was loaded.
fn load_texts(session: &Session, workspace: &mut Workspace, problems: &[Diagnostic]) {
    for Diagnostic { path, .. } in problems {
        if workspace.document(path).is_none()
            && let Ok(document) = load::read_file(&session.root.join(path), path)
        {
            workspace.keep(document);
        }
    }
}
