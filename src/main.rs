//! Entry point. Reads the environment, runs the command, prints its output.

use std::io;
use std::io::Write;
use std::process::ExitCode;

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use anyhow::anyhow;
use clap::Parser;
use clap::error::ErrorKind;
use thread_tracker::cli::Cli;
use thread_tracker::commands::shared::output::{Exit, Output, failed};
use thread_tracker::environment::{Environment, When};
use thread_tracker::{cli, environment, pager};

/// The allocator of static programs: that of musl has one lock for all threads.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A shell that requests completions expects nothing else on stdout.
    if let Ok(environment) = Environment::ask(ColorChoice::Never, When::Never)
        && let Some(words) = &environment.completing
    {
        let answered = cli::complete(&environment, words).is_ok();
        return if answered { ExitCode::SUCCESS } else { code(Exit::Error) };
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => return help(&error),
        Err(error) => {
            let _ = error.print();
            return if error.exit_code() == 0 { ExitCode::SUCCESS } else { code(Exit::Error) };
        }
    };
    let color = match cli.global.color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    };
    let environment = Environment::ask(color, cli.global.hyperlinks);
    let output = environment.as_ref().map_err(|error| anyhow!("{error:#}"));
    let output = output.and_then(|environment| cli::run(cli, environment));
    let output = output.unwrap_or_else(|error| failed(&error));
    match tell(&output, color, environment.as_ref().ok()) {
        Ok(()) => code(output.exit),
        // A broken pipe means that the reader quit early, which is not an error.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: the output cannot be written: {error}");
            code(Exit::Error)
        }
    }
}

/// Prints a help text.
fn help(text: &clap::Error) -> ExitCode {
    let environment = Environment::ask(ColorChoice::Auto, When::Never).ok();
    let paged = !environment::words().any(|word| word == "--no-pager");
    let output = Output::new(text.render().ansi().to_string(), String::new(), Exit::Success);
    // A broken pipe means that the reader quit early.
    let _ = tell(&Output { paged, ..output }, ColorChoice::Auto, environment.as_ref());
    ExitCode::SUCCESS
}

/// Returns the exit code of the process. git takes any code up to 128 of a merge driver for a
/// result.
fn code(exit: Exit) -> ExitCode {
    match exit {
        Exit::Error if Cli::is_merge(environment::words()) => ExitCode::from(NOT_MERGED),
        exit => ExitCode::from(exit as u8),
    }
}

/// Exit code of `thread merge` if it could not merge.
const NOT_MERGED: u8 = 255;

fn tell(output: &Output, color: ColorChoice, environment: Option<&Environment>) -> io::Result<()> {
    // stdout is written even if stderr cannot be.
    let mut stderr = AutoStream::new(io::stderr(), color);
    let _ = stderr.write_all(output.stderr.as_bytes()).and_then(|()| stderr.flush());
    if output.paged
        && let Some(environment) = environment
        && let Some(words) = pager::command(environment, &output.stdout)
    {
        let is_raw = output.exact || environment.styled;
        let plain = (!is_raw).then(|| strip_str(&output.stdout).to_string());
        if pager::show(&words, plain.as_deref().unwrap_or(&output.stdout))? {
            return Ok(());
        }
    }
    let styles = if output.exact { ColorChoice::AlwaysAnsi } else { color };
    let mut stdout = AutoStream::new(io::stdout(), styles);
    stdout.write_all(output.stdout.as_bytes())?;
    stdout.flush()
}
