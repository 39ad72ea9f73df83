//! `thread schema`

use super::args::SchemaArgs;
use super::schemas;
use crate::commands::shared::global_args::GlobalArgs;
use crate::environment::Environment;

use crate::commands::shared::output::{Exit, Output};
use crate::commands::shared::session::Session;

/// Outside a workspace nothing is known of levels; inside they are those of its ladder.
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
