//! `hold` and `release`: a person keeps raises waiting, or lets them go.

use super::args::HoldArgs;
use crate::model::change::{Change, NewHold, NewUntil};
use crate::model::{Effect, Reading};
use crate::parse::ThreadFile;
use crate::text::suggest::unknown_word_help;

use crate::commands::shared::edit::context::{Desk, line};
use crate::commands::shared::edit::plan::{Deed, Refused};

/// Keeps raises to a level or higher waiting.
pub fn hold(desk: &Desk<'_>, args: &HoldArgs) -> Result<Deed, Refused> {
    let file = desk.thread(&args.thread)?;
    Desk::is_open(file)?;
    let (judgement, today) = (desk.judge(file), desk.day(file));
    let (slug, level) = (&file.thread.slug, &file.thread.ripeness.level.value);
    if let Some(standing) = judgement.hold {
        let message = format!("a hold below `{}` stands already: {}", standing.below, standing.why);
        return Err(Refused::misuse(message, format!("`thread release {slug}` first")));
    }
    if desk.rank(&args.below)? <= desk.rank(level)? {
        let message =
            format!("a hold below `{}` holds nothing back: the level is `{level}`", args.below);
        return Err(Refused::misuse(message, "name a level above it"));
    }
    let until = match (args.until, &args.until_read) {
        (Some(day), _) if day <= today => {
            let message = format!("a hold until {day} is over: today is {today}");
            return Err(Refused::misuse(message, "name a day to come"));
        }
        (Some(day), _) => NewUntil::Date(day),
        // The command line requires one of the two.
        (None, reference) => {
            let word = reference.as_deref().unwrap_or_default();
            let item = desk.item(&judgement, word)?;
            if matches!(item.reading, Reading::Read { .. }) {
                let message = format!("`{}` was read already", item.id);
                return Err(Refused::misuse(message, "name what is still to be read, or a day"));
            }
            NewUntil::Read(item.id.clone())
        }
    };
    let why = line("--why", &args.why)?;
    for id in &args.only {
        check_raises(desk, file, id, &args.below)?;
    }
    let (below, only) = (args.below.clone(), args.only.clone());
    let hold = NewHold { below, only, until, why: why.text, since: today };
    let rewrite = desk.rewrite(file, vec![Change::Hold(hold)])?;
    let notes = why.note.into_iter().collect();
    Ok(Deed { rewrites: vec![rewrite], notes, ..Deed::default() })
}

/// Refuses a trigger that a hold below this level would not keep waiting.
fn check_raises(desk: &Desk<'_>, file: &ThreadFile, id: &str, below: &str) -> Result<(), Refused> {
    let triggers = &file.thread.triggers;
    let Some(trigger) = triggers.iter().find(|trigger| trigger.id.value == id) else {
        let known = triggers.iter().map(|trigger| trigger.id.value.as_str());
        let message = format!("`{}` has no trigger `{id}`", file.thread.slug);
        return Err(Refused::misuse(message, unknown_word_help(id, known)));
    };
    let Effect::RaiseTo(level) = &trigger.effect else {
        let message = format!("the trigger `{id}` does not raise the level");
        return Err(Refused::misuse(message, "name triggers with `raise-to`"));
    };
    if desk.rank(&level.value)? < desk.rank(below)? {
        let message =
            format!("`--below {below}` does not hold `{id}`: it raises to `{}`", level.value);
        return Err(Refused::misuse(message, "name a level no higher than that"));
    }
    Ok(())
}

/// Ends a hold today. It stays in the front matter as one that is over, so that the past keeps its
/// reason.
pub fn release(desk: &Desk<'_>, thread: &str) -> Result<Deed, Refused> {
    let file = desk.thread(thread)?;
    let slug = &file.thread.slug;
    if desk.judge(file).hold.is_none() {
        let message = match file.thread.hold {
            Some(_) => format!("the hold of `{slug}` is over already"),
            None => format!("nothing holds `{slug}`"),
        };
        return Err(Refused::misuse(message, "nothing is to be released"));
    }
    let change = Change::Release { on: desk.day(file) };
    Ok(Deed { rewrites: vec![desk.rewrite(file, vec![change])?], ..Deed::default() })
}
