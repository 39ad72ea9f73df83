//! `missing-title`: a thread that is called by its file name.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Fix, Rule, Safety};
use crate::parse::{ThreadFile, sections};
use crate::text::{Edit, Span};

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    if sections::find_title(&file.outline, &file.notation.sections).is_none() {
        let finding = Diagnostic::new(
            Rule::MissingTitle,
            &file.document.path,
            Span::at(file.parts.body.start),
            "this thread has no `# Title` heading",
        );
        let help =
            format!("begin the body with `# …`; until then, its title is `{}`", file.thread.title);
        found.push(finding.help(help).fix(heading(file)));
    }
}

/// Returns the fix that adds a heading made of the slug. A thread with a `title` key gets none,
/// because formatters would lower the level of every other heading.
fn heading(file: &ThreadFile) -> Option<Fix> {
    let words = file.thread.slug.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next()?.to_uppercase();
    let title: String = first.chain(letters).collect();
    let is_plain = title.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let is_section = file.notation.sections.kind_of(&title).is_some();
    if file.front_matter.get("title").is_some() || !is_plain || is_section {
        return None;
    }
    let at = file.parts.body.start;
    let mut lines = vec![String::new(), format!("# {title}")];
    let first_line = file.document.text[at..].lines().next().unwrap_or("");
    if !first_line.trim().is_empty() {
        lines.push(String::new());
    }
    let edit = Edit::NewLines { at, lines };
    Some(Fix::new(Safety::Unsafe, format!("begin the body with `# {title}`"), vec![edit]))
}
