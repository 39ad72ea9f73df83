//! `completions`: scripts for shells, and the candidates that the program offers them.

use std::process::Command;

use crate::support::git::path_with_program;
use crate::support::scratch::{self, Scratch};

const THREAD: &str = "---
ripeness: {level: low}
verdicts: {lab/window: [shown, planned]}
triggers:
  - {id: t, why: w, raise-to: ripe, when: {attested: {claim: it-works}}}
  - {id: off, why: w, lower-to: low, when: {attested: {claim: it-works}}}
---
# Glass that looks back

## Evidence

### Lab

- [A window](https://lab.example/window) (2026-01-02)
- A trap (2026-01-03) [id:: lab/$(touch${IFS}trapped)]
";

const CATALOG: &str = "- [A door](https://lab.example/door) (2026-01-02)\n";

fn workspace() -> Scratch {
    Scratch::new()
        .with("thread.yaml", "people: {ines: person}\nladder: [low, ripe]\n")
        .with("threads/glass.md", THREAD)
        .with("threads/broken.md", "no front matter")
        .with("threads/a b.md", THREAD)
        .with("backlogs/2026-01-04-lab-backlog.md", CATALOG)
}

/// The completions of bash for the last of some words; options only if one is begun.
fn offered(scratch: &Scratch, words: &str) -> Vec<String> {
    let line = format!(
        "source <(thread completions bash); COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); \
         _clap_complete_thread thread \"${{COMP_WORDS[$COMP_CWORD]}}\" x; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", &line])
        .current_dir(scratch.path("."))
        .env("PATH", path_with_program());
    let ran = scratch::run(&mut bash);
    assert_eq!(ran.stderr, "", "{words}");
    let wants_option = words.contains(" --") && !words.ends_with('\'');
    let words = ran.stdout.lines().filter(|word| wants_option || !word.starts_with("--"));
    words.map(str::to_string).collect()
}

#[test]
fn completions_for_every_shell_need_no_workspace() {
    let scratch = Scratch::new();
    for (shell, sign) in [
        ("bash", "complete -o nospace -o bashdefault"),
        ("zsh", "#compdef thread"),
        ("fish", "complete --keep-order --exclusive --command thread"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer"),
    ] {
        let ran = scratch.run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(ran.stdout.contains(sign), "{shell}: {}", ran.stdout);
    }
    assert_eq!(scratch.run(&["completions", "dos"]).code, Some(2));
}

#[test]
fn completions_in_bash_offer_commands_options_and_names() {
    let scratch = workspace();
    for (words, expected) in [
        ("thread back", &["backtest"][..]),
        ("thread scan --dry", &["--dry-run"]),
        ("thread show g", &["glass"]),
        ("thread show ''", &["broken", "glass"]),
        ("thread read glass lab/", &["lab/window"]),
        ("thread read glass lab/window --verdict ''", &["planned", "shown"]),
        ("thread attest glass ''", &["it-works"]),
        ("thread attest glass it-works --by i", &["ines"]),
        ("thread promote glass ''", &["low", "ripe"]),
        ("thread hold glass --only ''", &["t"]),
        ("thread map lab/d", &["lab/door"]),
        ("thread map lab/door g", &["glass"]),
        ("thread check --explain missing-t", &["missing-title"]),
        ("thread check -D draft-on", &["draft-on-unread"]),
        ("thread schema front", &["front-matter"]),
    ] {
        assert_eq!(offered(&scratch, words), expected, "{words}");
    }
    assert!(!scratch.path("trapped").exists());
}

#[test]
fn completions_without_a_valid_workspace_offer_rules_and_print_no_error() {
    let scratch = Scratch::new();
    assert_eq!(offered(&scratch, "thread check --explain bad-du"), ["bad-duration"]);
    assert!(offered(&scratch, "thread show ''").is_empty());
    let scratch = Scratch::new().with("thread.yaml", "nonsense: [").with("threads/x.md", "\u{1b}");
    assert_eq!(offered(&scratch, "thread show ''"), ["x"]);
}

#[test]
fn completions_with_a_directory_option_use_its_workspace() {
    let scratch = workspace();
    let outside = Scratch::new();
    let directory = scratch.path(".");
    assert_eq!(
        offered(&outside, &format!("thread -C '{}' show g", directory.display())),
        ["glass"]
    );
}

#[test]
fn completions_in_fish_offer_names() {
    let line = "thread completions fish | source; complete -C 'thread show g'";
    says("fish", "--no-config", line, "glass\tGlass that looks back\n");
}

/// Its script in a real zsh; what shows the list there is replaced, because it wants a terminal.
#[test]
fn completions_in_zsh_offer_names() {
    let line = r#"compdef() { completer=$1 }; _describe() { print -rl -- ${(P)3} }
        eval "$(thread completions zsh)"; words=(thread show g); CURRENT=3; $completer"#;
    says("zsh", "-f", line, "glass:Glass that looks back\n");
}

/// The output of a shell without its own configuration for a line in the workspace.
fn says(shell: &str, bare: &str, line: &str, expected: &str) {
    let scratch = workspace();
    let mut command = Command::new(shell);
    command.args([bare, "-c", line]).current_dir(scratch.path("."));
    match command.env("PATH", path_with_program()).output() {
        Ok(ran) => assert_eq!(String::from_utf8_lossy(&ran.stdout), expected, "{ran:?}"),
        Err(_) => scratch::skipped(&format!("there is no {shell} on this machine")),
    }
}
