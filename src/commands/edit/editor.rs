//! The editor of the user.

use std::path::Path;
use std::process::Command;

use crate::model::Error;

/// Editors that show the line after `+`: `vi +12 FILE`.
const PLUS: [&str; 13] = [
    "vi",
    "vim",
    "nvim",
    "gvim",
    "view",
    "nano",
    "pico",
    "micro",
    "emacs",
    "emacsclient",
    "kak",
    "joe",
    "ne",
];

/// Editors that show the line after a colon: `hx FILE:12`.
const COLON: [&str; 6] = ["hx", "helix", "subl", "sublime_text", "zed", "mate"];

/// Editors that show the line with `--goto`: `code --goto FILE:12`.
const GOTO: [&str; 5] = ["code", "code-insiders", "codium", "vscodium", "cursor"];

/// Opens a file at a line in `editor`, the value of `VISUAL` or `EDITOR`, else in vi or Notepad, and
/// waits for its end.
///
/// # Errors
/// The value has no program or an open quote; the program cannot be started; it fails.
pub(super) fn open(editor: Option<&str>, path: &Path, line: usize) -> Result<(), Error> {
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let help = "set `EDITOR` to a program, such as `nano` or `code --wait`";
    let words = shell_words::split(editor.unwrap_or(usual))
        .map_err(|error| Error::request(format!("the editor cannot be read: {error}"), help))?;
    let [program, options @ ..] = words.as_slice() else {
        return Err(Error::request("the editor is an empty text", help));
    };
    let mut command = Command::new(program);
    command.args(options).args(arguments(program, path, line));
    let status = command.status().map_err(|error| {
        Error::request(format!("the editor `{program}` cannot be started: {error}"), help)
    })?;
    if status.success() {
        return Ok(());
    }
    let message = format!("the editor `{program}` failed ({status})");
    Err(Error::request(message, "`thread check` shows whether the file is in order"))
}

/// Returns the arguments that open a file at a line. An unknown editor opens it at its start.
fn arguments(program: &str, path: &Path, line: usize) -> Vec<String> {
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    let path = path.to_string_lossy().into_owned();
    match &*name {
        _ if line <= 1 => vec![path],
        name if PLUS.contains(&name) => vec![format!("+{line}"), path],
        name if COLON.contains(&name) => vec![format!("{path}:{line}")],
        name if GOTO.contains(&name) => vec!["--goto".into(), format!("{path}:{line}")],
        _ => vec![path],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_have_the_line_if_the_editor_is_known() {
        let of = |program: &str, line| arguments(program, Path::new("/w/x y.md"), line).join("|");
        assert_eq!(of("/usr/bin/nvim", 12), "+12|/w/x y.md");
        assert_eq!(of("hx", 12), "/w/x y.md:12");
        assert_eq!(of("code", 12), "--goto|/w/x y.md:12");
        assert_eq!(of("ed", 12), "/w/x y.md");
        assert_eq!(of("vi", 1), "/w/x y.md");
    }
}
