//! The picture of a terminal in the README, `docs/status.svg`: the output of `thread status` on the
//! threads of this repository. `UPDATE_CONSOLE=1 cargo test picture` draws it again.

use std::fs;
use std::process::Command;

use anstyle::RgbColor;
use anstyle_svg::{Term, WIN10_CONSOLE};

use crate::support::root;

const PICTURE: &str = "docs/status.svg";
const FOREGROUND: RgbColor = RgbColor(0xd4, 0xd4, 0xd4);
const BACKGROUND: RgbColor = RgbColor(0x1f, 0x23, 0x28);

#[test]
#[expect(clippy::disallowed_methods, reason = "the picture is drawn again on request")]
fn picture_of_status_shows_what_the_program_prints() {
    let path = root().join(PICTURE);
    let drawn = draw(&format!("$ thread status\n{}", status()));
    if std::env::var_os("UPDATE_CONSOLE").is_some() {
        fs::write(&path, &drawn).expect("the picture can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(&found, &drawn);
    let diff = diff.unified_diff().header(PICTURE, "thread status").to_string();
    assert!(diff.is_empty(), "{diff}\nhelp: `UPDATE_CONSOLE=1 cargo test picture` draws it again");
}

/// Output of `thread status` on the threads of this repository, with colors.
fn status() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thread"))
        .args(["status", "--today", "2026-11-23", "--color", "always"])
        .current_dir(root())
        .env_clear()
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// Draws text with escape sequences as a terminal in SVG.
fn draw(text: &str) -> String {
    let terminal =
        Term::new().palette(WIN10_CONSOLE).fg_color(FOREGROUND.into()).bg_color(BACKGROUND.into());
    terminal.render_svg(text.trim_end())
}
