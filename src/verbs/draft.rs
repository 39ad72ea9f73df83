//! `draft`: a text about a thread is begun, or moves on.

use crate::evaluate::{Judgement, MergedItem};
use crate::model::{Configuration, Draft, Reading, Thread};
use crate::parse::fields::unknown_word_help;
use crate::plan::bullet_line::{escaped, link};
use crate::plan::change::{Change, NewDraft};

use super::deed::{Deed, NewFile, Refused};
use super::desk::{Desk, sentence};

/// What is asked of `draft`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftRequest {
    /// Which thread.
    pub thread: String,
    /// Which draft: its path, or a part of the path of one that is recorded.
    pub path: Option<String>,
    /// The state it is to have.
    pub state: Option<String>,
    /// The title of a new one.
    pub title: Option<String>,
}

/// Moves a recorded draft on, or begins a new one.
pub fn draft(desk: &Desk<'_>, request: &DraftRequest) -> Result<Deed, Refused> {
    let file = desk.thread(&request.thread)?;
    let states = &desk.workspace.configuration.draft_states;
    if let Some(state) = request.state.as_ref().filter(|state| !states.contains(state)) {
        let help = unknown_word_help(state, states.iter().map(String::as_str));
        return Err(Refused::misuse(format!("`{state}` is not a state of a draft"), help));
    }
    let recorded = recorded(&file.thread, request)?;
    let change = match (recorded, &request.state) {
        (Some(draft), Some(state)) => {
            let from = draft.state.as_ref().map(|state| state.value.clone());
            if from.as_ref() == Some(state) {
                return Ok(Deed::default());
            }
            let path = draft.path.clone().unwrap_or_default();
            Change::DraftState { line: draft.span.start, path, from, to: state.clone() }
        }
        (Some(draft), None) => {
            let path = draft.path.as_deref().unwrap_or_default();
            let help = format!("move it on with `--state S`: {}", states.join(", "));
            return Err(Refused::misuse(format!("`{path}` is recorded already"), help));
        }
        (None, _) => return begin(desk, request),
    };
    Ok(Deed { rewrites: vec![desk.rewrite(file, vec![change])?], ..Deed::default() })
}

/// The recorded draft that is meant; of several lines for one path the latest, which tells its state.
fn recorded<'t>(thread: &'t Thread, request: &DraftRequest) -> Result<Option<&'t Draft>, Refused> {
    let path = |draft: &Draft| draft.path.clone().unwrap_or_default();
    let is_meant = |draft: &&Draft| match &request.path {
        Some(word) => path(draft).contains(word.as_str()),
        None => request.state.is_some(),
    };
    let is_exact = |draft: &&Draft| request.path.as_ref().is_some_and(|word| path(draft) == *word);
    let mut meant: Vec<&Draft> = thread.drafts.iter().filter(is_exact).collect();
    if meant.is_empty() {
        meant = thread.drafts.iter().filter(is_meant).collect();
    }
    let mut paths: Vec<String> = meant.iter().map(|draft| path(draft)).collect();
    paths.sort_unstable();
    paths.dedup();
    match (paths.len(), &request.path) {
        (0, path) if request.state.is_some() => {
            let message = match path {
                Some(path) => format!("`{}` has no draft `{path}`", thread.slug),
                None => format!("`{}` has no draft yet", thread.slug),
            };
            let help = format!("`thread draft {} [PATH]` begins one", thread.slug);
            Err(Refused::misuse(message, help))
        }
        (0 | 1, _) => Ok(meant.into_iter().max_by_key(|draft| draft.date)),
        _ => Err(Refused::misuse(
            format!("`{}` has several drafts: {}", thread.slug, paths.join(", ")),
            "name one",
        )),
    }
}

fn begin(desk: &Desk<'_>, request: &DraftRequest) -> Result<Deed, Refused> {
    let file = desk.thread(&request.thread)?;
    let (thread, configuration) = (&file.thread, &desk.workspace.configuration);
    let path = match &request.path {
        Some(path) => checked(path)?,
        None => format!("{}/{}-{}.md", configuration.drafts, desk.today, thread.slug),
    };
    if thread.drafts.iter().any(|draft| draft.path.as_deref() == Some(&path)) {
        let help = "name another path, or move it on with `--state`";
        return Err(Refused::misuse(format!("`{path}` is recorded already"), help));
    }
    let title = request.title.as_deref().and_then(sentence).unwrap_or_else(|| thread.title.clone());
    let state = configuration.draft_states.first().cloned().unwrap_or_default();
    let judgement = desk.judge(file);
    let read = |item: &&MergedItem| matches!(item.reading, Reading::Read { .. });
    let anchors = items(&judgement).into_iter().filter(read).map(|item| item.id.clone()).collect();
    let text = text(&judgement, &title, configuration);
    let line = NewDraft { date: desk.today, path: path.clone(), title, state, anchors };
    Ok(Deed {
        rewrites: vec![desk.rewrite(file, vec![Change::Draft(line)])?],
        new_files: vec![NewFile { path, text, what: format!("a draft of `{}`", thread.slug) }],
    })
}

/// A path that the Drafts section can tell of, and that does not leave the workspace.
fn checked(path: &str) -> Result<String, Refused> {
    let leaves = path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|part| part == "..");
    let is_path = path.contains(['/', '.'])
        && !path.contains(|c: char| c.is_whitespace() || c.is_control() || "[]()<>`".contains(c));
    match is_path && !leaves {
        true => Ok(path.trim_start_matches("./").to_string()),
        false => Err(Refused::misuse(
            format!("`{path}` cannot be the path of a draft"),
            "write it relative to the workspace, without blanks, as in `drafts/name.md`",
        )),
    }
}

/// The items that the thread holds, newest first.
fn items<'j>(judgement: &'j Judgement<'_>) -> Vec<&'j MergedItem> {
    let held = judgement.universe.items.iter().filter(|item| !item.evidence.is_empty());
    let mut items: Vec<&MergedItem> = held.collect();
    items.sort_by(|a, b| (b.date, &a.id).cmp(&(a.date, &b.id)));
    items
}

/// The text of a new draft: what made the thread ripe, and what may be cited.
fn text(judgement: &Judgement<'_>, title: &str, configuration: &Configuration) -> String {
    let thread = judgement.thread;
    let (slug, day, level) = (&thread.slug, judgement.day, &judgement.level);
    let mut text = format!("# {}\n\n", escaped(title));
    text.push_str(&format!("<!-- A draft of the thread {slug}, begun {day} at {level}. -->\n"));
    text.push_str(&why(judgement));
    let (read, open): (Vec<&MergedItem>, Vec<&MergedItem>) =
        items(judgement).into_iter().partition(|item| matches!(item.reading, Reading::Read { .. }));
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
fn why(judgement: &Judgement<'_>) -> String {
    let log = judgement.thread.log_by_time().into_iter().rev();
    let mut decisions = log.filter(|entry| entry.change.is_some() && entry.date <= judgement.day);
    let Some(entry) = decisions.next() else {
        return String::new();
    };
    let level = entry.change.as_ref().map_or("", |change| change.to.value.as_str());
    let mut text = format!("\n## Why now\n\n{}, to {level}: {}\n", entry.date, entry.reason);
    let triggers = judgement.thread.triggers.iter();
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
fn citation(item: &MergedItem, configuration: &Configuration) -> String {
    let title = escaped(&item.title);
    let name = item.url.as_deref().map_or_else(|| title.clone(), |url| link(&title, url));
    let sources = item.sources.iter().map(|source| configuration.source_name(source).to_string());
    let told: Vec<String> =
        item.date.map(|date| date.to_string()).into_iter().chain(sources).collect();
    match told.is_empty() {
        true => name,
        false => format!("{name} ({})", told.join(", ")),
    }
}
