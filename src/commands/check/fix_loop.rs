//! `thread check --fix` and `--diff`

use anyhow::{Result, bail};

use super::args::CheckArgs;
use crate::check;
use crate::check::fix;
use crate::commands::shared::session::{ATTEMPTS, LeakedWorkspace, Session};
use crate::commands::shared::writing_args::{WAIT, WritingArgs};
use crate::model::{Diagnostic, Safety};
use crate::store::save;
use crate::store::save::{Job, SaveError};
use crate::workspace::CONFIGURATION;

use super::run::{Checked, Loaded, is_asked_for, load, rule_levels};

/// Mends what may be mended and writes it, unless only the difference is asked for. Where somebody
/// saves one of the files meanwhile, everything is read and mended anew; so it is behind a mended
/// `thread.yaml`, which may name other folders.
///
/// # Errors
/// There is nothing to check, or a file cannot be written; then none was.
pub(crate) fn fix(session: &Session, args: &CheckArgs) -> Result<Checked> {
    // Held until the end of this function.
    let _lock = session.lock(&WritingArgs { dry_run: args.fixing.diff, wait: WAIT })?;
    let daring = if args.fixing.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let rule_levels = rule_levels(&args.rule_levels)?;
    let mut made = Vec::new();
    for _ in 0..ATTEMPTS {
        let Loaded { documents, only } = load(session, args)?;
        let (threads, catalogs) = (documents.threads.len(), documents.catalogs.len());
        let mut fixed =
            fix::fix(documents, daring, &rule_levels, &|path| is_asked_for(&only, path));
        let is_shown = |finding: &Diagnostic| {
            is_asked_for(&only, &finding.path) || check::concerns_every_file(finding)
        };
        fixed.findings.retain(is_shown);
        let jobs: Vec<Job> =
            fixed.files.iter().map(|file| session.job(&file.before, &file.after)).collect();
        let saved = if args.fixing.diff { Ok(()) } else { save::all(&jobs) };
        match saved {
            Ok(()) => made.append(&mut fixed.made),
            Err(SaveError::Changed { .. }) => continue,
            Err(error) => bail!(error),
        }
        let is_moved = fixed.files.iter().any(|file| file.before.path == CONFIGURATION);
        if args.fixing.diff || !is_moved {
            let workspace = LeakedWorkspace::new(fixed.workspace);
            let (findings, files) = (fixed.findings, fixed.files);
            return Ok(Checked { threads, catalogs, workspace, findings, made, files });
        }
    }
    bail!(
        "its files are saved by somebody else again and again\nhelp: try again when they are at rest"
    )
}
