//! Writes a made-up workspace: `cargo run --release --example generate -- S|M|L|WATCHED DIR [SEED]`.
//!
//! With `--arrivals` it writes a hundredth as many catalogs more into a workspace that it wrote
//! before, each with one item for some thread.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a person")]

mod workspace;

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use workspace::{Plan, Size};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, words): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).partition(|argument| argument.starts_with("--"));
    let seed = words.get(2).map_or(Some(1), |word| word.parse().ok());
    let (Some(size), Some(directory), Some(seed), [] | ["--arrivals"]) =
        (words.first().and_then(|word| Size::named(word)), words.get(1), seed, &flags[..])
    else {
        eprintln!("usage: generate S|M|L|WATCHED DIR [SEED] [--arrivals]");
        return ExitCode::from(2);
    };
    match write(Path::new(directory), &Plan::new(size, seed), !flags.is_empty()) {
        Ok(files) => {
            println!("{files} files in {directory}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {directory}: {error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "files that nobody has yet")]
fn write(directory: &Path, plan: &Plan, arrivals: bool) -> io::Result<usize> {
    let mut written = 0;
    let mut write = |file: workspace::File| {
        written += 1;
        let path = directory.join(file.path);
        fs::create_dir_all(path.parent().unwrap_or(directory))?;
        fs::write(path, file.bytes)
    };
    if arrivals {
        plan.arrivals().try_for_each(&mut write)?;
    } else {
        plan.files().try_for_each(&mut write)?;
    }
    Ok(written)
}
