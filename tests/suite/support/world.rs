//! A workspace in memory: files as strings, and the results of the product for a date.

use std::collections::BTreeMap;

use thread_tracker::check;
use thread_tracker::commands::scan::edit as scan;
use thread_tracker::commands::shared::edit::context::EditContext;
use thread_tracker::evaluate::{CatalogIndex, Evaluation, evaluate};
use thread_tracker::model::{Date, Diagnostic, date};
use thread_tracker::text::Document;
use thread_tracker::workspace::{Documents, Workspace};

/// Files by path; nothing of it is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct World {
    pub files: BTreeMap<String, String>,
}

/// The effects of a scan in memory.
pub struct Scanned {
    /// The files afterwards.
    pub world: World,
    /// Paths of the files that changed.
    pub changed: Vec<String>,
    /// The files that could not be written, with reasons.
    pub problems: Vec<Diagnostic>,
}

/// A day from its text.
pub fn day(text: &str) -> Date {
    date::parse(text).expect("tests write real days")
}

impl World {
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more file, or another text for it.
    pub fn with(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    /// The same without a file.
    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// The files as they would be loaded.
    pub fn documents(&self) -> Documents {
        let below = |directory: &str| -> Vec<Document> {
            let files = self.files.iter().filter(|(path, _)| path.starts_with(directory));
            files.map(|(path, text)| Document::new(path, text)).collect()
        };
        let configuration =
            self.files.get("thread.yaml").map(|text| Document::new("thread.yaml", text));
        Documents {
            configuration,
            threads: below("threads/"),
            catalogs: below("backlogs/"),
            ..Documents::default()
        }
    }

    /// The files, read.
    pub fn read(&self) -> Workspace {
        Workspace::read(self.documents())
    }

    /// All findings of `check`.
    pub fn check(&self) -> Vec<Diagnostic> {
        check::check(&self.read())
    }

    /// One thread judged on a day with all near misses, handed to `ask`.
    pub fn evaluated<T>(&self, slug: &str, on: &str, ask: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        let workspace = self.read();
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        let file = workspace.threads.iter().find(|file| file.thread.slug == slug);
        let file = file.unwrap_or_else(|| panic!("no thread {slug}: {:#?}", workspace.diagnostics));
        let evaluation = evaluate(&file.thread, &index, &workspace.configuration, day(on));
        ask(&evaluation.looking_beyond(&index, &workspace.configuration))
    }

    /// The state of one trigger on a day, as its word.
    pub fn state(&self, slug: &str, trigger: &str, on: &str) -> &'static str {
        self.evaluated(slug, on, |evaluation| {
            let verdict = evaluation.trigger(trigger).expect("the trigger is there");
            verdict.state.as_str()
        })
    }

    /// The plan of an edit command with these files on a date.
    pub fn in_context<T>(&self, on: &str, ask: impl FnOnce(&EditContext<'_>) -> T) -> T {
        let workspace = self.read();
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        ask(&EditContext { workspace: &workspace, index: &index, today: day(on), me: None })
    }

    /// The files after `thread scan` on a date.
    pub fn scan(&self, on: &str) -> Scanned {
        let workspace = self.read();
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        let mut scanned =
            Scanned { world: self.clone(), changed: Vec::new(), problems: Vec::new() };
        for file in &workspace.threads {
            let evaluation = evaluate(&file.thread, &index, &workspace.configuration, day(on));
            let planned = scan::plan(file, &evaluation, &index, &workspace.configuration);
            if let Some(rewrite) = planned.rewrite {
                scanned.changed.push(rewrite.before.path.clone());
                scanned.world.files.insert(rewrite.before.path, rewrite.after);
            }
            scanned.problems.extend(planned.problems);
        }
        scanned
    }
}
