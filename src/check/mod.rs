//! The rules of `check` beyond the grammar: contradictions between parts of a workspace. Each rule
//! is a file, and no rule reads a clock.

pub mod fix;
pub mod ignores;
pub mod rules;

use rayon::prelude::*;

use crate::evaluate::{CatalogIndex, ThreadItems};
use crate::model::{Date, Diagnostic, RuleLevels};
use crate::parse::ThreadFile;
use crate::text::Document;
use crate::workspace;
use crate::workspace::{CONFIGURATION, Workspace};

/// All findings of a workspace, sorted, by the stances that its thread.yaml takes.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    check_by(workspace, &RuleLevels::default())
}

/// Returns all findings of a workspace, sorted: those of parsing and those of the rules.
/// `rule_levels` override the levels of thread.yaml.
pub fn check_by(workspace: &Workspace, rule_levels: &RuleLevels) -> Vec<Diagnostic> {
    check_files(workspace, rule_levels, &[])
}

/// Like [`check_by`], for the files with these paths; for all files if there are none. References
/// are resolved in the whole workspace. Errors of thread.yaml are always included.
pub fn check_files(
    workspace: &Workspace,
    rule_levels: &RuleLevels,
    paths: &[String],
) -> Vec<Diagnostic> {
    let is_asked_for = |path: &str| paths.is_empty() || paths.iter().any(|asked| asked == path);
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let scene = rules::RuleContext::new(workspace, &index);
    let mut found = workspace.diagnostics.clone();
    // Rules about items of catalogs look at all threads.
    let with_catalogs = workspace.catalogs.iter().any(|catalog| is_asked_for(&catalog.path));
    let threads = workspace.threads.par_iter();
    let threads = threads.filter(|file| with_catalogs || is_asked_for(&file.document.path));
    let checked: Vec<_> = threads.map(|file| check_thread(file, &scene)).collect();
    let mut taken = foldhash::HashSet::default();
    for (findings, records) in checked {
        found.extend(findings);
        taken.extend(records);
    }
    if with_catalogs {
        rules::unmapped_items::check(&scene, &taken, &mut found);
    }
    rules::unportable_name::check(workspace, &mut found);
    rules::idle_tag_rule::check(&scene, &mut found);
    rules::tag_nobody_asks::check(&scene, &mut found);
    found.retain(|finding| is_asked_for(&finding.path) || concerns_every_file(finding));
    let documents: Vec<&Document> =
        workspace.documents().filter(|document| is_asked_for(&document.path)).collect();
    found.par_extend(documents.par_iter().flat_map_iter(|document| {
        let mut found = Vec::new();
        rules::control_character::check(document, &mut found);
        rules::mixed_line_endings::check(document, &mut found);
        found
    }));
    ignores::apply(&documents, &mut found);
    let rule_levels = rule_levels.or(&workspace.configuration.rule_levels);
    found.retain_mut(|finding| match rule_levels.severity(finding.rule) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    workspace::sort_findings(&mut found);
    found
}

/// Returns whether a finding is an error of thread.yaml, without which no file can be evaluated.
pub fn concerns_every_file(finding: &Diagnostic) -> bool {
    finding.path == CONFIGURATION && finding.is_error()
}

/// The findings of one thread, and the records of all items that it ever had.
fn check_thread(
    file: &ThreadFile,
    scene: &rules::RuleContext<'_>,
) -> (Vec<Diagnostic>, Vec<usize>) {
    let mut found = Vec::new();
    for rule in rules::THREAD_RULES {
        rule(file, scene, &mut found);
    }
    let configuration = &scene.workspace.configuration;
    let items = ThreadItems::new(&file.thread, scene.index, configuration, Date::MAX);
    for rule in rules::ITEM_RULES {
        rule(file, &items, scene, &mut found);
    }
    (found, items.records.into_iter().collect())
}
