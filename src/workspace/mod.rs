//! All files of a workspace, read into models. Pure: documents in, models and diagnostics out.

pub mod load;
pub mod staged;

pub use crate::store::find::CONFIGURATION;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::model::Error;
use crate::model::reference;
use crate::model::reference::Candidate;
use crate::model::{Catalog, Configuration, Diagnostic, Rule, Safety};
use crate::parse;
use crate::parse::value_fix::replacement;
use crate::parse::{ThreadFile, catalog, configuration, looks};
use crate::text::suggest::unique_correction;
use crate::text::suggest::unknown_name_help;
use crate::text::{Document, Span, Spanned};

/// The loaded files of a workspace, and the problems while loading.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// `thread.yaml`, where there is one.
    pub configuration: Option<Document>,
    /// The files of the threads directory, by path.
    pub threads: Vec<Document>,
    /// The files of the backlogs directory, by path.
    pub catalogs: Vec<Document>,
    /// Paths of all files in the drafts directory.
    pub drafts: BTreeSet<String>,
    /// Files that could not be loaded.
    pub problems: Vec<Diagnostic>,
    /// Files that are not UTF-8, with invalid bytes replaced, for excerpts.
    pub garbled: Vec<Document>,
}

/// A parsed workspace.
#[derive(Debug)]
pub struct Workspace {
    /// The parsed `thread.yaml`.
    pub configuration: Configuration,
    /// The threads that could be read, by path.
    pub threads: Vec<ThreadFile>,
    /// The catalogs that could be read, by path.
    pub catalogs: Vec<Catalog>,
    /// The findings of parsing, sorted by path and position.
    pub diagnostics: Vec<Diagnostic>,
    /// Paths of all files in the drafts directory.
    pub drafts: BTreeSet<String>,
    /// Slugs of all files in the threads directory, including threads with errors.
    pub slugs: Vec<String>,
    /// The texts that are not kept by a [`ThreadFile`], to show excerpts of them: by path.
    texts: Vec<Document>,
}

/// Which texts of catalogs a workspace keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// All.
    All,
    /// The texts of catalogs with findings. Excerpts of others cannot be shown; their texts would
    /// take a quarter of the memory of a workspace.
    WithFindings,
}

impl Documents {
    /// Returns all loaded documents.
    pub fn all(&self) -> impl Iterator<Item = &Document> {
        self.configuration.iter().chain(&self.threads).chain(&self.catalogs)
    }

    /// Returns all loaded documents for changes.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.configuration.iter_mut().chain(&mut self.threads).chain(&mut self.catalogs)
    }
}

impl Workspace {
    /// Reads all documents and keeps their texts.
    pub fn read(documents: Documents) -> Self {
        Self::read_keeping(documents, Texts::All)
    }

    /// Reads all documents.
    pub fn read_keeping(mut documents: Documents, texts: Texts) -> Self {
        documents.threads.sort_by(|a, b| a.path.cmp(&b.path));
        let (configuration, diagnostics) = match &documents.configuration {
            Some(document) => configuration::parse(document),
            None => (Configuration::default(), Vec::new()),
        };
        let loaded = documents.threads.iter().map(|document| &document.path);
        let directory = format!("{}/", configuration.threads.trim_start_matches("./"));
        let lost = documents.problems.iter().map(|problem| &problem.path);
        let lost = lost.filter(|path| path.starts_with(&directory));
        let slugs =
            loaded.chain(lost).map(|path| crate::model::slug::slug_of_path(path).to_string());
        let slugs: Vec<String> = slugs.collect();
        let catalogs = read_catalogs(documents.catalogs, &configuration, &slugs, texts);
        let mut workspace = Self {
            slugs,
            configuration,
            drafts: documents.drafts,
            threads: Vec::new(),
            catalogs: Vec::new(),
            diagnostics,
            texts: documents.configuration.into_iter().chain(documents.garbled).collect(),
        };
        workspace.diagnostics.extend(documents.problems);
        let configuration = &workspace.configuration;
        let threads = documents.threads.into_par_iter();
        let threads: Vec<_> =
            threads.map(|document| read_thread(document, configuration)).collect();
        for (file, found) in threads {
            workspace.diagnostics.extend(found);
            match file {
                Ok(file) => workspace.threads.push(file),
                Err(document) => workspace.texts.push(document),
            }
        }
        for ReadCatalog { catalogs, found, text } in catalogs {
            workspace.catalogs.extend(catalogs);
            workspace.diagnostics.extend(found);
            workspace.texts.extend(text);
        }
        workspace.refuse_namesakes();
        workspace.texts.sort_by(|a, b| a.path.cmp(&b.path));
        workspace.check_mappings();
        sort_findings(&mut workspace.diagnostics);
        workspace
    }

    /// Reports threads with the same slug. A reference cannot distinguish them, so neither is used.
    fn refuse_namesakes(&mut self) {
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        let mut namesakes: Vec<String> = Vec::new();
        for file in &self.threads {
            let (slug, path) = (&file.thread.slug, &file.document.path);
            if let Some(first) = paths.get(slug) {
                let message = format!("two threads have the slug `{slug}`");
                let finding = Diagnostic::new(Rule::DuplicateThread, path, Span::at(0), message)
                    .related(first, Span::at(0), "the other one")
                    .help("rename one of the files; the name of a file is the name of its thread");
                self.diagnostics.push(finding);
                namesakes.push(slug.clone());
            } else {
                paths.insert(slug.clone(), path.clone());
            }
        }
        let (out, kept) = std::mem::take(&mut self.threads)
            .into_iter()
            .partition::<Vec<ThreadFile>, _>(|file| namesakes.contains(&file.thread.slug));
        self.threads = kept;
        self.texts.extend(out.into_iter().map(|file| file.document));
    }

    /// An item that is mapped to a thread that does not exist would be passed over in silence.
    fn check_mappings(&mut self) {
        let slugs: HashSet<&str> = self.slugs.iter().map(String::as_str).collect();
        let mut unknown: HashMap<&str, UnknownThread<'_>> = HashMap::new();
        let mut found = Vec::new();
        for catalog in &self.catalogs {
            let document = self.document(&catalog.path);
            for thread in catalog.items.iter().flat_map(|listed| &listed.threads) {
                if slugs.contains(thread.value.as_str()) {
                    continue;
                }
                let known = self.slugs.iter().map(String::as_str);
                let is_one_of_many = unknown.len() >= MOST_GUESSED;
                let word = unknown.entry(&thread.value);
                let word = word.or_insert_with(|| {
                    if is_one_of_many {
                        UnknownThread::of_many()
                    } else {
                        UnknownThread::new(&thread.value, known)
                    }
                });
                let fix = document.zip(word.meant).and_then(|(document, meant)| {
                    replacement(document, Safety::Unsafe, thread, meant)
                });
                let message = format!("there is no thread `{}`", thread.value);
                let finding =
                    Diagnostic::new(Rule::UnknownThread, &catalog.path, thread.span, message);
                found.push(finding.help(word.help.clone()).fix(fix));
            }
        }
        self.diagnostics.extend(found);
    }

    /// The slug of the thread that a word calls: by its slug, its file, the beginning of its slug
    /// or a part of its title. The thread itself may be unreadable.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub fn slug(&self, word: &str) -> Result<&str, Error> {
        let threads = self.threads.iter().map(|file| &file.thread);
        let titles: HashMap<&str, &str> =
            threads.map(|thread| (thread.slug.as_str(), thread.title.as_str())).collect();
        let candidates: Vec<Candidate<'_>> = self
            .slugs
            .iter()
            .map(|slug| Candidate {
                id: slug,
                url: None,
                label: None,
                title: titles.get(slug.as_str()).copied(),
            })
            .collect();
        let at = reference::look_up(crate::model::slug::slug_of_path(word), "thread", &candidates)?;
        Ok(&self.slugs[at])
    }

    /// Returns whether `thread.yaml` has errors, so that nothing can be evaluated.
    pub fn is_misconfigured(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.path == CONFIGURATION && finding.is_error())
    }

    /// The findings that keep a file from being used.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|finding| finding.is_error())
    }

    /// Keeps the text of another file, to show excerpts of it.
    pub fn keep(&mut self, document: Document) {
        let at = self.texts.partition_point(|text| text.path <= document.path);
        self.texts.insert(at, document);
    }

    /// The texts of all files.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.threads.iter().map(|file| &file.document).chain(&self.texts)
    }

    /// The text of a file of the workspace.
    pub fn document(&self, path: &str) -> Option<&Document> {
        let by_path = |document: &Document| document.path.as_str().cmp(path);
        let threads = self.threads.binary_search_by(|file| by_path(&file.document));
        match threads {
            Ok(at) => Some(&self.threads[at].document),
            Err(_) => Some(&self.texts[self.texts.binary_search_by(by_path).ok()?]),
        }
    }
}

/// A parsed catalog with its findings, and its text if it is kept.
struct ReadCatalog {
    catalogs: Vec<Catalog>,
    found: Vec<Diagnostic>,
    text: Option<Document>,
}

fn read_catalogs(
    documents: Vec<Document>,
    configuration: &Configuration,
    slugs: &[String],
    texts: Texts,
) -> Vec<ReadCatalog> {
    let slugs: HashSet<&str> = slugs.iter().map(String::as_str).collect();
    let is_there = |thread: &Spanned<String>| slugs.contains(thread.value.as_str());
    let read = |document: Document| {
        let (catalogs, found) = if looks::is_looks(&document.path) {
            looks::parse(&document, configuration)
        } else {
            let (catalog, found) = catalog::parse(&document, configuration);
            (catalog.into_iter().collect(), found)
        };
        let mut items = catalogs.iter().flat_map(|catalog| &catalog.items);
        let is_kept = texts == Texts::All
            || !found.is_empty()
            || items.any(|item| !item.threads.iter().all(is_there));
        let text = is_kept.then_some(document);
        ReadCatalog { catalogs, found, text }
    };
    documents.into_par_iter().map(read).collect()
}

/// Parses a thread. Returns its text if it has an error, and its findings.
fn read_thread(
    document: Document,
    configuration: &Configuration,
) -> (Result<ThreadFile, Document>, Vec<Diagnostic>) {
    let (file, found) = parse::thread::parse(document.clone(), configuration);
    (file.ok_or(document), found)
}

/// The help for a thread that does not exist, computed once for each name.
struct UnknownThread<'s> {
    help: String,
    meant: Option<&'s str>,
}

impl<'s> UnknownThread<'s> {
    fn new(word: &str, slugs: impl Iterator<Item = &'s str> + Clone) -> Self {
        Self {
            help: unknown_name_help("thread", word, slugs.clone()),
            meant: unique_correction(word, slugs),
        }
    }

    fn of_many() -> Self {
        let help = "map it to an existing thread, or create this one with `thread new`";
        Self { help: help.into(), meant: None }
    }
}

/// The largest number of unknown names for which a similar name is searched, which compares each
/// with all known ones.
const MOST_GUESSED: usize = 200;

/// By path, place, rule and words: the one order of findings.
pub fn sort_findings(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.span, a.rule, &a.message).cmp(&(&b.path, b.span, b.rule, &b.message))
    });
    diagnostics.dedup();
}
