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
    /// Write a plain git hook that checks what is about to be committed
    Install(HookInstallArgs),
}

/// Arguments of `hook install`.
#[derive(Debug, Clone, Args)]
pub struct HookInstallArgs {
    /// Replace a pre-commit hook that is there
    #[arg(long)]
    pub force: bool,
}
