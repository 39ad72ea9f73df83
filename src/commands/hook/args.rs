//! `thread hook` as typed.

use clap::{Args, Subcommand};

/// Arguments of `hook`.
#[derive(Debug, Clone, Args)]
pub struct HookArgs {
    /// What to do
    #[command(subcommand)]
    pub command: HookCommand,
}

/// The commands on hooks.
#[derive(Debug, Clone, Subcommand)]
pub enum HookCommand {
    /// Write a plain git hook that checks what is about to be committed, and let git merge threads by
    /// meaning
    Install(HookInstallArgs),
}

/// Arguments of `hook install`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Merging needs `thread merge` in the configuration of this clone, and two lines of
.gitattributes next to thread.yaml, which all clones share. git never copies the
configuration: run the command once in each clone.

The hook and the configuration have the absolute path of this program. Run the
command again when the program has moved: it replaces what it wrote before, and
needs --force only for a hook of your own. It writes through no link that leads
out of the repository.")]
pub struct HookInstallArgs {
    /// Replace a pre-commit hook that is there
    #[arg(long)]
    pub force: bool,
    /// Set up merging alone, where pre-commit or prek judge what is committed
    #[arg(long, conflicts_with = "force")]
    pub merge_only: bool,
}
