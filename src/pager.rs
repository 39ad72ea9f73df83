//! Shows long output in a pager.

use std::io;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::environment::Environment;

/// The pager without `THREAD_PAGER` and `PAGER`: it ends if one screen is enough, and keeps styles and
/// the screen.
const DEFAULT: &str = "less -FRX";

/// Returns the program that shows an output, with its arguments; `None` if the output fits on the
/// screen, is not for a terminal, or the user wants no pager (`cat` or an empty variable). The
/// variable is split into words as a shell does it, and nothing else of a shell is done.
pub fn command(environment: &Environment, output: &str) -> Option<Vec<String>> {
    let height = environment.height?;
    if output.lines().count() < height {
        return None;
    }
    let words = shell_words::split(environment.pager.as_deref().unwrap_or(DEFAULT)).ok()?;
    Some(words).filter(|words| words.first().is_some_and(|program| program != "cat"))
}

/// Shows a text in a pager and waits for its end. Returns `false` if the program does not start.
///
/// # Errors
/// The text cannot be passed, other than because the user left the pager.
pub fn show(words: &[String], text: &str) -> io::Result<bool> {
    let [program, arguments @ ..] = words else { return Ok(false) };
    let mut command = Command::new(program);
    let Ok(mut pager) = command.args(arguments).stdin(Stdio::piped()).spawn() else {
        return Ok(false);
    };
    let written = pager.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
    pager.wait()?;
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(true),
    }
}
