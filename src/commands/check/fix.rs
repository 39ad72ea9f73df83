//! `thread check --fix` and `--diff`: fixes files.

use anyhow::{Result, bail};

use super::load::{Loaded, is_asked_for};
use super::{CheckArgs, Checked};
use crate::check;
use crate::check::fix;
use crate::commands::shared::args::{WAIT, WritingArgs};
use crate::commands::shared::session::{ATTEMPTS, LeakedWorkspace, Session};
use crate::model::{Diagnostic, Error, ErrorKind, Safety};
use crate::store::save;
use crate::store::save::Job;
use crate::workspace::CONFIGURATION;

/// Fixes files, and writes them unless `--diff` is given.
///
/// All files are loaded and fixed again if another process saves one of them meanwhile, and after a
/// fix of `thread.yaml`, which may name other directories.
///
/// # Errors
/// The workspace has no files, or a file cannot be written; then no file was written.
pub(super) fn fix(session: &Session, args: &CheckArgs) -> Result<Checked> {
    // Held until the end of this function.
    let _lock = session.lock(&WritingArgs { dry_run: args.fixing.diff, wait: WAIT })?;
    let safety = if args.fixing.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let rule_levels = args.rule_levels.rule_levels()?;
    let mut made = Vec::new();
    for _ in 0..ATTEMPTS {
        let Loaded { documents, only } = Loaded::from_disk(session, args)?;
        let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
        let mut fixed =
            fix::fix(documents, safety, &rule_levels, &|path| is_asked_for(&only, path));
        let is_shown = |finding: &Diagnostic| {
            is_asked_for(&only, &finding.path) || check::concerns_every_file(finding)
        };
        fixed.findings.retain(is_shown);
        if !args.fixing.diff {
            let jobs: Vec<Job> =
                fixed.files.iter().map(|file| session.job(&file.before, &file.after)).collect();
            match save::save_all(&jobs) {
                Ok(()) => {}
                Err(Error { kind: ErrorKind::Changed, .. }) => continue,
                Err(error) => bail!(error),
            }
        }
        made.append(&mut fixed.made);
        let has_new_configuration =
            fixed.files.iter().any(|file| file.before.path == CONFIGURATION);
        if args.fixing.diff || !has_new_configuration {
            let workspace = LeakedWorkspace::new(fixed.workspace);
            let (findings, files) = (fixed.findings, fixed.files);
            return Ok(Checked { threads, catalogs, workspace, findings, made, files });
        }
    }
    bail!(Error::request(
        format!("the files kept changing during the fixes (gave up after {ATTEMPTS} attempts)"),
        "run `thread check --fix` again when nothing else is writing to them",
    ))
}
