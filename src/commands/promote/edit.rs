//! `promote` and `demote`: a person sets the level.

use super::LevelArgs;
use crate::commands::scan::edit::acknowledge;
use crate::commands::shared::edit::context::{EditContext, line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::model::change::Change;
use crate::model::{Error, LevelChange, LogEntry};
use crate::text::Spanned;

/// Which way a level goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower level.
    Down,
}

/// Sets the level, logs it, and acknowledges the facts of every true trigger in any state, so that
/// none of them undoes the decision at the next scan.
pub fn set_level(
    context: &EditContext<'_>,
    args: &LevelArgs,
    direction: Direction,
) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    EditContext::is_open(file)?;
    let from = &file.thread.ripeness.level.value;
    check_direction(context, &file.thread.slug, from, &args.level, direction)?;
    let reason = line("--reason", &args.reason)?;
    let by = context.who(args.by.as_deref())?;
    context.may_log(file)?;
    let (evaluation, date) = (context.evaluate(file), context.date(file));
    let mut changes = vec![
        Change::Level { from: from.clone(), to: args.level.clone(), since: date },
        EditContext::log(LogEntry {
            change: Some(LevelChange::new(from, &args.level)),
            by: by.map(Spanned::from),
            ..LogEntry::new(date, reason.text)
        })?,
    ];
    changes.extend(evaluation.acknowledged_triggers().map(|status| acknowledge(status, date)));
    let notes = reason.note.into_iter().collect();
    Ok(EditPlan { rewrites: vec![context.rewrite(file, changes)?], notes, ..EditPlan::default() })
}

fn check_direction(
    context: &EditContext<'_>,
    slug: &str,
    from: &str,
    to: &str,
    direction: Direction,
) -> Result<(), Error> {
    let (now, then) = (context.rank(from)?, context.rank(to)?);
    let (right, word, other) = match direction {
        Direction::Up => (then > now, "above", "demote"),
        Direction::Down => (then < now, "below", "promote"),
    };
    if right {
        return Ok(());
    }
    let help = if then == now {
        "nothing is to be done".to_string()
    } else {
        format!("`thread {other} {slug} {to} --reason …`")
    };
    Err(Error::request(format!("`{to}` is not {word} `{from}`, where the thread is"), help))
}
