//! An item that the user describes on the command line.

use clap::Args;

use super::edit::context::{EditContext, OneLine, line, optional_line};
use crate::edit::bullet_line;
use crate::model::DateOrigin;
use crate::model::change::Listing;
use crate::model::item::{derived_id, is_url};
use crate::model::slug::slug_of;
use crate::model::url::Url;
use crate::model::{Date, Error, ItemRecord, Reading, date};
use crate::text::Span;
use crate::text::suggest::did_you_mean;

/// Options that describe a new item.
#[derive(Debug, Clone, Default, Args)]
pub struct AboutArgs {
    /// Title, if the item is given as a URL
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// Date of publication
    #[arg(long, value_name = "DATE", value_parser = date::parse)]
    pub date: Option<Date>,
    /// Org that published the item, if the source does not determine it
    #[arg(long, value_name = "ORG", allow_hyphen_values = true)]
    pub org: Option<String>,
    /// A tag; may be given again
    #[arg(long = "tag", value_name = "TAG", allow_hyphen_values = true)]
    pub tags: Vec<String>,
}

/// The slug of a source. A new one is welcome, a misspelt one is not.
pub fn known_source(context: &EditContext<'_>, name: &str) -> Result<String, Error> {
    let configuration = &context.workspace.configuration;
    let slug = configuration.source_slug(name);
    if slug.is_empty() {
        return Err(Error::request(format!("`{name}` is not a source"), "give it a slug"));
    }
    let known = || configuration.sources.keys().map(String::as_str);
    match did_you_mean(&slug, known()) {
        Some(near) if !configuration.sources.contains_key(&slug) => Err(Error::request(
            format!("there is no source `{slug}` in thread.yaml"),
            format!("did you mean `{near}`?"),
        )),
        _ => Ok(slug),
    }
}

/// The item, with the id that its line will have, and notes for the user on its texts.
pub fn new_item(
    what: &str,
    about: &AboutArgs,
    source: &str,
) -> Result<(ItemRecord, Vec<String>), Error> {
    let is_address = is_url(what);
    let is_web = what.starts_with("https://") || what.starts_with("http://");
    if is_address && (!is_web || what.contains(char::is_whitespace)) {
        let message = format!("`{what}` is not a URL");
        let help = "a URL begins with https:// and contains no spaces; a title contains no `://`";
        return Err(Error::request(message, help));
    }
    let title = if is_address {
        optional_line("--title", about.title.as_deref())?
    } else {
        Some(line("the title", what)?)
    };
    let org = optional_line("--org", about.org.as_deref())?;
    let tags: Result<Vec<OneLine>, Error> =
        about.tags.iter().map(|tag| line("--tag", tag)).collect();
    let tags = tags?;
    let item = ItemRecord {
        span: Span::at(0),
        id: String::new(),
        has_written_id: false,
        source: Some(source.into()),
        label: None,
        title: title.as_ref().map(|title| title.text.clone()),
        url: is_address.then(|| Url::from(what)),
        date: about.date,
        dated_by: DateOrigin::Line,
        org: org.as_ref().map(|org| org.text.clone()),
        tags: tags.iter().map(|tag| tag.text.clone()).collect(),
        same_as: Vec::new(),
        reading: Reading::Unread,
    };
    let notes = title.into_iter().chain(org).chain(tags).filter_map(|line| line.note).collect();
    Ok((verified(item, source)?, notes))
}

/// Returns an item with the id that its line will have. If neither title nor path of the URL gives one,
/// the line has a written id: `https://lab.example/?p=7` gives `lab/lab-example-p-7`.
///
/// # Errors
/// The line would be read differently, or gives the item no id.
pub fn verified(mut item: ItemRecord, source: &str) -> Result<ItemRecord, Error> {
    let read = |item: &ItemRecord| {
        let listing = Listing { item: item.clone(), threads: Vec::new() };
        let line = format!("- {}", bullet_line::listing(&listing, item.has_written_id));
        bullet_line::read_back(&line, source).filter(|read| !read.id.ends_with('/'))
    };
    let mut found = read(&item);
    if let (None, Some(url)) = (&found, item.canonical_url()) {
        item.id = derived_id(Some(source), &slug_of(url));
        item.has_written_id = true;
        found = read(&item);
    }
    let Some(read) = found else {
        let what = item.url.as_deref().or(item.title.as_deref()).unwrap_or_default();
        let message = format!("`{what}` gives the item no id");
        return Err(Error::request(message, "give a title with a letter or digit, or a URL"));
    };
    item.id.clone_from(&read.id);
    let is_titled = item.title.is_none() || read.title == item.title;
    let misread = bullet_line::misread_as(&item, &read);
    match misread.or((!is_titled).then_some("title")).map(with_help) {
        None => Ok(item),
        Some((part, help)) => {
            let message = format!("the {part} of `{}` would be read differently", item.id);
            Err(Error::request(message, help))
        }
    }
}

/// Returns a part of an item that the parser would read differently, with a remedy.
fn with_help(part: &'static str) -> (&'static str, &'static str) {
    let help = match part {
        "tags" => {
            "give each tag with a `--tag` of its own, without `#`, commas, brackets and backticks"
        }
        _ => "write it without commas, brackets, quotes, backticks and backslashes",
    };
    (part, help)
}
