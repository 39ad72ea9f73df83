//! `thread schema` as typed.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::schemas;

/// Arguments of `schema`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
`front-matter` is that of a thread; inside a workspace it knows the levels of its ladder.
`thread.yaml` is the configuration. The others are the kinds of `--json` documents.")]
pub struct SchemaArgs {
    /// Which one; without it their names are listed
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(schemas::names()), hide_possible_values = true)]
    pub name: Option<String>,
}
