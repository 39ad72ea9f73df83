//! `thread add`: adds an item to the evidence of a thread.

use super::args::AddArgs;
use crate::commands::shared::edit::context::Desk;
use crate::commands::shared::edit::plan::{Deed, Refused};
use crate::commands::shared::new_item::{known_source, new_item};
use crate::evaluate::items::naming::longer_names;
use crate::evaluate::{MergedItem, Universe};
use crate::model::change::{Arrival, Change};
use crate::model::item::is_url;
use crate::model::{Item, Name};

/// Adds an item to the evidence of a thread, as one that became known today.
pub fn add(desk: &Desk<'_>, args: &AddArgs) -> Result<Deed, Refused> {
    let file = desk.thread(&args.thread)?;
    Desk::is_open(file)?;
    let source = match &args.source {
        Some(name) => known_source(desk, name)?,
        None => guess_source(desk, &args.what)?,
    };
    let (mut item, notes) = new_item(&args.what, &args.about, &source)?;
    let judgement = desk.judge(file);
    let universe = &judgement.universe;
    let name = if is_url(&args.what) { &args.what } else { &item.id };
    let known = universe.find(name).or_else(|| {
        let titled =
            |known: &&MergedItem| known.title == args.what && known.sources.contains(&source);
        universe.items.iter().find(titled).filter(|_| !is_url(&args.what))
    });
    if let Some(known) = known {
        let line = known.evidence.first().map(|&at| file.thread.evidence[at].item.span.start);
        let help = match line {
            Some(at) => {
                let line = file.document.position(at).line;
                format!("it stands in {}:{line}", file.document.path)
            }
            None => "a catalog lists it, and `thread scan` brings it in".to_string(),
        };
        let message = format!("`{}` belongs to `{}` already", known.id, file.thread.slug);
        return Err(Refused::misuse(message, help));
    }
    item.id = free_id(desk, universe, &item);
    let arrival = Arrival { item, source, landed: desk.day(file) };
    let rewrite = desk.rewrite(file, vec![Change::Arrival(arrival)])?;
    Ok(Deed { rewrites: vec![rewrite], notes, ..Deed::default() })
}

/// The id of a new item: the one that its line gives or, where another item has it, a longer one, so
/// that it means this item for good.
fn free_id(desk: &Desk<'_>, universe: &Universe, item: &Item) -> String {
    let other_page = |id: &str| {
        let called = desk.archive.named(&Name::Derived(id.into()), desk.today);
        called.into_iter().map(|entry| &entry.listed.item).find(|known| !known.is_same(item))
    };
    let is_free = |id: &String| universe.find(id).is_none() && other_page(id).is_none();
    if is_free(&item.id) {
        return item.id.clone();
    }
    let longer = other_page(&item.id).map(|other| longer_names(item, other)).unwrap_or_default();
    let numbered = (2..).map(|number| format!("{}-{number}", item.id));
    longer.into_iter().chain(numbered).find(is_free).unwrap_or_default()
}

/// The source whose slug, name or alias is a part of the host of an address.
fn guess_source(desk: &Desk<'_>, what: &str) -> Result<String, Refused> {
    let configuration = &desk.workspace.configuration;
    let host = what.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    let parts = host.into_iter().flat_map(|host| host.rsplit('.'));
    let mut sources = parts.map(|part| configuration.source_slug(part));
    sources.find(|slug| configuration.sources.contains_key(slug)).ok_or_else(|| {
        let known: Vec<&str> = configuration.sources.keys().map(String::as_str).collect();
        let help = format!("add `--source SOURCE`; known: {}", known.join(", "));
        Refused::misuse(format!("nothing says which source published `{what}`"), help)
    })
}
