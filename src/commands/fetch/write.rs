//! Writes the readings of sources into today's catalogs.

use anyhow::Result;

use super::report::{Outcome, SourceResult};
use crate::commands::catalog::edit::{Added, add_listings};
use crate::commands::catalog::intake::{IntakeOptions, take_in};
use crate::commands::shared::args::WritingArgs;
use crate::commands::shared::diff;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::{EditPlan, NewFile, NewFileKind};
use crate::commands::shared::edit::run::write_plan;
use crate::commands::shared::session::Session;
use crate::edit::looks;
use crate::feed::Reading;
use crate::model::Error;
use crate::model::date::days_between;
use crate::parse::looks::path;

/// A source with what was read of it.
#[derive(Debug, Clone)]
pub struct SourceReading {
    /// The result so far: slug, failure, history.
    pub result: SourceResult,
    /// The entries; `None` if nothing could be read.
    pub reading: Option<Reading>,
}

/// What was written.
pub struct Written {
    /// The results, in the order of the readings.
    pub sources: Vec<SourceResult>,
    /// The changes as a unified diff.
    pub diff: String,
}

/// Adds the new entries of all sources to today's catalogs, and records looks that found nothing new
/// if `looks` is true. All files are written, or none.
///
/// # Errors
/// The workspace cannot be read, or a file cannot be written.
pub fn write(
    session: &Session,
    writing: &WritingArgs,
    readings: &[SourceReading],
    options: &IntakeOptions,
    looks: bool,
) -> Result<Written> {
    let (_, plan, sources) = write_plan(session, writing, |context| {
        let mut plan = EditPlan::default();
        let mut results = Vec::new();
        let mut looked = Vec::new();
        for reading in readings {
            let result = source(context, reading, options, &mut plan);
            if looks && result.outcome == Outcome::Quiet && is_look_due(context, &result.source) {
                looked.push(result.source.clone());
            }
            results.push(result);
        }
        if !looked.is_empty() {
            add_looks(context, &looked, &mut plan)?;
        }
        Ok((plan, results))
    })?;
    let created = plan.new_files.iter().map(|file| diff::exact_new(&file.path, &file.text));
    let diff = created.chain(plan.rewrites.iter().map(diff::exact)).collect();
    Ok(Written { sources, diff })
}

/// Plans the lines of looks that found nothing new.
fn add_looks(
    context: &EditContext<'_>,
    sources: &[String],
    plan: &mut EditPlan,
) -> Result<(), Error> {
    let path = path(context.today, &context.workspace.configuration);
    match context.workspace.document(&path) {
        Some(document) => {
            let rewrite = looks::add(document, context.today, sources)
                .map_err(|refusal| Error::file(refusal.diagnostic(&path)))?;
            plan.rewrites.push(rewrite);
        }
        None => plan.new_files.push(NewFile {
            path,
            text: looks::new_text(context.today, sources),
            kind: NewFileKind::Catalog,
            what: "looks that found nothing new".into(),
        }),
    }
    Ok(())
}

/// A look is recorded if the newest scan of the source is at least `every` old, or a week.
fn is_look_due(context: &EditContext<'_>, source: &str) -> bool {
    const WEEK: i64 = 7;
    let every = context.workspace.configuration.sources.get(source).and_then(|known| known.every);
    let every = every.map_or(WEEK, |every| i64::from(every.0));
    let scans = context.index.scans(source).iter().filter(|scan| **scan <= context.today);
    let last = scans.max();
    last.is_some_and(|last| days_between(*last, context.today) >= every)
}

/// Plans the changes for one source. Entries that cannot be added are a failure of this source
/// alone.
fn source(
    context: &EditContext<'_>,
    SourceReading { result, reading }: &SourceReading,
    options: &IntakeOptions,
    plan: &mut EditPlan,
) -> SourceResult {
    let mut result = result.clone();
    let Some(reading) = reading else {
        return result;
    };
    let planned = take_in(context, &result.source, reading, options).and_then(|intake| {
        let listings = intake.listings();
        let is_first_scan = intake.baseline && context.index.scans(&result.source).is_empty();
        let new = if listings.is_empty() && !is_first_scan {
            Added::default()
        } else {
            add_listings(context, &result.source, intake.baseline, &listings)?
        };
        Ok((intake, new))
    });
    match planned {
        Ok((intake, Added { plan: new, ids })) => {
            result.add(&intake, &ids);
            let rewritten = new.rewrites.iter().map(|rewrite| rewrite.before.path.clone());
            let created = new.new_files.iter().map(|file| file.path.clone());
            result.path = rewritten.chain(created).next();
            plan.rewrites.extend(new.rewrites);
            plan.new_files.extend(new.new_files);
        }
        Err(Error { message, help, .. }) => {
            result.outcome = Outcome::Failed;
            result.error = Some(message);
            result.notes.extend(help);
        }
    }
    result
}
