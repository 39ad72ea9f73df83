//! Files to documents: the only user of walkdir.

pub mod directory;
pub mod unfinished;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::model::{Configuration, Diagnostic, Rule};
use crate::parse::configuration;
use crate::store::regular;
use crate::text::{Document, Span};
use crate::workspace::load::directory::{DirectoryState, missing, state, unusable};
use crate::workspace::{CONFIGURATION, Documents};

pub use unfinished::finish_writes;

/// Files larger than this are not read: 16 MiB. A thread of ten years has some 100 KB.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Loads all files of the workspace at `root`. Files that cannot be loaded are among the problems;
/// a missing `thread.yaml` is not a problem.
pub fn load(root: &Path) -> Documents {
    let mut documents = Documents::default();
    let configured = root.join(CONFIGURATION);
    if configured.symlink_metadata().is_ok() {
        match read_file(&configured, CONFIGURATION) {
            Ok(document) => documents.configuration = Some(document),
            Err(error) => error.note(&mut documents),
        }
    }
    let configuration = documents.configuration.as_ref();
    let configuration = configuration
        .map_or_else(Configuration::default, |document| configuration::parse(document).0);
    let default = Configuration::default();
    documents.threads =
        configured_directory(root, &configuration.threads, &default.threads, &mut documents);
    documents.catalogs =
        configured_directory(root, &configuration.backlogs, &default.backlogs, &mut documents);
    documents.drafts = names(root, &configuration.drafts);
    unfinished::leave_out(root, &configuration, &mut documents);
    documents
}

/// The markdown files below the directory `name` of the workspace. The `usual` one may be missing;
/// a path of any name that is not a directory, or cannot be looked into, is a problem.
fn configured_directory(
    root: &Path,
    name: &str,
    usual: &str,
    loaded: &mut Documents,
) -> Vec<Document> {
    match state(root, name) {
        DirectoryState::Directory => directory(root, name, loaded),
        DirectoryState::Missing => {
            loaded.problems.extend((name != usual).then(|| missing(name)));
            Vec::new()
        }
        DirectoryState::Unusable(finding) => {
            loaded.problems.push(*finding);
            Vec::new()
        }
    }
}

/// Returns the paths of all files in a directory. Directories that cannot be listed are skipped.
fn names(root: &Path, name: &str) -> BTreeSet<String> {
    let entries = WalkDir::new(root.join(name)).follow_links(true).into_iter().flatten();
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    files.map(|entry| relative(root, entry.path())).collect()
}

/// The directory of a workspace in which trigger tests are looked for.
pub const TESTS: &str = "tests";

/// Returns the YAML files below `tests/`, sorted by path. Files that cannot be read are skipped.
pub fn test_files(root: &Path) -> Vec<Document> {
    let walk = WalkDir::new(root.join(TESTS)).sort_by_file_name().into_iter().flatten();
    let is_yaml = |path: &Path| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    let files = walk.filter(|entry| is_yaml(entry.path()) && names_are_text(root, entry.path()));
    files.filter_map(|entry| read_file(entry.path(), &relative(root, entry.path())).ok()).collect()
}

/// The reason why a file could not be loaded.
#[derive(Debug)]
pub struct LoadError {
    /// The reason, as a finding of the file.
    pub finding: Diagnostic,
    /// The text with invalid UTF-8 replaced, for an excerpt.
    pub garbled: Option<Document>,
}

impl LoadError {
    fn note(self, documents: &mut Documents) {
        documents.problems.push(self.finding);
        documents.garbled.extend(self.garbled);
    }
}

/// Loads the markdown files in a directory, sorted by path. Names that begin with a dot,
/// `README.md`, and files that do not end in `.md` are ignored.
fn directory(root: &Path, name: &str, loaded: &mut Documents) -> Vec<Document> {
    let mut files = Vec::new();
    let directory = root.join(name);
    let is_hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(&directory).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = relative(root, entry.path());
                match is_markdown(&path) {
                    true if names_are_text(root, entry.path()) => {
                        let is_regular = entry.file_type().is_file() && !entry.path_is_symlink();
                        files.push((entry.into_path(), path, is_regular));
                    }
                    true => loaded.problems.push(nameless(&path)),
                    false => {}
                }
            }
            Err(error) => {
                let path =
                    error.path().map_or_else(|| name.to_string(), |path| relative(root, path));
                let reason = match error.loop_ancestor() {
                    Some(_) => "it is a link to a directory that contains it".to_string(),
                    None => error.io_error().map_or_else(|| "it cannot be listed".into(), reason),
                };
                loaded.problems.push(if path == relative(root, &directory) {
                    unusable(name, &reason)
                } else {
                    unreadable(&path, &reason)
                });
            }
        }
    }
    let read = |(file, path, is_regular): &(PathBuf, String, bool)| match is_regular {
        true => decode(path, read_regular(file, path)?),
        false => read_file(file, path),
    };
    let read: Vec<_> = files.par_iter().map(read).collect();
    let mut documents = Vec::with_capacity(read.len());
    for file in read {
        match file {
            Ok(document) => documents.push(document),
            Err(error) => error.note(loaded),
        }
    }
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    documents
}

pub(super) fn is_markdown(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_markdown =
        Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    is_markdown && !name.eq_ignore_ascii_case("readme.md")
}

/// The path below `root`, with `/` between its parts.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Returns whether the path below `root` is UTF-8. A lossy path would name no file when it is
/// written, and two of them could be equal.
fn names_are_text(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root).unwrap_or(path).to_str().is_some()
}

fn nameless(path: &str) -> Diagnostic {
    unreadable(path, "its name is not UTF-8").help("rename it, or the directory that contains it")
}

/// Reads a text file.
///
/// # Errors
/// The finding for the file `name`: as of [`read_bytes`], or it is not UTF-8.
pub fn read_file(path: &Path, name: &str) -> Result<Document, Box<LoadError>> {
    decode(name, read_bytes(path, name)?)
}

/// Reads a file. Only regular files of a limited size are opened, because a pipe would block and a
/// device has no end.
///
/// # Errors
/// The finding for the file `name`.
pub fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, Box<LoadError>> {
    let fail = |text: &str| Box::new(LoadError { finding: unreadable(name, text), garbled: None });
    let metadata = fs::metadata(path).map_err(|error| fail(&reason(&error)))?;
    if !metadata.is_file() {
        return Err(fail("it is not a regular file"));
    }
    read_regular(path, name)
}

/// Like [`read_bytes`], for a path that was a regular file a moment ago, so that no device is opened.
fn read_regular(path: &Path, name: &str) -> Result<Vec<u8>, Box<LoadError>> {
    regular::read_at_most(path, LARGEST).map_err(|error| {
        Box::new(LoadError { finding: unreadable(name, &reason(&error)), garbled: None })
    })
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<Document, Box<LoadError>> {
    if bytes.len() as u64 > LARGEST {
        let finding = unreadable(name, "it is larger than 16 MiB");
        return Err(Box::new(LoadError { finding, garbled: None }));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Document::new(name, text)),
        Err(error) => {
            Err(Box::new(not_utf8(name, error.utf8_error().valid_up_to(), error.as_bytes())))
        }
    }
}

/// Content of a file that is given; `None` if it is missing.
pub type Content = Option<Vec<u8>>;

/// The files of a workspace that are given by their paths and contents, and its links by their
/// targets, as [`load`] would take them from the disk. A link that leads to none of the files is
/// followed on the disk, if it leads to a file.
pub fn from_files(
    root: &Path,
    files: BTreeMap<String, Content>,
    links: &BTreeMap<String, String>,
) -> Documents {
    let mut documents = Documents::default();
    let mut others = Vec::new();
    let linked = followed(root, &files, links);
    let given = files.into_iter().map(|(path, content)| (given(&path, content), path));
    let mut all: Vec<_> = given.chain(linked).collect();
    all.sort_by(|(_, a), (_, b)| a.cmp(b));
    for (file, path) in all {
        match (path == CONFIGURATION, file) {
            (true, Ok(document)) => documents.configuration = Some(document),
            (true, Err(error)) => error.note(&mut documents),
            (false, file) => others.push((file, path)),
        }
    }
    let configured = documents.configuration.as_ref();
    let configuration =
        configured.map_or_else(Configuration::default, |document| configuration::parse(document).0);
    for (file, path) in others {
        let is_below = |directory: &str| is_taken_from(&path, directory);
        let threads = is_below(&configuration.threads);
        if path.starts_with(&format!("{}/", configuration.drafts.trim_start_matches("./"))) {
            documents.drafts.insert(path.clone());
        }
        if let Some(name) = [&configuration.threads, &configuration.backlogs]
            .into_iter()
            .find(|name| name.trim_start_matches("./") == path)
        {
            documents.problems.extend(given_at(root, name, file));
            continue;
        }
        match file {
            _ if !threads && !is_below(&configuration.backlogs) => {}
            Ok(document) if threads => documents.threads.push(document),
            Ok(document) => documents.catalogs.push(document),
            Err(error) => error.note(&mut documents),
        }
    }
    documents
}

/// Reads a file that is given.
fn given(path: &str, content: Content) -> Result<Document, Box<LoadError>> {
    match content {
        Some(bytes) => decode(path, bytes),
        None => {
            let finding = unreadable(path, "its content is not in this partial clone")
                .help(format!("`git show ':./{path}'` in the workspace fetches it"));
            Err(Box::new(LoadError { finding, garbled: None }))
        }
    }
}

/// The problem with a file or link at the path of a directory. There is none with a link to a
/// directory outside the given files.
fn given_at(root: &Path, name: &str, file: Result<Document, Box<LoadError>>) -> Option<Diagnostic> {
    match (file, state(root, name)) {
        (Ok(_), _) => Some(unusable(name, "it is not a directory")),
        (Err(_), DirectoryState::Unusable(finding)) => Some(*finding),
        (Err(_), _) => None,
    }
}

/// Returns the files that symbolic links lead to, by their paths through the links.
fn followed(
    root: &Path,
    files: &BTreeMap<String, Content>,
    links: &BTreeMap<String, String>,
) -> Vec<(Result<Document, Box<LoadError>>, String)> {
    let mut found = Vec::new();
    for link in links.keys() {
        let mut target = link.clone();
        // After as many steps as there are links, the links form a cycle, which the file system
        // reports.
        for _ in links {
            let Some(next) = links.get(&target) else { break };
            target = beside(&target, next);
        }
        let directory = format!("{target}/");
        let inside = files.range(directory.clone()..);
        let inside = inside.take_while(|(path, _)| path.starts_with(&directory));
        let inside = inside.map(|(path, content)| (&path[directory.len()..], content));
        let mut inside = inside.peekable();
        if let Some(content) = files.get(&target) {
            found.push((given(link, content.clone()), link.clone()));
        } else if inside.peek().is_none() {
            found.push((read_file(&root.join(&target), link), link.clone()));
        }
        for (name, content) in inside {
            let path = format!("{link}/{name}");
            found.push((given(&path, content.clone()), path));
        }
    }
    found
}

/// Returns the target of a link at `path`, with `/` between its parts.
fn beside(path: &str, target: &str) -> String {
    if Path::new(target).is_absolute() {
        return target.to_string();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns whether a search of a directory would return this path: markdown, not hidden.
fn is_taken_from(path: &str, directory: &str) -> bool {
    let below = path.strip_prefix(directory.trim_start_matches("./"));
    let below = below.and_then(|path| path.strip_prefix('/'));
    below.is_some_and(|below| !below.split('/').any(|part| part.starts_with('.')))
        && is_markdown(path)
}

fn not_utf8(name: &str, at: usize, bytes: &[u8]) -> LoadError {
    let message = format!("byte 0x{:02X} is not UTF-8", bytes[at]);
    let finding = Diagnostic::new(Rule::NotUtf8, name, Span::at(at), message)
        .label("the text is not read from here on")
        .help("save the file as UTF-8; it may have been written as Windows-1252");
    let text = String::from_utf8_lossy(bytes).into_owned();
    LoadError { finding, garbled: Some(Document::new(name, text)) }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::FileTooLarge => "it is larger than 16 MiB".into(),
        io::ErrorKind::NotFound => {
            "it does not exist, or links to a path that does not exist".into()
        }
        _ => error.to_string(),
    }
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Rule::UnreadableFile,
        path,
        Span::at(0),
        format!("this file cannot be read: {reason}"),
    )
    .help("correct the file, or move it out of the directory")
}
