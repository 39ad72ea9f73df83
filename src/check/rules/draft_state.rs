//! `unknown-draft-state`: a state that is not in `draft-states`.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule, Safety};
use crate::parse::ThreadFile;
use crate::parse::value_fix::correction;
use crate::text::suggest::unknown_name_help;

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let known = &scene.workspace.configuration.draft_states;
    for state in file.thread.drafts.iter().filter_map(|draft| draft.state.as_ref()) {
        if !known.contains(&state.value) {
            let message = format!("unknown draft state `{}`", state.value);
            let help =
                unknown_name_help("draft state", &state.value, known.iter().map(String::as_str));
            let finding =
                Diagnostic::new(Rule::UnknownDraftState, &file.document.path, state.span, message);
            let known = known.iter().map(String::as_str);
            let fix = correction(&file.document, Safety::Safe, state, known);
            found.push(finding.help(help).fix(fix));
        }
    }
}
