//! `new`: a thread begins.

use super::NewArgs;
use crate::commands::shared::edit::context::{EditContext, OneLine, line};
use crate::commands::shared::edit::plan::{EditPlan, NewFile, NewFileKind};
use crate::edit::bullet_line::{all_referenced, escaped};
use crate::edit::yaml_edit::quoted;
use crate::model::Error;
use crate::model::slug::slug_of;
use crate::parse::thread;
use crate::parse::yaml::Style;
use crate::text::Document;
use crate::workspace::Workspace;

/// Creates a thread, with hints as comments.
pub fn new(context: &EditContext<'_>, args: &NewArgs) -> Result<EditPlan, Error> {
    let configuration = &context.workspace.configuration;
    let OneLine { text: title, note } = line("the title", &args.title)?;
    let slug = free_slug(context.workspace, args.slug.as_deref(), &title)?;
    let level = match &args.level {
        Some(level) => {
            context.rank(level)?;
            level.clone()
        }
        None => configuration.ladder.0.first().cloned().unwrap_or_default(),
    };
    let path = format!("{}/{slug}.md", configuration.threads);
    let date = context.today.to_string();
    let top = configuration.ladder.0.last().cloned().unwrap_or_default();
    let begin = |heading: &str| {
        TEMPLATE
            .replace("DAY", &date)
            .replace("TOP", &quoted(&top, Style::Plain))
            .replace("LEVEL", &quoted(&level, Style::Plain))
            .replace("TITLE", heading)
    };
    let reads_back = |text: &String| {
        let (read, _) = thread::parse(Document::new(path.clone(), text.clone()), configuration);
        read.is_some_and(|read| read.thread.title == title)
    };
    let ways = [heading(&title), all_referenced(&title)];
    let Some(text) = ways.iter().map(|way| begin(way)).find(reads_back) else {
        let message = format!("`{title}` cannot be a title");
        return Err(Error::request(message, "choose one that is not the name of a section"));
    };
    let what = format!("the thread `{slug}`, at {level}");
    let file = NewFile { path, text, kind: NewFileKind::Thread, what };
    let next = if configuration.sources.is_empty() && context.workspace.catalogs.is_empty() {
        Some("`thread source add SOURCE --name NAME` declares a source that you read".to_string())
    } else {
        (!context.has_triggers())
            .then(|| format!("`thread trigger add {slug}` decides when the thread moves"))
    };
    let notes = note.into_iter().collect();
    Ok(EditPlan { new_files: vec![file], notes, next, ..EditPlan::default() })
}

/// Returns the slug of a new thread: the given one, else one made of `words`.
///
/// # Errors
/// The slug cannot be the name of a file, or a thread has it.
pub fn free_slug(workspace: &Workspace, asked: Option<&str>, words: &str) -> Result<String, Error> {
    let slug = match asked {
        Some(slug) => slug.strip_suffix(".md").unwrap_or(slug).to_string(),
        None => slug_of(words),
    };
    check_slug(workspace, &slug, "--slug")?;
    Ok(slug)
}

/// Checks a new slug, which the user gives as `option`.
///
/// # Errors
/// The slug cannot be the name of a file, or a thread has it.
pub fn check_slug(workspace: &Workspace, slug: &str, option: &str) -> Result<(), Error> {
    if slug.is_empty() || slug != slug_of(slug) || slug == "readme" {
        let message = format!("`{slug}` cannot be the name of a thread");
        let help = format!("give `{option}` in lower-case letters and digits, joined by `-`");
        return Err(Error::request(message, help));
    }
    if workspace.slugs.iter().any(|known| known == slug) {
        let message = format!("the thread `{slug}` already exists");
        return Err(Error::request(message, format!("give another `{option}`")));
    }
    Ok(())
}

/// A title as the text of a heading, where quotes are no more than quotes.
fn heading(title: &str) -> String {
    escaped(title).replace("\\\"", "\"")
}

/// Content of a new thread. Its hints are comments.
const TEMPLATE: &str = "\
---
opened: DAY
status: active
ripeness: {level: LEVEL, since: DAY}
# Catalog items that belong to this thread without being mapped (`thread collect add`):
# collect: {tag: [WORD]}
# When to write about it, for example if two orgs report a hit (`thread trigger add`):
# sets:
#   hits: {tag: WORD}
# triggers:
#   - id: two-voices
#     why: two orgs reported a hit
#     raise-to: TOP
#     when: {count: {of: hits, at-least: 2, distinct: org}}
#     next: start a draft
---

# TITLE

<!-- A summary in a few sentences. -->

## Why this thread

<!-- Why it matters, and what would make it ripe. -->

## Evidence

<!-- A heading for each source; `thread scan` writes below them. -->

## Ripeness

- DAY: opened at LEVEL

## Watching

- [ ] What would change the picture?

## Drafts

## Notes
";
