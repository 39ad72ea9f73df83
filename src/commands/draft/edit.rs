//! `draft`: a text about a thread is begun, or moves on.

use super::{DraftArgs, path};
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::{EditPlan, NewFile, NewFileKind};
use crate::commands::shared::phrases;
use crate::edit::bullet_line::{escaped, link};
use crate::evaluate::{Evaluation, Item};
use crate::model::change::{Change, NewDraft};
use crate::model::{Configuration, DraftHistory, Error, Reading, Thread};
use crate::parse::ThreadFile;
use crate::text::suggest::unknown_name_help;

/// Moves a recorded draft on, or begins a new one.
pub fn draft(context: &EditContext<'_>, args: &DraftArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let states = &context.workspace.configuration.draft_states;
    if let Some(state) = args.state.as_ref().filter(|state| !states.contains(state)) {
        let help = unknown_name_help("draft state", state, states.iter().map(String::as_str));
        return Err(Error::request(format!("`{state}` is not a draft state"), help));
    }
    let recorded = recorded(&file.thread, args)?;
    match (recorded, &args.state) {
        (Some(draft), Some(state)) => move_on(context, file, &draft, args, state),
        (Some(draft), None) => {
            let path = path(&draft);
            let help = format!("change its state with `--state S`: {}", states.join(", "));
            Err(Error::request(format!("`{path}` is already recorded"), help))
        }
        (None, _) => begin(context, args),
    }
}

/// Returns the recorded draft that a path or a title refers to.
fn recorded<'t>(thread: &'t Thread, args: &DraftArgs) -> Result<Option<DraftHistory<'t>>, Error> {
    let drafts = thread.all_drafts();
    let exact = |draft: &DraftHistory<'_>| {
        args.path.as_ref().is_some_and(|word| draft.newest().is_of(word))
    };
    let is_meant = |draft: &DraftHistory<'_>| match &args.path {
        Some(word) => path(draft).contains(word.as_str()),
        None => args.state.is_some(),
    };
    let found = drafts.iter().find(|draft| exact(draft)).cloned();
    let mut meant: Vec<DraftHistory<'t>> = match found {
        Some(draft) => vec![draft],
        None => drafts.into_iter().filter(is_meant).collect(),
    };
    match (meant.len(), &args.path) {
        (0, path) if args.state.is_some() => {
            let message = match path {
                Some(path) => format!("`{}` has no draft `{path}`", thread.slug),
                None => format!("`{}` has no draft yet", thread.slug),
            };
            let help = format!("`thread draft {} [PATH]` creates one", thread.slug);
            Err(Error::request(message, help))
        }
        (0 | 1, _) => Ok(meant.pop()),
        _ => {
            let mut paths: Vec<&str> = meant.iter().map(path).collect();
            paths.sort_unstable();
            Err(Error::request(
                format!("`{}` has several drafts: {}", thread.slug, paths.join(", ")),
                "name one",
            ))
        }
    }
}

fn path<'t>(draft: &DraftHistory<'t>) -> &'t str {
    draft.newest().path.as_deref().unwrap_or_default()
}

/// Adds a bullet with another state. The bullet of the earlier state stays, so that its date is
/// known.
fn move_on(
    context: &EditContext<'_>,
    file: &ThreadFile,
    draft: &DraftHistory<'_>,
    args: &DraftArgs,
    state: &str,
) -> Result<EditPlan, Error> {
    let newest = draft.newest();
    let title = optional_line("--title", args.title.as_deref())?;
    let notes = title.iter().filter_map(|title| title.note.clone()).collect();
    let (title, today) = (title.map(|title| title.text), context.date(file));
    let from = newest.state.as_ref().map(|known| known.value.clone());
    let is_same = from.as_deref() == Some(state);
    if is_same && (title.is_none() || title.as_deref() == draft.title()) {
        return Ok(EditPlan::default());
    }
    let Some(path) = newest.path.clone() else {
        let line = file.document.position(newest.span.start).line;
        let message = format!("the draft in {}:{line} has no path", file.document.path);
        let help = "write its path after the date, as in `- 2026-05-12 — drafts/name.md`";
        return Err(Error::request(message, help));
    };
    if newest.date > today {
        let message = format!(
            "the newest state of `{path}` is dated {}, in the future: today is {today}",
            newest.date
        );
        return Err(Error::request(message, "correct the date of its bullet"));
    }
    let bullet = NewDraft {
        date: today,
        path,
        title: title.or_else(|| draft.title().map(str::to_string)),
        from: from.filter(|_| !is_same),
        state: state.to_string(),
        anchors: Vec::new(),
    };
    let rewrite = context.rewrite(file, vec![Change::Draft(bullet)])?;
    Ok(EditPlan { rewrites: vec![rewrite], notes, ..EditPlan::default() })
}

fn begin(context: &EditContext<'_>, args: &DraftArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let (thread, configuration) = (&file.thread, &context.workspace.configuration);
    let path = match &args.path {
        Some(path) => path::checked(path, configuration)?,
        None => path::usual(context.date(file), &thread.slug, configuration)?,
    };
    if thread.drafts.iter().any(|draft| draft.is_of(&path)) {
        let help = "choose another path, or change its state with `--state`";
        return Err(Error::request(format!("`{path}` is already recorded"), help));
    }
    let title = optional_line("--title", args.title.as_deref())?;
    let notes = title.iter().filter_map(|title| title.note.clone()).collect();
    let title = title.map_or_else(|| thread.title.clone(), |title| title.text);
    let state = configuration.draft_states.first().cloned().unwrap_or_default();
    let evaluation = context.evaluate(file);
    let read = |item: &&Item| matches!(item.reading, Reading::Read { .. });
    let anchors = items(&evaluation).into_iter().filter(read).map(|item| item.id.clone()).collect();
    let text = text(&evaluation, &title, configuration);
    let line = NewDraft {
        date: context.date(file),
        path: path.clone(),
        title: Some(title),
        from: None,
        state,
        anchors,
    };
    Ok(EditPlan {
        rewrites: vec![context.rewrite(file, vec![Change::Draft(line)])?],
        new_files: vec![NewFile {
            path,
            text,
            kind: NewFileKind::Draft,
            what: format!("a draft of `{}`", thread.slug),
        }],
        notes,
        ..EditPlan::default()
    })
}

/// The items that the thread holds, newest first.
fn items<'j>(evaluation: &'j Evaluation<'_>) -> Vec<&'j Item> {
    let held = evaluation.items.items.iter().filter(|item| !item.evidence.is_empty());
    let mut items: Vec<&Item> = held.collect();
    items.sort_by(|a, b| (b.date, &a.id).cmp(&(a.date, &b.id)));
    items
}

/// Returns the text of a new draft: the reason for the level, and the evidence to cite.
fn text(evaluation: &Evaluation<'_>, title: &str, configuration: &Configuration) -> String {
    let thread = evaluation.thread;
    let (slug, date, level) =
        (&thread.slug, evaluation.date, phrases::level_name(evaluation.level.as_deref()));
    let mut text = format!("# {}\n\n", escaped(title));
    text.push_str(&format!("<!-- A draft of the thread {slug}, begun {date} at {level}. -->\n"));
    text.push_str(&why(evaluation));
    let (read, open): (Vec<&Item>, Vec<&Item>) = items(evaluation)
        .into_iter()
        .partition(|item| matches!(item.reading, Reading::Read { .. }));
    for (heading, items) in [("Evidence to cite", read), ("Not read yet", open)] {
        if !items.is_empty() {
            text.push_str(&format!("\n## {heading}\n\n"));
        }
        for item in items {
            text.push_str(&format!("- {}\n", citation(item, configuration)));
        }
    }
    text
}

/// The last decision of the log, with the triggers that made it.
fn why(evaluation: &Evaluation<'_>) -> String {
    let log = evaluation.thread.log_by_time().into_iter().rev();
    let mut decisions = log.filter(|entry| entry.change.is_some() && entry.date <= evaluation.date);
    let Some(entry) = decisions.next() else {
        return String::new();
    };
    let level = entry.change.as_ref().map_or("", |change| change.to.value.as_str());
    let mut text = format!("\n## Why now\n\n{}, to {level}: {}\n", entry.date, entry.reason);
    let triggers = evaluation.thread.triggers.iter();
    let acted: Vec<_> =
        triggers.filter(|trigger| entry.triggers.contains(&trigger.id.value)).collect();
    if !acted.is_empty() {
        text.push('\n');
    }
    for trigger in acted {
        let next = trigger.next.as_ref().map(|next| format!("; next: {next}")).unwrap_or_default();
        text.push_str(&format!("- {}: {}{next}\n", trigger.id.value, trigger.why));
    }
    text
}

/// `[Title](https://…) (2026-05-08, METR)`
fn citation(item: &Item, configuration: &Configuration) -> String {
    let title = escaped(&item.title);
    let name = item.url.as_deref().map_or_else(|| title.clone(), |url| link(&title, url));
    let sources = item.sources.iter().map(|source| configuration.source_name(source).to_string());
    let told: Vec<String> =
        item.date.map(|date| date.to_string()).into_iter().chain(sources).collect();
    if told.is_empty() { name } else { format!("{name} ({})", told.join(", ")) }
}
