//! Every option is in a case, and every option newer than version 0.1.0 in the CHANGELOG.
//!
//! `tests/options-0.1.0.txt` lists the commands and options of version 0.1.0, which must stay.

use std::collections::BTreeSet;
use std::fs;

use crate::support::console::{Typed, typed_commands};
use crate::support::root;
use crate::support::scratch::Scratch;

const RELEASED: &str = "tests/options-0.1.0.txt";
const CHANGELOG: &str = "CHANGELOG.md";
/// Options of every program; the tests of `cli::output` run them.
const COMMON: [&str; 2] = ["--help", "--version"];

/// A command with its own options, as its help lists them.
#[derive(Debug)]
struct Command {
    /// Its name, such as `catalog add`; empty for the options that all commands have.
    name: String,
    options: Vec<Opt>,
}

/// An option; options of two commands with the same description are the same option.
#[derive(Debug, PartialEq, Eq)]
struct Opt {
    long: String,
    short: Option<String>,
    description: String,
}

impl Command {
    /// Reads the help of a command and of its subcommands.
    fn read_all(name: &str, commands: &mut Vec<Self>) {
        let arguments: Vec<&str> = name.split_whitespace().chain(["--help"]).collect();
        let help = Scratch::new().run(&arguments).stdout;
        let global: Vec<&str> =
            commands.first().into_iter().flat_map(|all| &all.options).map(|o| &*o.long).collect();
        let options = options(&help).into_iter().filter(|option| !global.contains(&&*option.long));
        let options = options.filter(|option| !COMMON.contains(&&*option.long)).collect();
        commands.push(Self { name: name.to_string(), options });
        for subcommand in subcommands(&help) {
            Self::read_all(format!("{name} {subcommand}").trim(), commands);
        }
    }

    fn line(&self, option: &Opt) -> String {
        format!("thread {} {}", self.name, option.long).replace("  ", " ")
    }

    /// A document that a case of the command belongs to: one that types it already, if there is
    /// any.
    fn document(&self, typed: &[Typed]) -> String {
        let name = self.name.split_whitespace().next().unwrap_or("workspace");
        let path = format!("tests/cases/{name}.md");
        let mut users = typed.iter().filter(|typed| self.is_named(typed));
        if root().join(&path).exists() {
            return path;
        }
        users.next().map_or(path, |typed| typed.document.clone())
    }

    /// Returns whether a typed command is this one.
    fn is_named(&self, typed: &Typed) -> bool {
        let is_typed = |name: &str| typed.words.iter().any(|word| word == name);
        typed.words.first().is_some_and(|word| word == "thread")
            && self.name.split_whitespace().all(is_typed)
    }

    /// Returns whether a typed command is this one with an option.
    fn is_typed(&self, option: &Opt, typed: &Typed) -> bool {
        let is_option = |word: &String| {
            let long = word.split('=').next().unwrap_or(word);
            long == option.long || option.short.as_ref() == Some(word)
        };
        self.is_named(typed) && typed.words.iter().any(is_option)
    }
}

fn commands() -> Vec<Command> {
    let mut commands = Vec::new();
    Command::read_all("", &mut commands);
    commands
}

/// The options of a help text, which begin at lines such as `  -n, --dry-run`.
fn options(help: &str) -> Vec<Opt> {
    let mut options: Vec<Opt> = Vec::new();
    let lines = help.lines().skip_while(|line| *line != "Options:").skip(1);
    for line in lines.take_while(|line| line.is_empty() || line.starts_with(' ')) {
        let mut words = line.split_whitespace().peekable();
        let short = words.next_if(|word| word.starts_with('-') && word.ends_with(','));
        let long = words.next().filter(|word| word.starts_with("--"));
        match (long, options.last_mut()) {
            (Some(long), _) => options.push(Opt {
                long: long.split(['[', '=']).next().unwrap_or(long).to_string(),
                short: short.map(|short| short.trim_end_matches(',').to_string()),
                description: String::new(),
            }),
            (None, Some(option)) => option.description.push_str(line.trim()),
            (None, None) => {}
        }
    }
    options
}

/// The names of the commands that a help text lists.
pub fn subcommands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !["", "help"].contains(name)).collect()
}

#[test]
fn options_are_all_in_a_case() {
    let (commands, typed) = (commands(), typed_commands());
    let is_in_a_case = |option: &Opt| {
        commands
            .iter()
            .filter(|command| command.options.contains(option))
            .any(|command| typed.iter().any(|typed| command.is_typed(option, typed)))
    };
    let mut missing = Vec::new();
    let mut named: Vec<&Opt> = Vec::new();
    for command in &commands {
        for option in command.options.iter().filter(|option| !is_in_a_case(option)) {
            // An option that several commands have is named once.
            if !named.contains(&option) {
                let document = command.document(&typed);
                missing.push(format!("{document}: add a case with `{}`", command.line(option)));
                named.push(option);
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

/// Commands and options, one a line: `thread scan`, `thread scan --quiet`.
fn lines(commands: &[Command]) -> BTreeSet<String> {
    let names = commands.iter().map(|command| format!("thread {}", command.name));
    let names = names.map(|line| line.trim().to_string());
    let options = commands
        .iter()
        .flat_map(|command| command.options.iter().map(|option| command.line(option)));
    names.chain(options).collect()
}

fn released() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(RELEASED)).expect("a list");
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_string).collect()
}

/// Returns whether the program accepts a command with an option that no help lists, with a value or
/// without.
fn is_hidden(line: &str) -> bool {
    ["", "=2026-01-01"].iter().any(|value| {
        let line = format!("{line}{value} --help");
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        Scratch::new().run(&arguments).code == Some(0)
    })
}

#[test]
fn options_of_version_0_1_0_still_exist() {
    let known = lines(&commands());
    let gone: Vec<String> = released()
        .difference(&known)
        .filter(|line| !is_hidden(line))
        .map(|line| format!("{RELEASED}: `{line}` no longer exists; keep it as an alias"))
        .collect();
    assert!(gone.is_empty(), "\n{}\n", gone.join("\n"));
}

#[test]
fn options_newer_than_version_0_1_0_are_in_the_changelog() {
    let text = fs::read_to_string(root().join(CHANGELOG)).expect("the CHANGELOG");
    let entries: Vec<&str> = text.split("\n- ").collect();
    let released = released();
    let is_named = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        entries.iter().any(|entry| {
            let quoted: Vec<&str> = entry.split('`').skip(1).step_by(2).collect();
            let has = |word: &&str| quoted.iter().any(|q| q.split_whitespace().any(|w| w == *word));
            words.iter().all(has)
        })
    };
    let is_new_command = |line: &str| {
        let command = line.split(" --").next().unwrap_or(line);
        command != line && !released.contains(command)
    };
    let new = lines(&commands()).into_iter().filter(|line| !released.contains(line));
    let unnamed = new.filter(|line| !is_new_command(line) && !is_named(line));
    let unnamed: Vec<String> =
        unnamed.map(|line| format!("{CHANGELOG}: mention `{line}` in an entry")).collect();
    assert!(unnamed.is_empty(), "\n{}\n", unnamed.join("\n"));
}
