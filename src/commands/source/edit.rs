//! The change of `source add`.

use super::SourceAddArgs;
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::{EditPlan, NewFile, NewFileKind};
use crate::edit::configuration;
use crate::model::slug::slug_of;
use crate::model::{Error, FeedSettings, Source};
use crate::workspace::CONFIGURATION;

/// Declares a source in `thread.yaml`, which is created if it is missing.
pub fn add(context: &EditContext<'_>, args: &SourceAddArgs) -> Result<EditPlan, Error> {
    let known = &context.workspace.configuration.sources;
    let slug = slug_of(&args.slug);
    if slug != args.slug || slug.is_empty() {
        let message = format!("`{}` is not the slug of a source", args.slug);
        let help = format!("use `{slug} --name \"{}\"`", args.slug);
        return Err(Error::request(message, help));
    }
    if known.contains_key(&slug) {
        let message = format!("thread.yaml already declares the source `{slug}`");
        return Err(Error::request(message, "edit thread.yaml to change it"));
    }
    let name = optional_line("--name", args.name.as_deref())?;
    let org = optional_line("--org", args.org.as_deref())?;
    let notes = name.iter().chain(&org).filter_map(|text| text.note.clone()).collect();
    for feed in &args.feeds {
        if let Err(help) = FeedSettings::check_url(feed) {
            return Err(Error::request(format!("`{feed}` is not the URL of a feed"), help));
        }
    }
    let source = Source {
        name: name.map(|name| name.text),
        aliases: Vec::new(),
        org: org.map(|org| org.text),
        every: args.every,
        feed: FeedSettings { feeds: args.feeds.clone(), ..FeedSettings::default() },
    };
    let next = match args.feeds.as_slice() {
        [] => format!("`thread catalog add {slug} TITLE` lists what it published"),
        _ => format!("`thread fetch {slug}` reads its feed"),
    };
    let plan = EditPlan { next: Some(next), notes, ..EditPlan::default() };
    declare(context, &[(slug, source)], plan)
}

/// Adds sources to `thread.yaml`, which is created if it is missing.
pub(super) fn declare(
    context: &EditContext<'_>,
    sources: &[(String, Source)],
    plan: EditPlan,
) -> Result<EditPlan, Error> {
    match context.workspace.document(CONFIGURATION) {
        Some(document) => {
            let rewrite = configuration::add_sources(document, sources)
                .map_err(|refusal| Error::file(refusal.diagnostic(CONFIGURATION)))?;
            Ok(EditPlan { rewrites: vec![rewrite], ..plan })
        }
        None => {
            let slugs: Vec<&str> = sources.iter().map(|(slug, _)| slug.as_str()).collect();
            let what = match slugs.as_slice() {
                [slug] => format!("the source `{slug}`"),
                slugs => format!("the sources `{}`", slugs.join("`, `")),
            };
            let text = configuration::new_text(sources);
            let kind = NewFileKind::Configuration;
            let file = NewFile { path: CONFIGURATION.into(), text, kind, what };
            Ok(EditPlan { new_files: vec![file], ..plan })
        }
    }
}
