//! Differences between systems. Only on Unix, owners, links and processes are queried.

#![cfg_attr(not(unix), allow(clippy::unnecessary_wraps, reason = "nothing fails there"))]

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::Path;

/// Swaps the names of two files in one step.
#[cfg(target_os = "linux")]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
pub fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Returns whether an error means that files cannot be exchanged (`ENOSYS`, `EINVAL`).
pub fn cannot_exchange(source: &io::Error) -> bool {
    matches!(source.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

/// The mode a new file gets, where files have one.
#[cfg(unix)]
pub fn set_mode(options: &mut OpenOptions, mode: u32) {
    options.mode(mode);
}

#[cfg(not(unix))]
pub fn set_mode(_options: &mut OpenOptions, _mode: u32) {}

/// Returns whether a file has several hard links.
#[cfg(unix)]
pub fn has_other_names(metadata: &Metadata) -> bool {
    metadata.nlink() > 1
}

#[cfg(not(unix))]
pub fn has_other_names(_metadata: &Metadata) -> bool {
    false
}

/// Refuses where the system would refuse to open the file for writing.
#[cfg(unix)]
pub fn may_write(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(unix))]
pub fn may_write(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns whether a record may describe a write to its target. In a directory in which users
/// cannot remove the files of others, any user may create a record; elsewhere, a user who can
/// create it can replace the target too.
#[cfg(unix)]
pub fn may_be_trusted(record: &Path, target: &Path) -> bool {
    let metadata = |path: &Path| std::fs::symlink_metadata(path).ok();
    let directory = record.parent().and_then(metadata);
    let (Some(record), Some(directory)) = (metadata(record), directory) else {
        return false;
    };
    let owners = [rustix::process::geteuid().as_raw(), 0, directory.uid()];
    let is_sticky = directory.mode() & 0o1000 != 0;
    let owns = |owner: u32| record.uid() == owner;
    let is_targets = || metadata(target).is_some_and(|target| owns(target.uid()));
    !is_sticky || owners.into_iter().any(owns) || is_targets()
}

#[cfg(not(unix))]
pub fn may_be_trusted(_record: &Path, _target: &Path) -> bool {
    true
}

/// Gives a new file the owner and group of `model`.
#[cfg(unix)]
pub fn give_owner(file: &File, model: &Metadata) -> io::Result<()> {
    let made = file.metadata()?;
    if (made.uid(), made.gid()) == (model.uid(), model.gid()) {
        return Ok(());
    }
    fchown(file, Some(model.uid()), Some(model.gid()))
}

#[cfg(not(unix))]
pub fn give_owner(_file: &File, _model: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Gives a new file the extended attributes of `model`, its access list among them. Those that a
/// security module keeps are its own affair.
#[cfg(target_os = "linux")]
pub fn give_attributes(file: &File, model: &Path) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    // The kernel allows no more than this, for the list as for a value.
    let mut names = vec![0; 64 * 1024];
    let length = match listxattr(model, &mut names[..]) {
        Err(rustix::io::Errno::NOTSUP) => return Ok(()),
        listed => listed?,
    };
    let names = names[..length].split(|byte| *byte == 0);
    for name in names.filter(|name| !name.is_empty() && !name.starts_with(b"security.")) {
        let mut value = vec![0; 64 * 1024];
        let length = getxattr(model, name, &mut value[..])?;
        fsetxattr(file, name, &value[..length], XattrFlags::empty())?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub fn give_attributes(_file: &File, _model: &Path) -> io::Result<()> {
    Ok(())
}

/// Lets everybody run a file who may read it.
#[cfg(unix)]
pub fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = std::fs::metadata(path)?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2);
    std::fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
pub fn make_executable(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Syncs the names in a directory, if the directory can be opened and synced.
#[cfg(unix)]
pub fn sync_folder(directory: &Path) -> io::Result<()> {
    use ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match File::open(directory).and_then(|directory| directory.sync_all()) {
        Err(source) if matches!(source.kind(), InvalidInput | Unsupported | PermissionDenied) => {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns whether no process has this id.
#[cfg(unix)]
pub fn is_dead(process: i32) -> bool {
    rustix::process::Pid::from_raw(process).is_some_and(|process| {
        rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH)
    })
}

#[cfg(not(unix))]
pub fn is_dead(_process: i32) -> bool {
    false
}
