//! `thread source import`: the feeds of an OPML file as sources.

use super::edit::declare;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::feed::opml::Subscription;
use crate::model::slug::{free_name, slug_of};
use crate::model::{Configuration, Days, Error, Source};

/// The plan of an import.
#[derive(Default)]
struct Import {
    /// The new sources, in the order of the file.
    new: Vec<NewSource>,
    /// Slugs of sources that have a feed of the file.
    known: Vec<String>,
    /// Sources that are declared without a feed of the file, and feeds that cannot be added.
    details: Vec<String>,
}

/// A new source, with the slug of its title and the host of its first feed.
struct NewSource {
    slug: String,
    base: String,
    host: Option<String>,
    source: Source,
}

/// Declares a source for each feed of a list, unless it is known.
///
/// A feed is known if a source has it. A source that is declared already is not changed. Feeds of one
/// title and host belong to one source.
pub fn import(
    context: &EditContext<'_>,
    subscriptions: &[Subscription],
) -> Result<EditPlan, Error> {
    if subscriptions.is_empty() {
        let message = "the file lists no feed: no `outline` has an `xmlUrl`";
        return Err(Error::request(message, "export the subscriptions of a feed reader as OPML"));
    }
    let mut import = Import::default();
    for subscription in subscriptions {
        import.add(subscription, &context.workspace.configuration);
    }
    let mut details = Vec::new();
    if !import.known.is_empty() {
        details.push(format!("already declared: {}", import.known.join(", ")));
    }
    details.extend(import.details);
    if import.new.is_empty() {
        return Ok(EditPlan { details, ..EditPlan::default() });
    }
    let next = Some("`thread fetch` reads the feeds".to_string());
    let plan = EditPlan { details, next, ..EditPlan::default() };
    let new: Vec<_> = import.new.into_iter().map(|new| (new.slug, new.source)).collect();
    declare(context, &new, plan)
}

impl Import {
    fn add(&mut self, subscription: &Subscription, configuration: &Configuration) {
        let has_feed = |source: &Source| source.feed.feeds.contains(&subscription.feed);
        let known = configuration.sources.iter().find(|(_, source)| has_feed(source));
        if let Some((slug, _)) = known {
            if !self.known.contains(slug) {
                self.known.push(slug.clone());
            }
            return;
        }
        if self.new.iter().any(|new| has_feed(&new.source)) {
            return;
        }
        let host = subscription.host();
        let title = subscription.title.clone().or_else(|| host.clone()).unwrap_or_default();
        // The URL may contain a password, and is shown only if it is valid.
        if let Err(reason) = subscription.check() {
            let line = subscription.line;
            self.details.push(format!("not added: line {line}: {title}: {reason}"));
            return;
        }
        let given = subscription.slug.clone().filter(|slug| slug_of(slug) == *slug);
        let base = given.clone().or_else(|| base(&title, host.as_deref()));
        let base = base.unwrap_or_else(|| "source".into());
        let declared =
            if given.is_some() { base.clone() } else { configuration.source_slug(&title) };
        if configuration.sources.contains_key(&declared) {
            self.details.push(format!(
                "`{declared}` is declared and was not changed; add {} to its `feed` to follow it",
                subscription.feed
            ));
            return;
        }
        let is_same =
            |new: &&mut NewSource| new.base == base && (given.is_some() || new.host == host);
        if let Some(same) = self.new.iter_mut().find(is_same) {
            same.source.feed.feeds.push(subscription.feed.clone());
            return;
        }
        let slug = self.free_slug(&base, host.as_deref(), configuration);
        let mut source = Source {
            name: subscription.title.clone().filter(|title| *title != slug),
            org: subscription.org.clone(),
            every: subscription.every.as_deref().and_then(|every| Days::parse(every).ok()),
            ..Source::default()
        };
        source.feed.feeds.push(subscription.feed.clone());
        self.new.push(NewSource { slug, base, host, source });
    }

    /// Returns a slug that no source has: `news`, else `news-tide-example`, else with a number.
    fn free_slug(&self, base: &str, host: Option<&str>, configuration: &Configuration) -> String {
        let is_taken = |slug: &str| {
            configuration.sources.contains_key(slug) || self.new.iter().any(|new| new.slug == slug)
        };
        match host.map(slug_of) {
            Some(host) if is_taken(base) => free_name(&format!("{base}-{host}"), is_taken),
            _ => free_name(base, is_taken),
        }
    }
}

/// Returns the slug of a title; without letters, that of the host.
fn base(title: &str, host: Option<&str>) -> Option<String> {
    let names = [Some(title), host].into_iter().flatten();
    names.map(slug_of).find(|slug| !slug.is_empty())
}
