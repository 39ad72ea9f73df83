//! `read`: marks an item as read, or as unread.

use std::collections::BTreeMap;

use super::ReadArgs;
use crate::commands::shared::edit::context::{EditContext, OneLine, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::edit::Change;
use crate::evaluate::Item;
use crate::model::change::{NewReading, ReadingMark};
use crate::model::{Date, Error, Reading, Thread};
use crate::text::suggest::unknown_name_help;

/// Marks an item as read in the thread and in the catalogs that list it.
pub fn read(context: &EditContext<'_>, args: &ReadArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let evaluation = context.evaluate(file);
    let item = context.item(&evaluation, &args.item)?;
    let Some(&at) = item.evidence.first() else {
        return Err(Error::request(
            format!("`{}` is not in the thread yet", item.id),
            "`thread scan` adds it",
        ));
    };
    let line = &file.thread.evidence[at];
    let note = optional_line("--note", args.note.as_deref())?;
    let today = context.date(file);
    let mark = mark(today, args, note.as_ref(), item, &file.thread)?;
    if is_so(args, line.item.reading, line.verdict.as_ref().map(|word| word.value.as_str()), &mark)
    {
        return Ok(EditPlan::default());
    }
    let change =
        Change::Reading(NewReading { line: line.item.span.start, item: item.id.clone(), mark });
    let rewrites = vec![context.rewrite(file, vec![change])?];
    let notes = note.and_then(|note| note.note).into_iter().collect();
    let no_scan_hint = args.no_scan;
    let mut plan = EditPlan { rewrites, notes, no_scan_hint, ..EditPlan::default() };
    for (path, changes) in boxes(context, item, args.undo) {
        if let Some(catalog) = context.catalog(path) {
            plan.rewrites.push(context.rewrite_catalog(&catalog, changes)?);
        }
    }
    Ok(plan)
}

/// Returns the new reading state of the line.
fn mark(
    today: Date,
    args: &ReadArgs,
    note: Option<&OneLine>,
    item: &Item,
    thread: &Thread,
) -> Result<ReadingMark, Error> {
    if args.undo {
        return match item.reading {
            Reading::Read { .. } => Ok(ReadingMark::Unread),
            _ => Err(Error::request(
                format!("`{}` is not marked as read", item.id),
                "nothing is to be undone",
            )),
        };
    }
    // A note alone is not a new reading.
    let is_remark = note.is_some() && args.verdict.is_none();
    let known = item.reading.date().filter(|_| is_remark);
    let on = args.on.or(known).unwrap_or(today);
    if on > today {
        let message = format!("`--on {on}` is in the future: today is {today}");
        return Err(Error::request(message, "give a date up to today"));
    }
    if let Some(word) = &args.verdict {
        check_verdict(word, item, thread)?;
    }
    let note = note.map(|note| note.text.clone());
    Ok(ReadingMark::Read { on: Some(on), verdict: args.verdict.clone(), note })
}

/// Checks that the thread declares the verdict for the item, under any of its names.
fn check_verdict(word: &str, item: &Item, thread: &Thread) -> Result<(), Error> {
    let mut declared = thread.verdicts.iter().filter(|(name, _)| item.is_named(name)).peekable();
    if declared.peek().is_none() {
        let help = format!("declare its verdicts: `verdicts: {{{}: [{word}]}}`", item.id);
        let message = format!("the thread declares no verdicts for `{}`", item.id);
        return Err(Error::request(message, help));
    }
    let words: Vec<&str> =
        declared.flat_map(|(_, words)| words).map(|w| w.value.as_str()).collect();
    if words.contains(&word) {
        Ok(())
    } else {
        Err(Error::request(
            format!("`{word}` is not among the verdicts for `{}`", item.id),
            unknown_name_help("verdict", word, words.into_iter()),
        ))
    }
}

/// Returns whether the line has the new state already. A note always changes the line.
fn is_so(args: &ReadArgs, reading: Reading, verdict: Option<&str>, mark: &ReadingMark) -> bool {
    match mark {
        ReadingMark::Read { on, verdict: new, note: None } => {
            let same_day = args.on.is_none() || reading.date() == *on;
            let noted = matches!(reading, Reading::Read { on: Some(_) });
            noted && same_day && (new.is_none() || new.as_deref() == verdict)
        }
        _ => false,
    }
}

/// The catalog lines whose boxes follow, by path.
fn boxes<'a>(context: &EditContext<'a>, item: &Item, undo: bool) -> BTreeMap<&'a str, Vec<Change>> {
    let mut changes: BTreeMap<&str, BTreeMap<usize, Change>> = BTreeMap::new();
    for entry in item.records.iter().map(|&order| context.index.entry(order)) {
        let told = &entry.listed.item;
        let mark = match (told.reading, undo) {
            (Reading::Unread, false) => ReadingMark::Read { on: None, verdict: None, note: None },
            (Reading::Read { .. }, true) => ReadingMark::Unread,
            _ => continue,
        };
        let line = told.span.start;
        let change = Change::Reading(NewReading { line, item: item.id.clone(), mark });
        changes.entry(&entry.catalog.path).or_default().insert(line, change);
    }
    changes.into_iter().map(|(path, lines)| (path, lines.into_values().collect())).collect()
}
