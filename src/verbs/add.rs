//! `add` and `catalog add`: an item that a person found.

use crate::evaluate::naming::longer_names;
use crate::evaluate::{MergedItem, Universe};
use crate::model::item::is_url;
use crate::model::url::Address;
use crate::model::{Date, Item, Name, Reading};
use crate::parse::fields::did_you_mean;
use crate::plan::change::{Arrival, Change, Listing};
use crate::plan::{bullet_line, catalog};
use crate::text::Span;

use super::deed::{Deed, NewFile, NewFileKind, Refused};
use super::desk::{Desk, Line, line, optional_line};

/// An item as a person tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewItem {
    /// Its address or its title.
    pub what: String,
    /// Its title, beside an address.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// Who speaks.
    pub org: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// Adds an item to the evidence of a thread, as one that became known today.
pub fn add(
    desk: &Desk<'_>,
    thread: &str,
    source: Option<&str>,
    new: &NewItem,
) -> Result<Deed, Refused> {
    let file = desk.thread(thread)?;
    Desk::is_open(file)?;
    let source = match source {
        Some(name) => known_source(desk, name)?,
        None => guess_source(desk, &new.what)?,
    };
    let (mut item, notes) = item(new, &source)?;
    let judgement = desk.judge(file);
    let universe = &judgement.universe;
    let name = if is_url(&new.what) { &new.what } else { &item.id };
    let known = universe.find(name).or_else(|| {
        let titled =
            |known: &&MergedItem| known.title == new.what && known.sources.contains(&source);
        universe.items.iter().find(titled).filter(|_| !is_url(&new.what))
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

/// Lists an item in today's catalog of a source, which is created if need be. Without an item the
/// catalog says that somebody looked and found nothing.
pub fn list(
    desk: &Desk<'_>,
    source: &str,
    new: Option<&NewItem>,
    threads: &[String],
) -> Result<Deed, Refused> {
    let source = known_source(desk, source)?;
    let slugs: Result<Vec<String>, _> =
        threads.iter().map(|word| desk.workspace.slug(word).map(str::to_string)).collect();
    let threads = slugs?;
    let (item, notes) = new.map(|new| item(new, &source)).transpose()?.unzip();
    let notes = notes.unwrap_or_default();
    let listings: Vec<Listing> = item.map(|item| Listing { item, threads }).into_iter().collect();
    let catalogs = desk.workspace.catalogs.iter();
    let mut todays = catalogs.filter(|known| known.source == source && known.scanned == desk.today);
    let Some(file) = todays.next().and_then(|known| desk.catalog(&known.path)) else {
        return Ok(Deed { notes, ..new_catalog(desk, &source, &listings) });
    };
    let Some(listing) = listings.into_iter().next() else {
        return Ok(Deed::default());
    };
    let mut listed = file.catalog.items.iter();
    if let Some(known) = listed.find(|known| known.item.is_same(&listing.item)) {
        let line = file.document.position(known.item.span.start).line;
        let message = format!("today's catalog lists `{}` already", known.item.id);
        return Err(Refused::misuse(
            message,
            format!("it stands in {}:{line}", file.document.path),
        ));
    }
    let rewrite = desk.rewrite_catalog(&file, vec![Change::Listing(listing)])?;
    Ok(Deed { rewrites: vec![rewrite], notes, ..Deed::default() })
}

fn new_catalog(desk: &Desk<'_>, source: &str, listings: &[Listing]) -> Deed {
    let configuration = &desk.workspace.configuration;
    let (folder, today) = (&configuration.backlogs, desk.today);
    let what = match listings.first() {
        Some(listing) => format!("a catalog with `{}`", listing.item.id),
        None => "an empty catalog: somebody looked".to_string(),
    };
    let file = NewFile {
        path: format!("{folder}/{today}-{source}-backlog.md"),
        text: catalog::new_text(source, today, listings, configuration),
        kind: NewFileKind::Catalog,
        what,
    };
    Deed { new_files: vec![file], ..Deed::default() }
}

/// The slug of a source. A new one is welcome, a misspelt one is not.
fn known_source(desk: &Desk<'_>, name: &str) -> Result<String, Refused> {
    let configuration = &desk.workspace.configuration;
    let slug = configuration.source_slug(name);
    if slug.is_empty() {
        return Err(Refused::misuse(format!("`{name}` names no source"), "give it a slug"));
    }
    let known = || configuration.sources.keys().map(String::as_str);
    match did_you_mean(&slug, known()) {
        Some(near) if !configuration.sources.contains_key(&slug) => Err(Refused::misuse(
            format!("there is no source `{slug}` in thread.yaml"),
            format!("did you mean `{near}`?"),
        )),
        _ => Ok(slug),
    }
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

/// The item, with the id that its line will have, and notes for the user on its texts.
fn item(new: &NewItem, source: &str) -> Result<(Item, Vec<String>), Refused> {
    let is_address = is_url(&new.what);
    let is_web = new.what.starts_with("https://") || new.what.starts_with("http://");
    if is_address && (!is_web || new.what.contains(char::is_whitespace)) {
        let message = format!("`{}` is not a URL", new.what);
        let help = "a URL begins with https:// and contains no spaces; a title contains no `://`";
        return Err(Refused::misuse(message, help));
    }
    let title = match is_address {
        true => optional_line("--title", new.title.as_deref())?,
        false => Some(line("the title", &new.what)?),
    };
    let org = optional_line("--org", new.org.as_deref())?;
    let tags: Result<Vec<Line>, Refused> = new.tags.iter().map(|tag| line("--tag", tag)).collect();
    let tags = tags?;
    let mut item = Item {
        span: Span::at(0),
        id: String::new(),
        has_written_id: false,
        source: Some(source.into()),
        label: None,
        title: title.as_ref().map(|title| title.text.clone()),
        url: is_address.then(|| Address::from(&*new.what)),
        date: new.date,
        org: org.as_ref().map(|org| org.text.clone()),
        tags: tags.iter().map(|tag| tag.text.clone()).collect(),
        same_as: Vec::new(),
        reading: Reading::Unread,
    };
    let notes = title.into_iter().chain(org).chain(tags).filter_map(|line| line.note).collect();
    let listing = Listing { item: item.clone(), threads: Vec::new() };
    let line = format!("- {}", bullet_line::listing(&listing, false));
    let read = bullet_line::read_back(&line, source).filter(|read| !read.id.ends_with('/'));
    let Some(read) = read else {
        let message = format!("`{}` gives the item no name", new.what);
        return Err(Refused::misuse(message, "give a title with a letter or digit, or a URL"));
    };
    item.id.clone_from(&read.id);
    let is_titled = item.title.is_none() || read.title == item.title;
    let misread = bullet_line::misread(&item, &line, source);
    match misread.or((!is_titled).then_some("title")).map(with_help) {
        None => Ok((item, notes)),
        Some((part, help)) => {
            let message = format!("the {part} of `{}` would be read as something else", item.id);
            Err(Refused::misuse(message, help))
        }
    }
}

/// A part of an item that its line does not say as it was given, and what helps.
fn with_help(part: &'static str) -> (&'static str, &'static str) {
    let help = match part {
        "tags" => {
            "give each tag with a `--tag` of its own, without `#`, commas, brackets and backticks"
        }
        _ => "write it without commas, brackets, quotes, backticks and backslashes",
    };
    (part, help)
}
