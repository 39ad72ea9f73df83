//! `thread schema`.

pub mod schemas;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::commands::shared::args::GlobalArgs;
use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;
use crate::environment::Environment;

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

/// Runs `thread schema`. In a workspace, levels are those of its ladder; elsewhere, any string.
pub fn run(shared: &GlobalArgs, environment: &Environment, args: &SchemaArgs) -> Output {
    let Some(name) = &args.name else {
        let names = schemas::names().map(|name| format!("{name}\n"));
        return Output::new(names.collect(), String::new(), Exit::Success);
    };
    let inside = Session::new(shared, environment).ok();
    let workspace = inside.and_then(|session| session.workspace().ok());
    let configuration = workspace.map(|workspace| workspace.configuration.clone());
    // The command line takes no other name.
    let text = schemas::named(name, configuration.as_ref()).unwrap_or_default();
    Output { exact: true, ..Output::new(text, String::new(), Exit::Success) }
}
