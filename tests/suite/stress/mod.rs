//! Runs that are killed, fail at a system call, or compete: every file is old or new.

#[cfg(target_os = "linux")]
mod faults;
mod generated;
#[cfg(unix)]
mod killed;
