//! Result of `thread find`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::findings::findings;
use crate::commands::shared::findings::report::Finding;
use crate::commands::shared::json::Report;
use crate::model::{Date, ItemRecord, TitlePattern};
use crate::text::Span;
use crate::workspace::Workspace;

/// The places that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FindReport {
    /// The date up to which catalogs are searched.
    pub today: Date,
    /// The words that were searched.
    pub words: String,
    /// The matches: threads first, then their lines, then catalog items.
    pub matches: Vec<Match>,
    /// Errors in the files.
    pub problems: Vec<Finding>,
}

impl Report for FindReport {
    const KIND: &'static str = "find";
}

/// A match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Match {
    /// The kind of the place.
    pub kind: MatchKind,
    /// Slug of the thread, or id of the item; `null` for a draft or an entry.
    pub id: Option<String>,
    /// The title or text.
    pub title: String,
    /// URL of the item.
    pub url: Option<String>,
    /// Path of the file.
    pub path: String,
    /// Line in the file, from 1.
    pub line: usize,
}

/// The kind of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum MatchKind {
    /// A thread.
    Thread,
    /// An item of the evidence.
    Item,
    /// A draft.
    Draft,
    /// A log entry.
    Log,
    /// A line of the Watching section.
    Watch,
    /// An item of a catalog.
    CatalogItem,
}

impl FindReport {
    /// Searches a workspace.
    pub(super) fn new(workspace: &Workspace, pattern: &TitlePattern, today: Date) -> Self {
        let mut search = Search { workspace, pattern, matches: Vec::new() };
        for file in &workspace.threads {
            let thread = &file.thread;
            if search.is_match(&[&thread.title, &thread.slug]) {
                let (slug, title) = (Some(thread.slug.clone()), thread.title.clone());
                search.add(MatchKind::Thread, slug, title, None, (&thread.path, Span::at(0)));
            }
        }
        for file in &workspace.threads {
            let (thread, path) = (&file.thread, file.thread.path.as_str());
            for line in &thread.evidence {
                let notes: Vec<&str> = line.notes.iter().map(String::as_str).collect();
                search.item(MatchKind::Item, &line.item, path, &notes);
            }
            for draft in &thread.drafts {
                let title = draft.title.clone().or(draft.path.clone()).unwrap_or_default();
                let texts = [title.as_str(), draft.path.as_deref().unwrap_or_default()];
                if search.is_match(&texts) {
                    search.add(MatchKind::Draft, None, title.clone(), None, (path, draft.span));
                }
            }
            for entry in &thread.log {
                if search.is_match(&[&entry.reason]) {
                    let text = format!("{} {}", entry.date, entry.reason);
                    search.add(MatchKind::Log, None, text, None, (path, entry.span));
                }
            }
            for watch in &thread.watching {
                if search.is_match(&[&watch.text]) {
                    search.add(
                        MatchKind::Watch,
                        None,
                        watch.text.clone(),
                        None,
                        (path, watch.span),
                    );
                }
            }
        }
        for catalog in workspace.catalogs.iter().filter(|catalog| catalog.scanned <= today) {
            for listed in &catalog.items {
                search.item(MatchKind::CatalogItem, &listed.item, &catalog.path, &[]);
            }
        }
        Self {
            today,
            words: pattern.to_string(),
            matches: search.matches,
            problems: findings(workspace, workspace.errors()),
        }
    }
}

struct Search<'a> {
    workspace: &'a Workspace,
    pattern: &'a TitlePattern,
    matches: Vec<Match>,
}

impl Search<'_> {
    fn is_match(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.pattern.matches(text))
    }

    fn item(&mut self, kind: MatchKind, item: &ItemRecord, path: &str, notes: &[&str]) {
        let url = item.url.as_deref();
        let texts = [item.name(), &item.id, url.unwrap_or_default()];
        if self.is_match(&texts) || self.is_match(notes) {
            let url = url.map(str::to_string);
            self.add(kind, Some(item.id.clone()), item.name().to_string(), url, (path, item.span));
        }
    }

    fn add(
        &mut self,
        kind: MatchKind,
        id: Option<String>,
        title: String,
        url: Option<String>,
        (path, span): (&str, Span),
    ) {
        let document = self.workspace.document(path);
        let line = document.map_or(1, |document| document.position(span.start).line);
        self.matches.push(Match { kind, id, title, url, path: path.to_string(), line });
    }
}
