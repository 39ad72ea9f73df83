//! Commands that ask questions, in a pseudo terminal.

use rexpect::session::{PtySession, spawn_command};

use crate::support::scratch::Scratch;

/// Moves the cursor of a list one line down.
const DOWN: &str = "\x1b[B";

/// The longest wait for a question, in milliseconds.
const PATIENCE: u64 = 20_000;

/// Starts a command of the program in a pseudo terminal.
fn start(scratch: &Scratch, arguments: &[&str]) -> PtySession {
    let mut command = scratch.command(arguments);
    command.env("TERM", "xterm").env("COLUMNS", "80");
    spawn_command(command, Some(PATIENCE)).expect("a pseudo terminal")
}

/// Waits for a question and sends the answer.
fn answer(session: &mut PtySession, question: &str, answer: &str) {
    session.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
    session.send(answer).expect("the terminal is open");
    session.flush().expect("the terminal is open");
}

fn workspace() -> Scratch {
    let thread = |title: &str| {
        format!(
            "---\nripeness: {{level: low, since: 2026-01-01}}\n---\n\n# {title}\n\n## Evidence\n"
        )
    };
    let catalog = "\
- [Power from slow tides](https://lab.example/1) (2026-11-20) [tags:: sea]
- [A storm](https://lab.example/2) (2026-11-20)
- [A calm](https://lab.example/3) (2026-11-20)
";
    Scratch::new()
        .with("threads/tides.md", thread("Power from tides"))
        .with("threads/wind.md", thread("Wind"))
        .with(CATALOG, catalog)
}

const CATALOG: &str = "backlogs/2026-11-23-lab-backlog.md";

#[test]
fn map_interactive_writes_the_answers_at_the_end() {
    let scratch = workspace();
    let mut session = start(&scratch, &["map", "--interactive"]);
    answer(&mut session, "1 of 3: Power from slow tides", "\r");
    answer(&mut session, "2 of 3: A storm", "\r");
    answer(&mut session, "Which thread?", &format!("{DOWN}\r"));
    answer(&mut session, "3 of 3: A calm", &format!("{DOWN}\r"));
    session.exp_eof().expect("the program ends");
    let catalog = scratch.text(CATALOG);
    let expected = "\
- [Power from slow tides](https://lab.example/1) (2026-11-20) [tags:: sea] [thread:: tides]
- [A storm](https://lab.example/2) (2026-11-20) [thread:: wind]
- [A calm](https://lab.example/3) (2026-11-20)
";
    assert_eq!(catalog, expected);
}

#[test]
fn map_interactive_that_is_interrupted_writes_nothing() {
    let scratch = workspace();
    let before = scratch.text(CATALOG);
    let mut session = start(&scratch, &["map", "--interactive"]);
    answer(&mut session, "1 of 3: Power from slow tides", "\r");
    answer(&mut session, "2 of 3: A storm", "\x03");
    session.exp_eof().expect("the program ends");
    assert_eq!(scratch.text(CATALOG), before);
}

#[test]
fn trigger_add_without_a_condition_asks_for_it() {
    let scratch = workspace();
    let mut session = start(&scratch, &["trigger", "add", "tides"]);
    answer(&mut session, "The thread moves when", "\r");
    answer(&mut session, "Which items count?", "\r");
    answer(&mut session, "Which one?", "\r");
    answer(&mut session, "How many items are needed?", "3\r");
    answer(&mut session, "Raise the thread to", "\r");
    answer(&mut session, "Why?", "a third one landed\r");
    session.exp_eof().expect("the program ends");
    let thread = scratch.text("threads/tides.md");
    for line in ["at-least: 3", "a third one landed", "raise-to: ripe", "tag: sea"] {
        assert!(thread.contains(line), "{line}:\n{thread}");
    }
}

/// A workspace with a fake pager, which writes its input to `paged.txt`.
fn with_pager() -> Scratch {
    let scratch =
        workspace().with("pager.sh", "#!/bin/sh\necho \"$@\" > paged.txt\ncat >> paged.txt\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(scratch.path("pager.sh"), mode).expect("a script");
    scratch
}

/// Runs a command in a pseudo terminal of a height and returns the input of the pager, if it ran.
fn paged(arguments: &[&str], height: &str, variables: &[(&str, &str)]) -> Option<String> {
    let scratch = with_pager();
    let mut command = scratch.command(arguments);
    command.env("TERM", "xterm").env("PATH", "/usr/bin:/bin").env("LINES", height);
    command.env("THREAD_PAGER", "./pager.sh 'two words'").envs(variables.iter().copied());
    let mut session = spawn_command(command, Some(PATIENCE)).expect("a pseudo terminal");
    session.exp_eof().expect("the program ends");
    scratch.path("paged.txt").is_file().then(|| scratch.text("paged.txt"))
}

#[test]
fn pager_shows_output_that_is_longer_than_the_screen() {
    let shown = paged(&["show", "tides"], "2", &[]).expect("the pager is called");
    assert!(shown.starts_with("two words\n") && shown.contains("Power from tides"), "{shown}");
    let help = paged(&["--help"], "5", &[]).expect("the pager is called");
    assert!(help.contains("Usage:"), "{help}");
}

#[test]
fn pager_is_not_called_for_short_output_and_if_the_user_wants_none() {
    assert_eq!(paged(&["show", "tides"], "200", &[]), None);
    assert_eq!(paged(&["show", "tides", "--no-pager"], "2", &[]), None);
    assert_eq!(paged(&["show", "tides", "--json"], "2", &[]), None);
    assert_eq!(paged(&["show", "tides"], "2", &[("THREAD_PAGER", "cat")]), None);
    assert_eq!(paged(&["status"], "2", &[]), None);
}

#[test]
fn pager_that_does_not_start_leaves_the_output_on_the_terminal() {
    let scratch = workspace();
    let mut command = scratch.command(&["show", "tides"]);
    command.env("LINES", "2").env("THREAD_PAGER", "/nowhere/pager");
    let mut session = spawn_command(command, Some(PATIENCE)).expect("a pseudo terminal");
    session.exp_string("Power from tides").expect("the output");
}
