//! `unknown-person`: an attestation by a person who is not in thread.yaml.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Rule, Safety};
use crate::parse::ThreadFile;
use crate::parse::value_fix::correction;
use crate::text::suggest::unknown_name_help;

pub(crate) fn check(file: &ThreadFile, scene: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    let people = &scene.workspace.configuration.people;
    if people.is_empty() {
        return;
    }
    let attests = file
        .thread
        .log
        .iter()
        .filter(|entry| entry.attested.is_some() || entry.withdrawn.is_some());
    for entry in attests {
        let names = people.keys().map(String::as_str);
        let (span, message, help) = match &entry.by {
            Some(by) if people.contains_key(&by.value) => continue,
            Some(by) => (
                by.span,
                format!("unknown person `{}`", by.value),
                unknown_name_help("person", &by.value, names),
            ),
            None => (
                entry.span,
                "the person who attests this is missing".to_string(),
                "add `[by:: NAME]`".to_string(),
            ),
        };
        let people = people.keys().map(String::as_str);
        let by = entry.by.as_ref();
        let fix = by.and_then(|by| correction(&file.document, Safety::Unsafe, by, people));
        let finding = Diagnostic::new(Rule::UnknownPerson, &file.document.path, span, message);
        found.push(finding.help(help).fix(fix));
    }
}
