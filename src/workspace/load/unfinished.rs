//! Files that a killed run left half written in place.

use std::path::Path;

use walkdir::WalkDir;

use crate::model::{Configuration, Diagnostic, Rule};
use crate::parse::configuration;
use crate::store::save;
use crate::store::save::{Places, WriteState};
use crate::text::Span;
use crate::workspace::load::{read_file, relative};
use crate::workspace::{CONFIGURATION, Documents};

/// Completes the writes in place that a killed run left unfinished, and returns the paths of the
/// completed files. Removes the temporary files of such a run as well. The caller holds the
/// workspace lock.
pub fn finish_writes(root: &Path) -> Vec<String> {
    // `thread.yaml` first: it names the directories.
    let mut finished = save::finish(&places(root, &[]));
    let configuration = read_file(&root.join(CONFIGURATION), CONFIGURATION).ok();
    let configuration = configuration
        .map_or_else(Configuration::default, |document| configuration::parse(&document).0);
    let directories = [configuration.threads.as_str(), &configuration.backlogs];
    let places = places(root, &directories);
    let drafts = root.join(&configuration.drafts);
    for directory in places.directories.iter().chain([&drafts]) {
        // A temporary file that cannot be removed is no reason not to write.
        let _ = save::sweep(directory);
    }
    finished.extend(save::finish(&places));
    finished.iter().map(|unfinished| relative(root, &unfinished.path)).collect()
}

/// Reports files that a killed run left half written, and removes them from the loaded documents.
pub(super) fn leave_out(root: &Path, configuration: &Configuration, documents: &mut Documents) {
    let directories = [configuration.threads.as_str(), &configuration.backlogs];
    for unfinished in save::find_unfinished(&places(root, &directories)) {
        let path = relative(root, &unfinished.path);
        let record = relative(root, &unfinished.record);
        if let Some(finding) = half_written(&path, &record, &unfinished.state) {
            documents.problems.push(finding);
            documents.configuration.take_if(|document| document.path == path);
            documents.threads.retain(|document| document.path != path);
            documents.catalogs.retain(|document| document.path != path);
        }
    }
}

/// Returns the root, the directories below some of its directories, and the links in them.
fn places(root: &Path, directories: &[&str]) -> Places {
    let mut places = Places { directories: vec![root.to_path_buf()], links: Vec::new() };
    for directory in directories {
        let walk = WalkDir::new(root.join(directory)).follow_links(true);
        for entry in walk.into_iter().flatten() {
            match entry.file_type().is_dir() {
                true => places.directories.push(entry.into_path()),
                false if entry.path_is_symlink() => places.links.push(entry.into_path()),
                false => {}
            }
        }
    }
    places
}

fn half_written(path: &str, record: &str, state: &WriteState) -> Option<Diagnostic> {
    let (message, help) = match state {
        WriteState::Whole => return None,
        WriteState::Torn => (
            "a run was stopped, or is still running, while writing this file in place: part of the file is old".into(),
            format!("run a command that writes, such as `thread scan`: it completes this write from `{record}`"),
        ),
        WriteState::Foreign => (
            "this file was changed after a run was stopped while writing it in place".into(),
            format!("compare it with the two texts in `{record}`, then delete that record"),
        ),
        WriteState::Unknown(reason) => (
            format!("a write in place was not completed, and cannot be: {reason}"),
            format!("check the file, then delete the record `{record}`"),
        ),
    };
    let finding = Diagnostic::new(Rule::HalfWrittenFile, path, Span::at(0), message);
    Some(finding.label("it is not read").help(help))
}
