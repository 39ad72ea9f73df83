//! What `check` asks beyond the grammar: contradictions between the parts of a workspace. One rule
//! a file, one list of all; no rule reads a clock.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::evaluate::{Archive, Universe};
use crate::model::{Date, Diagnostic, Stances};
use crate::parse::ThreadFile;
use crate::text::Document;
use crate::workspace::{self, CONFIGURATION, Workspace};

mod ambiguous_item;
mod control_character;
mod count_in_prose;
mod date_revised;
mod draft_anchors;
mod draft_before_ripe;
mod draft_state;
mod duplicate_evidence;
mod evidence_without_date;
mod ignores;
pub mod level_differs_from_log;
mod log_level_unknown;
mod log_order;
mod missing_catalog;
mod missing_draft;
mod missing_title;
mod misspelt_field;
mod mixed_line_endings;
mod nested_evidence;
mod quoted_trigger_missing;
mod same_title;
mod set_never_matched;
mod unclear_read_state;
mod unknown_item;
mod unknown_person;
mod unknown_trigger;
mod unmapped_items;
mod verdict_on_unread;
mod verdict_undeclared;
mod verdict_without_consequence;
mod watch_done;

/// What a rule sees.
pub struct Scene<'w> {
    /// The whole workspace.
    pub workspace: &'w Workspace,
    /// Its catalogs.
    pub archive: &'w Archive<'w>,
    /// The names of the catalogs, and of the files that something is wrong with.
    pub file_names: HashSet<&'w str>,
}

impl<'w> Scene<'w> {
    fn new(workspace: &'w Workspace, archive: &'w Archive<'w>) -> Self {
        let catalogs = workspace.catalogs.iter().map(|catalog| &catalog.path);
        let doubtful = workspace.diagnostics.iter().map(|finding| &finding.path);
        let names = catalogs.chain(doubtful).filter_map(|path| path.rsplit('/').next());
        Self { workspace, archive, file_names: names.collect() }
    }
}

type ThreadRule = fn(&ThreadFile, &Scene<'_>, &mut Vec<Diagnostic>);

/// The rules that look at one thread in its workspace.
const THREAD_RULES: [ThreadRule; 18] = [
    count_in_prose::check,
    draft_before_ripe::check,
    draft_state::check,
    evidence_without_date::check,
    level_differs_from_log::check,
    log_level_unknown::check,
    log_order::check,
    missing_catalog::check,
    missing_draft::check,
    missing_title::check,
    misspelt_field::check,
    nested_evidence::check,
    quoted_trigger_missing::check,
    unclear_read_state::check,
    unknown_person::check,
    unknown_trigger::check,
    verdict_on_unread::check,
    watch_done::check,
];

type ItemRule = fn(&ThreadFile, &Universe, &Scene<'_>, &mut Vec<Diagnostic>);

/// The rules that look at the items that a thread ever had.
const ITEM_RULES: [ItemRule; 9] = [
    ambiguous_item::check,
    date_revised::check,
    draft_anchors::check,
    duplicate_evidence::check,
    same_title::check,
    set_never_matched::check,
    unknown_item::check,
    verdict_undeclared::check,
    verdict_without_consequence::check,
];

/// All findings of a workspace, sorted, by the stances that its thread.yaml takes.
pub fn check(workspace: &Workspace) -> Vec<Diagnostic> {
    check_by(workspace, &Stances::default())
}

/// All findings of a workspace: those of reading it and those of the rules, sorted. `stances` have the
/// last word, before those of thread.yaml.
pub fn check_by(workspace: &Workspace, stances: &Stances) -> Vec<Diagnostic> {
    check_files(workspace, stances, &[])
}

/// The same, of the files with these paths; of all where none is given. What they say is judged in the
/// whole workspace. The errors of thread.yaml are always among them.
pub fn check_files(workspace: &Workspace, stances: &Stances, paths: &[String]) -> Vec<Diagnostic> {
    let is_asked_for = |path: &str| paths.is_empty() || paths.iter().any(|asked| asked == path);
    let archive = Archive::new(&workspace.catalogs, &workspace.configuration);
    let scene = Scene::new(workspace, &archive);
    let mut found = workspace.diagnostics.clone();
    // What a catalog lists is looked for in all threads.
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
        unmapped_items::check(&scene, &taken, &mut found);
    }
    found.retain(|finding| is_asked_for(&finding.path) || concerns_every_file(finding));
    let documents: Vec<&Document> =
        workspace.documents().filter(|document| is_asked_for(&document.path)).collect();
    found.par_extend(documents.par_iter().flat_map_iter(|document| {
        let mut found = Vec::new();
        control_character::check(document, &mut found);
        mixed_line_endings::check(document, &mut found);
        found
    }));
    ignores::apply(&documents, &mut found);
    let stances = stances.or(&workspace.configuration.stances);
    found.retain_mut(|finding| match stances.severity(finding.rule) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    workspace::sort(&mut found);
    found
}

/// Returns whether a finding is an error of thread.yaml, without which no file can be judged.
pub fn concerns_every_file(finding: &Diagnostic) -> bool {
    finding.path == CONFIGURATION && finding.is_error()
}

/// The findings of one thread, and the records of all items that it ever had.
fn check_thread(file: &ThreadFile, scene: &Scene<'_>) -> (Vec<Diagnostic>, Vec<usize>) {
    let mut found = Vec::new();
    for rule in THREAD_RULES {
        rule(file, scene, &mut found);
    }
    let configuration = &scene.workspace.configuration;
    let universe = Universe::new(&file.thread, scene.archive, configuration, Date::MAX);
    for rule in ITEM_RULES {
        rule(file, &universe, scene, &mut found);
    }
    (found, universe.items.into_iter().flat_map(|item| item.records).collect())
}
