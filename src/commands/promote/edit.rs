//! `promote` and `demote`: a person sets the level.

use super::args::LevelArgs;
use crate::commands::scan::edit::weigh;
use crate::model::change::{Change, NewEntry, Step};

use crate::commands::shared::edit::context::{Desk, line};
use crate::commands::shared::edit::plan::{Deed, Refused};

/// Which way a level goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower level.
    Down,
}

/// Sets the level, logs it, and weighs every trigger that is true at this moment, whatever its state,
/// so that none of them undoes the decision at the next scan.
pub fn set_level(desk: &Desk<'_>, args: &LevelArgs, direction: Direction) -> Result<Deed, Refused> {
    let file = desk.thread(&args.thread)?;
    Desk::is_open(file)?;
    let from = &file.thread.ripeness.level.value;
    check_direction(desk, &file.thread.slug, from, &args.level, direction)?;
    let reason = line("--reason", &args.reason)?;
    let by = desk.who(args.by.as_deref())?;
    desk.may_log(file)?;
    let (judgement, day) = (desk.judge(file), desk.day(file));
    let mut changes = vec![
        Change::Level { from: from.clone(), to: args.level.clone(), since: day },
        Desk::log(NewEntry {
            date: day,
            step: Some(Step { from: from.clone(), to: args.level.clone() }),
            reason: reason.text,
            triggers: Vec::new(),
            on: Vec::new(),
            attested: None,
            withdrawn: None,
            by,
        })?,
    ];
    changes.extend(judgement.on_table().map(|verdict| weigh(verdict, day)));
    let notes = reason.note.into_iter().collect();
    Ok(Deed { rewrites: vec![desk.rewrite(file, changes)?], notes, ..Deed::default() })
}

fn check_direction(
    desk: &Desk<'_>,
    slug: &str,
    from: &str,
    to: &str,
    direction: Direction,
) -> Result<(), Refused> {
    let (now, then) = (desk.rank(from)?, desk.rank(to)?);
    let (right, word, other) = match direction {
        Direction::Up => (then > now, "above", "demote"),
        Direction::Down => (then < now, "below", "promote"),
    };
    if right {
        return Ok(());
    }
    let help = match then == now {
        true => "nothing is to be done".to_string(),
        false => format!("`thread {other} {slug} {to} --reason …`"),
    };
    Err(Refused::misuse(format!("`{to}` is not {word} `{from}`, where the thread is"), help))
}
