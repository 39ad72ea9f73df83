//! The change of `set add`.

use super::SetAddArgs;
use crate::commands::shared::edit::context::EditContext;
use crate::commands::shared::edit::plan::EditPlan;
use crate::commands::shared::matching::matching;
use crate::edit::Change;
use crate::model::Error;
use crate::model::slug::slug_of;

/// Adds a set, and shows the items that it has.
pub fn add(context: &EditContext<'_>, args: &SetAddArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    if args.name.is_empty() || args.name != slug_of(&args.name) {
        let message = format!("`{}` cannot be the name of a set", args.name);
        let help = format!("write it in lower case, such as `{}`", slug_of(&args.name));
        return Err(Error::request(message, help));
    }
    if file.thread.sets.contains_key(&args.name) {
        let message = format!("`{}` already has a set `{}`", file.thread.slug, args.name);
        return Err(Error::request(message, "choose another name"));
    }
    let selection = args.selection.selection(&context.workspace.configuration);
    let details = matching(context, file, std::slice::from_ref(&selection));
    let change = Change::Set { name: args.name.clone(), selection };
    let rewrites = vec![context.rewrite(file, vec![change])?];
    Ok(EditPlan { rewrites, details, ..EditPlan::default() })
}
