//! Runs that are killed, fail at a system call, or are disturbed: every file is old or new.

#[cfg(target_os = "linux")]
mod disturbed;
#[cfg(target_os = "linux")]
mod faults;
mod generated;
#[cfg(unix)]
mod killed;

use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::Duration;

/// Waits until a scan has replaced a thread at the level `low`, or has ended.
#[cfg(unix)]
fn until_written(thread: &Path, scan: &mut Child) {
    let is_old = || fs::read_to_string(thread).is_ok_and(|text| text.contains("level: low"));
    while is_old() && scan.try_wait().expect("the process can be asked").is_none() {
        sleep(Duration::from_micros(50));
    }
}
