//! `thread check --list-rules` and `--explain RULE`, which need no workspace.

use anyhow::{Result, bail};

use super::args::CheckArgs;
use super::rules_report::{RuleReport, RulesReport};
use super::rules_text;
use crate::commands::shared::json;
use crate::commands::shared::output::{Exit, Output};
use crate::model::Rule;
use crate::text::suggest::did_you_mean;

/// Lists all rules, or explains one.
///
/// # Errors
/// There is no rule of the name.
pub fn run(args: &CheckArgs, json: bool) -> Result<Output> {
    let stdout = match &args.explain {
        Some(name) => {
            let rule = RuleReport::new(named(name)?);
            if json { json::document(&rule) } else { rules_text::one(&rule) }
        }
        None => {
            let rules = RulesReport::new();
            if json { json::document(&rules) } else { rules_text::all(&rules) }
        }
    };
    Ok(Output::new(stdout, String::new(), Exit::Success))
}

/// Returns the rule of a name.
///
/// # Errors
/// There is no such rule.
pub fn named(name: &str) -> Result<Rule> {
    Rule::named(name).map_or_else(
        || {
            let names = Rule::ALL.iter().map(|rule| rule.name());
            let help = match did_you_mean(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`thread check --list-rules` lists them".to_string(),
            };
            bail!("there is no rule `{name}`\nhelp: {help}")
        },
        Ok,
    )
}
