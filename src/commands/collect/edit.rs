//! The change of `collect add`.

use super::CollectAddArgs;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::commands::shared::matching::collected;
use crate::edit::Change;
use crate::model::Error;

/// Adds a selection to `collect`, and shows the catalog items that it brings in.
pub fn add(context: &EditContext<'_>, args: &CollectAddArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let selection = args.selection.selection(&context.workspace.configuration);
    let rewrite = context.rewrite(file, vec![Change::Collect(selection)])?;
    let details = collected(context, file, &rewrite);
    Ok(EditPlan { rewrites: vec![rewrite], details, ..EditPlan::default() })
}
