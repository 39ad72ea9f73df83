//! `thread schema`

use crate::cli::{SchemaArgs, Shared};
use crate::environment::Environment;
use crate::report::schema;

use super::{Exit, Output, Run};

/// Outside a workspace nothing is known of levels; inside they are those of its ladder.
pub(super) fn run(shared: &Shared, environment: &Environment, args: &SchemaArgs) -> Output {
    let Some(name) = &args.name else {
        let names = schema::names().map(|name| format!("{name}\n"));
        return Output::new(names.collect(), String::new(), Exit::Well);
    };
    let inside = Run::new(shared, environment).ok();
    let workspace = inside.and_then(|run| run.workspace().ok());
    let configuration = workspace.map(|workspace| workspace.configuration.clone());
    // The command line takes no other name.
    let text = schema::named(name, configuration.as_ref()).unwrap_or_default();
    Output { exact: true, ..Output::new(text, String::new(), Exit::Well) }
}
