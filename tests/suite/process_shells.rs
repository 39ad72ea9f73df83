//! Completions and the manual.

use std::process::Command;

use super::scratch::{self, Scratch};

#[test]
fn every_shell_gets_a_script_without_a_workspace() {
    let scratch = Scratch::new();
    for (shell, sign) in [
        ("bash", "complete -F _thread"),
        ("zsh", "#compdef thread"),
        ("fish", "complete -c thread"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let ran = scratch.run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(ran.stdout.contains(sign) && ran.stdout.contains("backtest"), "{shell}");
    }
    assert_eq!(scratch.run(&["completions", "dos"]).code, Some(2));
}

#[test]
fn bash_completes_a_command_and_an_option() {
    let scratch = Scratch::new();
    let script = scratch.run(&["completions", "bash"]).stdout;
    let scratch = scratch.with("thread.bash", script);
    let ask = |words: &str, at: usize| {
        let line = format!(
            "source thread.bash; COMP_WORDS=({words}); COMP_CWORD={at}; _thread thread \"${{COMP_WORDS[{at}]}}\" x; \
             echo \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", &line]).current_dir(scratch.path("."));
        scratch::run(&mut bash).stdout.trim().to_string()
    };
    assert_eq!(ask("thread back", 1), "backtest");
    assert_eq!(ask("thread scan --dry", 2), "--dry-run");
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let scratch = Scratch::new();
    assert!(scratch.run(&["man"]).stdout.contains(".TH thread 1"));
    for _ in 0..2 {
        assert_eq!(scratch.run(&["man", "pages"]).code, Some(0));
    }
    let files = scratch.files();
    for name in ["thread", "thread-scan", "thread-catalog-add", "thread-hook-install"] {
        let page = &files[&format!("pages/{name}.1")];
        assert!(String::from_utf8_lossy(page).contains("\n.SH DESCRIPTION\n"), "{name}");
    }
}
