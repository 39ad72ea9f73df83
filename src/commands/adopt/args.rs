//! `thread adopt` as typed.

use std::path::PathBuf;

use clap::Args;

use crate::commands::shared::writing_args::WritingArgs;

/// Arguments of `adopt`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Every word of the note is kept. Where copying has taken the marks away (headings as bare lines,
bullets as •), they are put back; level, days, tags and triggers are taken from the prose. What was
understood and what was not is printed with its line.

A note elsewhere is left as it is, and the thread is a new file. A note that lies among the threads
already becomes the thread itself.")]
pub struct AdoptArgs {
    /// The note: markdown or plain text
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name of the thread's file, without `.md`; without it made from the note's
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    #[command(flatten)]
    /// How it writes
    pub writing: WritingArgs,
}
