//! The program that opens a URL.

use std::process::{Command, Stdio};

use crate::model::Error;

/// Opens a URL with `browser`, the value of `BROWSER`, else with the program of the system. The URL
/// is one argument, and no shell is involved.
///
/// # Errors
/// No program can be started.
pub(super) fn open(address: &str, browser: Option<&str>) -> Result<(), Error> {
    let programs: Vec<&str> = match browser {
        Some(browser) => browser.split(':').filter(|program| !program.is_empty()).collect(),
        None if cfg!(target_os = "macos") => vec!["open"],
        None if cfg!(windows) => vec!["explorer"],
        None => vec!["xdg-open"],
    };
    let start = |program: &&str| {
        let mut command = Command::new(program);
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().is_ok()
    };
    if programs.iter().any(start) {
        return Ok(());
    }
    let message = format!("{} cannot be started", programs.join(", "));
    Err(Error::request(message, "set `BROWSER` to a program, or use `--print`"))
}
