//! Questions for the condition of a new trigger, with the values of the workspace as choices.

use std::collections::BTreeMap;

use anyhow::Result;

use super::TriggerAddArgs;
use crate::commands::shared::prompt::{choose, choose_value, number, text};
use crate::commands::shared::selection_arg::SelectionArg;
use crate::commands::shared::session::Session;
use crate::model::{Days, Error};
use crate::workspace::Workspace;

/// The kinds of conditions that can be asked for.
const KINDS: [&str; 4] = [
    "enough items have landed",
    "an item was read",
    "a source has been quiet for some time",
    "a person attests a claim",
];

/// At most this many values of a key are offered.
const MOST_CHOICES: usize = 30;

/// Asks for a condition, a level and a reason, one question at a time.
///
/// # Errors
/// The terminal is closed, or the workspace has no value to choose from.
pub fn ask(session: &Session, args: &TriggerAddArgs) -> Result<TriggerAddArgs> {
    let workspace = session.workspace()?;
    let thread = workspace.slug(&args.thread)?.to_string();
    let mut asked = TriggerAddArgs { thread, ..args.clone() };
    match choose("The thread moves when", &KINDS)? {
        0 => {
            asked.count = Some(selection(&workspace)?);
            asked.at_least = Some(number("How many items are needed?", 2)?);
        }
        1 => {
            let items = items(&workspace, &asked.thread);
            asked.read.push(choose_value("Which item?", &items)?);
        }
        2 => {
            let sources = counted(workspace.catalogs.iter().map(|catalog| catalog.source.as_str()));
            let source = choose_value("Which source?", &sources)?;
            asked.quiet = SelectionArg::by("source", &source);
            asked.for_days = Some(Days(number("For how many days?", 60)?));
        }
        _ => asked.attested.push(text("Which claim? (one word, such as it-holds)")?),
    }
    if asked.raise_to.is_none() && asked.lower_to.is_none() && asked.stay_at.is_none() {
        let ladder = &workspace.configuration.ladder.0;
        let levels: Vec<&str> = ladder.iter().rev().map(String::as_str).collect();
        let at = choose("Raise the thread to", &levels)?;
        asked.raise_to = Some(levels[at].to_string());
    }
    if asked.why.is_none() {
        let why = text("Why? (one sentence; empty for the condition in words)")?;
        asked.why = Some(why).filter(|why| !why.trim().is_empty());
    }
    Ok(asked)
}

/// Asks for a key and a value of the workspace, or for words of the title.
fn selection(workspace: &Workspace) -> Result<SelectionArg> {
    let listed = workspace.catalogs.iter().flat_map(|catalog| &catalog.items);
    let evidence = workspace.threads.iter().flat_map(|file| &file.thread.evidence);
    let items: Vec<_> =
        listed.map(|listed| &listed.item).chain(evidence.map(|line| &line.item)).collect();
    let tags = counted(items.iter().flat_map(|item| item.tags.iter().map(String::as_str)));
    let orgs = counted(items.iter().filter_map(|item| item.org.as_deref()));
    let sources = counted(items.iter().filter_map(|item| item.source.as_deref()));
    let keys: Vec<(&str, &str, Vec<String>)> = vec![
        ("with a tag", "tag", tags),
        ("whose title has some words", "title", Vec::new()),
        ("of an org", "org", orgs),
        ("of a source", "source", sources),
    ];
    let offered: Vec<_> =
        keys.into_iter().filter(|(_, key, values)| *key == "title" || !values.is_empty()).collect();
    let names: Vec<&str> = offered.iter().map(|(name, ..)| *name).collect();
    let (_, key, values) = &offered[choose("Which items count? Those", &names)?];
    let value = match values.as_slice() {
        [] => text("Which words? (such as: export control*)")?,
        values => choose_value("Which one?", values)?,
    };
    let argument = format!("{key}=\"{}\"", value.replace('"', ""));
    argument.parse().map_err(|message: String| Error::request(message, "try again").into())
}

/// The items of a thread and of the catalogs, newest catalogs first.
fn items(workspace: &Workspace, slug: &str) -> Vec<String> {
    let threads = workspace.threads.iter().filter(|file| file.thread.slug == slug);
    let evidence = threads.flat_map(|file| &file.thread.evidence).map(|line| line.item.id.clone());
    let listed = workspace.catalogs.iter().rev().flat_map(|catalog| &catalog.items);
    let mut ids: Vec<String> = Vec::new();
    for id in evidence.chain(listed.map(|listed| listed.item.id.clone())) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(MOST_CHOICES);
    ids
}

/// Returns values with the most frequent ones first.
fn counted<'v>(values: impl Iterator<Item = &'v str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.into_iter().take(MOST_CHOICES).map(|(value, _)| value.to_string()).collect()
}
