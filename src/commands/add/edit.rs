//! `thread add`: adds an item to the evidence of a thread.

use super::AddArgs;
use crate::commands::shared::edit::context::{EditContext, dropped};
use crate::commands::shared::edit::plan::EditPlan;
use crate::commands::shared::new_item::{known_source, new_item};
use crate::evaluate::items::naming::longer_names;
use crate::evaluate::{Item, ThreadItems};
use crate::model::change::{Arrival, Change};
use crate::model::item::is_url;
use crate::model::{Error, ItemRecord, Name};

/// Adds an item to the evidence of a thread, landed today.
pub fn add(context: &EditContext<'_>, args: &AddArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    EditContext::is_open(file)?;
    let source = match &args.source {
        Some(name) => known_source(context, name)?,
        None => guess_source(context, &args.what)?,
    };
    let (mut item, notes) = new_item(&args.what, &args.about, &source)?;
    let evaluation = context.evaluate(file);
    let items = &evaluation.items;
    let name = if is_url(&args.what) { &args.what } else { &item.id };
    let known = items.find(name).or_else(|| {
        let titled = |known: &&Item| known.title == args.what && known.sources.contains(&source);
        items.items.iter().find(titled).filter(|_| !is_url(&args.what))
    });
    if let Some(known) = known {
        let line = known.evidence.first().map(|&at| file.thread.evidence[at].item.span.start);
        let help = match line {
            Some(at) => {
                let line = file.document.position(at).line;
                format!("see {}:{line}", file.document.path)
            }
            None => "it is in a catalog; `thread scan` adds it".to_string(),
        };
        let message = format!("`{}` already belongs to `{}`", known.id, file.thread.slug);
        return Err(Error::request(message, help));
    }
    if let Some(item) = items.find_dropped(name) {
        return Err(dropped(item, &file.thread.slug));
    }
    item.id = free_id(context, items, &item);
    let arrival = Arrival { item, source, landed: context.date(file) };
    let rewrite = context.rewrite(file, vec![Change::Arrival(arrival)])?;
    Ok(EditPlan { rewrites: vec![rewrite], notes, ..EditPlan::default() })
}

/// The id of a new item: the one that its line gives or, where another item has it, a longer one,
/// so that it means this item for good.
fn free_id(context: &EditContext<'_>, items: &ThreadItems, item: &ItemRecord) -> String {
    let other_page = |id: &str| {
        let called = context.index.named(&Name::Derived(id.into()), context.today);
        called.into_iter().map(|entry| &entry.listed.item).find(|known| !known.is_same(item))
    };
    let is_free = |id: &String| items.find(id).is_none() && other_page(id).is_none();
    if is_free(&item.id) {
        return item.id.clone();
    }
    let longer = other_page(&item.id).map(|other| longer_names(item, other)).unwrap_or_default();
    let numbered = (2..).map(|number| format!("{}-{number}", item.id));
    longer.into_iter().chain(numbered).find(is_free).unwrap_or_default()
}

/// Returns the source whose slug, name or alias is a part of the host of a URL.
fn guess_source(context: &EditContext<'_>, what: &str) -> Result<String, Error> {
    let configuration = &context.workspace.configuration;
    let host = what.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    let parts = host.into_iter().flat_map(|host| host.rsplit('.'));
    let mut sources = parts.map(|part| configuration.source_slug(part));
    sources.find(|slug| configuration.sources.contains_key(slug)).ok_or_else(|| {
        let known: Vec<&str> = configuration.sources.keys().map(String::as_str).collect();
        let help = format!("add `--source SOURCE`; known: {}", known.join(", "));
        Error::request(format!("the source of `{what}` is unknown"), help)
    })
}
