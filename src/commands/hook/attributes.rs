//! The lines of `.gitattributes`, which tell git how to merge files.

use std::path::Path;

use anyhow::Result;

use super::{refuse_link, scripts};
use crate::model::Configuration;
use crate::store::save;
use crate::store::save::Job;

/// Returns `.gitattributes` of a workspace with the patterns of the files that the driver merges, and
/// of the looks.
///
/// # Errors
/// The file is a link, or cannot be read.
pub fn of_merge_driver(root: &Path, configuration: &Configuration) -> Result<Job> {
    let merged = [directory(&configuration.threads), directory(&configuration.backlogs)];
    let mut job = job(root)?;
    merged.map(scripts::attribute).iter().for_each(|line| add(&mut job.new, line, ""));
    add_looks(&mut job.new, configuration);
    Ok(job)
}

/// Returns `.gitattributes` of a workspace with the pattern of the looks, which git merges without a
/// driver.
///
/// # Errors
/// The file is a link, or cannot be read.
pub fn of_looks(root: &Path, configuration: &Configuration) -> Result<Job> {
    let mut job = job(root)?;
    add_looks(&mut job.new, configuration);
    Ok(job)
}

fn job(root: &Path) -> Result<Job> {
    let path = root.join(".gitattributes");
    refuse_link(&path, "git ignores this link: replace it by a file with the same lines")?;
    let loaded = save::read_if_exists(&path)?;
    let new = loaded.clone().unwrap_or_default();
    Ok(Job { path, loaded, new })
}

fn directory(path: &str) -> &str {
    path.trim_start_matches("./")
}

fn add_looks(text: &mut Vec<u8>, configuration: &Configuration) {
    let backlogs = directory(&configuration.backlogs);
    add(text, &scripts::looks_attribute(backlogs), &scripts::attribute(backlogs));
}

/// Adds a line, unless the text has it after the last line `before`: of several patterns for a file,
/// the last one counts.
fn add(text: &mut Vec<u8>, line: &str, before: &str) {
    let lines = text.split(|byte| *byte == b'\n').rev();
    let mut after = lines
        .map(<[u8]>::trim_ascii)
        .take_while(|known| before.is_empty() || *known != before.as_bytes());
    if after.any(|known| known == line.as_bytes()) {
        return;
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend(format!("{line}\n").into_bytes());
}
