//! `hold` and `release`: a person keeps raises waiting, or lets them go.

use super::HoldArgs;
use crate::commands::shared::edit::context::{EditContext, line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::model::change::{Change, NewHold, NewUntil};
use crate::model::{Effect, Error, Reading};
use crate::parse::ThreadFile;
use crate::text::suggest::unknown_name_help;

/// Keeps raises to a level or higher waiting.
pub fn hold(context: &EditContext<'_>, args: &HoldArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    EditContext::is_open(file)?;
    let (evaluation, today) = (context.evaluate(file), context.date(file));
    let (slug, level) = (&file.thread.slug, &file.thread.ripeness.level.value);
    if let Some(level_state) = evaluation.hold {
        let message = format!(
            "a hold below `{}` is already in force: {}",
            level_state.below, level_state.why
        );
        return Err(Error::request(message, format!("run `thread release {slug}` first")));
    }
    if context.rank(&args.below)? <= context.rank(level)? {
        let message =
            format!("`--below {}` has no effect: the thread is already at `{level}`", args.below);
        return Err(Error::request(message, "choose a higher level"));
    }
    let until = match (args.until, &args.until_read) {
        (Some(date), _) if date <= today => {
            let message = format!("a hold until {date} would have ended: today is {today}");
            return Err(Error::request(message, "choose a date after today"));
        }
        (Some(date), _) => NewUntil::Date(date),
        // The command line requires one of the two.
        (None, reference) => {
            let word = reference.as_deref().unwrap_or_default();
            let item = context.item(&evaluation, word)?;
            if matches!(item.reading, Reading::Read { .. }) {
                let message = format!("`{}` has already been read", item.id);
                return Err(Error::request(message, "choose an unread item, or a date"));
            }
            NewUntil::Read(item.id.clone())
        }
    };
    let why = line("--why", &args.why)?;
    for id in &args.only {
        check_raises(context, file, id, &args.below)?;
    }
    let (below, only) = (args.below.clone(), args.only.clone());
    let hold = NewHold { below, only, until, why: why.text, since: today };
    let rewrite = context.rewrite(file, vec![Change::Hold(hold)])?;
    let notes = why.note.into_iter().collect();
    Ok(EditPlan { rewrites: vec![rewrite], notes, ..EditPlan::default() })
}

/// Refuses a trigger that a hold below this level would not keep waiting.
fn check_raises(
    context: &EditContext<'_>,
    file: &ThreadFile,
    id: &str,
    below: &str,
) -> Result<(), Error> {
    let triggers = &file.thread.triggers;
    let Some(trigger) = triggers.iter().find(|trigger| trigger.id.value == id) else {
        let known = triggers.iter().map(|trigger| trigger.id.value.as_str());
        let message = format!("`{}` has no trigger `{id}`", file.thread.slug);
        return Err(Error::request(message, unknown_name_help("trigger", id, known)));
    };
    let Effect::RaiseTo(level) = &trigger.effect else {
        let message = format!("the trigger `{id}` does not raise the level");
        return Err(Error::request(message, "choose triggers with `raise-to`"));
    };
    if context.rank(&level.value)? < context.rank(below)? {
        let message =
            format!("`--below {below}` does not affect `{id}`, which raises to `{}`", level.value);
        return Err(Error::request(message, "choose that level or a lower one"));
    }
    Ok(())
}

/// Ends a hold today. It stays in the front matter as one that is over, so that the past keeps its
/// reason.
pub fn release(context: &EditContext<'_>, thread: &str) -> Result<EditPlan, Error> {
    let file = context.thread(thread)?;
    let slug = &file.thread.slug;
    if context.evaluate(file).hold.is_none() {
        let message = match file.thread.hold {
            Some(_) => format!("the hold of `{slug}` has already ended"),
            None => format!("`{slug}` has no hold"),
        };
        return Err(Error::request(message, "nothing is to be released"));
    }
    let change = Change::Release { on: context.date(file) };
    Ok(EditPlan { rewrites: vec![context.rewrite(file, vec![change])?], ..EditPlan::default() })
}
