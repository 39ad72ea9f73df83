//! Records of writes in place, from which the next run completes or undoes an interrupted write.
//!
//! Before a file is written in place, its old and its new text are saved in a record: a hidden file
//! `.NAME.PID-n.thread-unfinished` in the directory of the file. If no file can be created there,
//! the record is in the nearest parent directory that belongs to the workspace: it is then on the
//! same disk, moves with the workspace, and every user of the workspace finds it. A record is
//! complete and on disk before the first byte of the file changes, and is removed after the last.

use std::fs::{Metadata, OpenOptions};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use crate::store::find;
use crate::store::save::temporary::Temporary;
use crate::store::save::{Explained, directory_of, platform, regular, write_over};
use crate::text::escape_path;

/// End of the name of a record.
const SUFFIX: &str = ".thread-unfinished";
/// First line of a record.
const MAGIC: &str = "thread-unfinished-1";
/// No record is larger: twice the largest file, and a line.
const LARGEST: u64 = 33 * 1024 * 1024;
/// Disks write whole sectors of this many bytes, or multiples of it.
const SECTOR: usize = 512;

/// A record that is on disk.
pub(super) struct WriteRecord {
    path: PathBuf,
}

impl WriteRecord {
    /// Records a write of `target` from `old` to `new`.
    pub(super) fn keep(
        target: &Path,
        metadata: &Metadata,
        old: &[u8],
        new: &[u8],
    ) -> io::Result<Self> {
        let directory = directory_of(target);
        let top = find::find_workspace(directory).unwrap_or_else(|_| directory.to_path_buf());
        let name = target.file_name().unwrap_or_default();
        for place in directory.ancestors().take_while(|place| place.starts_with(&top)) {
            let temporary = match Temporary::create(&place.join(name), 0o600) {
                Err(source) if source.kind() == ErrorKind::PermissionDenied => continue,
                created => created?,
            };
            let path = target.strip_prefix(place).ok().and_then(Path::to_str);
            let path = path.ok_or_else(|| io::Error::other("its path is not UTF-8"))?;
            return Self::in_place_of(temporary, metadata, &text(path, old, new));
        }
        Err(io::Error::other(Explained {
            reason: "no file can be created in its directory".into(),
            help: format!("allow that in {}", escape_path(directory)),
        }))
    }

    fn in_place_of(
        mut temporary: Temporary,
        metadata: &Metadata,
        content: &[u8],
    ) -> io::Result<Self> {
        // Other users of the file may have to finish the write.
        let _ = platform::give_owner(&temporary.file, metadata);
        temporary.fill(content, Some(metadata.permissions()))?;
        let path = temporary.rename(SUFFIX)?;
        platform::sync_folder(directory_of(&path))?;
        Ok(Self { path })
    }

    /// Removes the record of a write that was finished or undone. Where that fails, the next run
    /// does it.
    pub(super) fn remove(self) {
        remove(&self.path);
    }
}

fn remove(record: &Path) {
    if fs::remove_file(record).is_ok() {
        let _ = platform::sync_folder(directory_of(record));
    }
}

/// `thread-unfinished-1 11 120 131`, the path and the two texts.
fn text(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let head = format!("{MAGIC} {} {} {}\n", path.len(), old.len(), new.len());
    [head.as_bytes(), path.as_bytes(), old, new].concat()
}

/// A write in place that was interrupted, or is in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// The file, as a path of the workspace leads to it.
    pub path: PathBuf,
    /// Its record.
    pub record: PathBuf,
    /// The content of the file now.
    pub state: WriteState,
}

/// State of a file that was being written in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteState {
    /// It holds the old or the new text.
    Whole,
    /// It holds a part of the new text and a part of the old one.
    Torn,
    /// Another program changed it later.
    Foreign,
    /// The record or the file cannot be read, for this reason.
    Unknown(String),
}

/// The directories and files of a workspace in which records are searched for.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The directories.
    pub directories: Vec<PathBuf>,
    /// Symbolic links to files.
    pub links: Vec<PathBuf>,
}

/// Finds the unfinished writes of a workspace, in order of their paths.
pub fn find(places: &Places) -> Vec<Unfinished> {
    let mut found = Vec::new();
    places.directories.iter().for_each(|directory| in_folder(directory, None, &mut found));
    places.links.iter().for_each(|link| behind_link(link, &mut found));
    found.sort_by(|a, b| (&a.path, &a.record).cmp(&(&b.path, &b.record)));
    found.dedup();
    found
}

/// Adds the unfinished writes of the file that a symbolic link leads to.
fn behind_link(link: &Path, found: &mut Vec<Unfinished>) {
    let Ok(target) = fs::canonicalize(link) else { return };
    let directory = directory_of(&target);
    let top = find::find_workspace(directory).unwrap_or_else(|_| directory.to_path_buf());
    for place in directory.ancestors().take_while(|place| place.starts_with(&top)) {
        in_folder(place, Some((&target, link)), found);
    }
}

/// Adds the unfinished writes that have their records in a directory: all, or those of one file,
/// which a link leads to.
fn in_folder(directory: &Path, only: Option<(&Path, &Path)>, found: &mut Vec<Unfinished>) {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    for entry in entries {
        if !entry.file_name().to_string_lossy().ends_with(SUFFIX) {
            continue;
        }
        let record = entry.path();
        let unfinished = match read(&record) {
            Ok(content) => {
                let state = state(&content, &record);
                Unfinished { path: content.target, record, state }
            }
            Err(reason) => Unfinished {
                path: record.clone(),
                record,
                state: WriteState::Unknown(reason.to_string()),
            },
        };
        match only {
            Some((target, link)) if unfinished.path == target => {
                found.push(Unfinished { path: link.to_path_buf(), ..unfinished });
            }
            Some(_) => {}
            None => found.push(unfinished),
        }
    }
}

/// Content of a record.
struct Content {
    target: PathBuf,
    old: Vec<u8>,
    new: Vec<u8>,
}

fn read(record: &Path) -> io::Result<Content> {
    let metadata = fs::symlink_metadata(record)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(io::Error::other("it is no record of `thread`"));
    }
    parse(directory_of(record), &regular::read_file(record)?)
        .ok_or_else(|| io::Error::other("it is no record of `thread`, or a damaged one"))
}

fn parse(directory: &Path, bytes: &[u8]) -> Option<Content> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let mut head = std::str::from_utf8(&bytes[..end]).ok()?.split(' ');
    if head.next() != Some(MAGIC) {
        return None;
    }
    let mut length = || head.next()?.parse::<usize>().ok();
    let (path, old, new) = (length()?, length()?, length()?);
    let (path, rest) = bytes[end + 1..].split_at_checked(path)?;
    let (old, rest) = rest.split_at_checked(old)?;
    let path = Path::new(std::str::from_utf8(path).ok()?);
    let is_below = path.components().all(|part| matches!(part, Component::Normal(_)));
    (rest.len() == new && is_below).then(|| Content {
        target: directory.join(path),
        old: old.to_vec(),
        new: rest.to_vec(),
    })
}

fn state(content: &Content, record: &Path) -> WriteState {
    let Content { target, old, new } = content;
    if !platform::may_be_trusted(record, target) {
        return WriteState::Unknown("it belongs to another user".into());
    }
    match regular::read_file(target) {
        Ok(found) if found == *old || found == *new => WriteState::Whole,
        Ok(found) if is_torn(&found, old, new) => WriteState::Torn,
        Ok(_) => WriteState::Foreign,
        Err(error) if error.kind() == ErrorKind::NotFound => WriteState::Foreign,
        Err(error) => WriteState::Unknown(error.to_string()),
    }
}

/// Returns whether a text is a mixture that our write can have left: sector by sector the old or
/// the new text, the new one up to the byte where the process was killed, or zeros where the disk
/// knew only the new length.
fn is_torn(found: &[u8], old: &[u8], new: &[u8]) -> bool {
    let is_length = if new.len() > old.len() {
        (old.len()..=new.len()).contains(&found.len())
    } else {
        [old.len(), new.len()].contains(&found.len())
    };
    let part = |text: &'_ [u8], start: usize, end: usize| -> Vec<u8> {
        text[start.min(text.len())..end.min(text.len())].to_vec()
    };
    is_length
        && (0..found.len()).step_by(SECTOR).all(|start| {
            let end = found.len().min(start + SECTOR);
            let here = &found[start..end];
            let (old, new) = (part(old, start, end), part(new, start, end));
            let same = here.iter().zip(&new).take_while(|(a, b)| a == b).count();
            let is_mixed = old.get(same..).unwrap_or_default() == &here[same..];
            let is_hole = old.len() < here.len() && here[old.len()..].iter().all(|byte| *byte == 0);
            here == new || here == old || is_mixed || (is_hole && here.starts_with(&old))
        })
}

/// Completes or undoes the unfinished writes of a workspace, and returns those that were completed.
/// A file that another process changed later keeps its content, and its record stays.
///
/// The caller holds the workspace lock: no other run is writing.
pub fn finish(places: &Places) -> Vec<Unfinished> {
    let mut finished = Vec::new();
    for unfinished in find(places) {
        match unfinished.state {
            WriteState::Whole => remove(&unfinished.record),
            WriteState::Torn if complete(&unfinished).is_ok() => finished.push(unfinished),
            _ => {}
        }
    }
    finished
}

fn complete(unfinished: &Unfinished) -> io::Result<()> {
    let content = read(&unfinished.record)?;
    let mut file = regular::open(&content.target, OpenOptions::new().write(true))?;
    if state(&content, &unfinished.record) != WriteState::Torn {
        return Err(io::Error::other("it was changed in the meantime"));
    }
    write_over(&mut file, &content.new)?;
    remove(&unfinished.record);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[u8] = b"an old text, which is rather long";
    const NEW: &[u8] = b"a new text";

    #[test]
    fn is_torn_finds_every_text_that_a_killed_write_leaves() {
        for (old, new) in [(OLD, NEW), (NEW, OLD), (b"".as_slice(), NEW)] {
            for written in 1..new.len() {
                let rest = old.get(written..).unwrap_or_default();
                let found = [&new[..written], rest].concat();
                assert!(is_torn(&found, old, new), "{written}");
            }
        }
    }

    #[test]
    fn is_torn_finds_sectors_in_any_order_and_holes() {
        let (old, new) = (vec![b'o'; 3 * SECTOR], vec![b'n'; 4 * SECTOR]);
        let mut found = old.clone();
        found[SECTOR..2 * SECTOR].fill(b'n');
        assert!(is_torn(&found, &old, &new));
        found.resize(4 * SECTOR, 0);
        assert!(is_torn(&found, &old, &new));
        found[5] = b'x';
        assert!(!is_torn(&found, &old, &new));
    }

    #[test]
    fn is_torn_denies_what_another_program_wrote() {
        let edited = [b"an old text, which is very long!!".as_slice(), b"another", b"an old", b""];
        for found in edited {
            assert!(!is_torn(found, OLD, NEW), "{}", String::from_utf8_lossy(found));
        }
    }

    #[test]
    fn parse_reads_what_text_writes_and_nothing_that_leads_elsewhere() {
        let directory = Path::new("/w");
        let content = parse(directory, &text("threads/t.md", OLD, NEW)).unwrap();
        assert_eq!(content.target, directory.join("threads/t.md"));
        assert_eq!((content.old.as_slice(), content.new.as_slice()), (OLD, NEW));
        for path in ["../t.md", "/etc/passwd", "a/../../t.md"] {
            assert!(parse(directory, &text(path, OLD, NEW)).is_none(), "{path}");
        }
        let whole = text("t.md", OLD, NEW);
        for length in 0..whole.len() {
            assert!(parse(directory, &whole[..length]).is_none(), "{length}");
        }
    }
}
