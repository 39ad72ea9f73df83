//! The rules, one file each, and the lists of them. No rule reads the clock.

pub mod ambiguous_item;
pub mod control_character;
pub mod count_in_prose;
pub mod date_revised;
pub mod draft_anchors;
pub mod draft_before_ripe;
pub mod draft_state;
pub mod duplicate_evidence;
pub mod evidence_without_date;
pub mod idle_tag_rule;
pub mod level_differs_from_log;
pub mod log_level_unknown;
pub mod log_order;
pub mod missing_catalog;
pub mod missing_draft;
pub mod missing_title;
pub mod misspelt_field;
pub mod mixed_line_endings;
pub mod nested_evidence;
pub mod quoted_trigger_missing;
pub mod same_title;
pub mod set_never_matched;
pub mod tag_nobody_asks;
pub mod unclear_read_state;
pub mod unknown_item;
pub mod unknown_person;
pub mod unknown_trigger;
pub mod unmapped_items;
pub mod unportable_name;
pub mod verdict_on_unread;
pub mod verdict_undeclared;
pub mod verdict_without_consequence;
pub mod watch_done;

use std::collections::HashSet;

use crate::evaluate::{CatalogIndex, ThreadItems};
use crate::model::Diagnostic;
use crate::parse::ThreadFile;
use crate::workspace::Workspace;

/// The input of a rule.
pub struct RuleContext<'w> {
    /// The whole workspace.
    pub workspace: &'w Workspace,
    /// Its catalogs.
    pub index: &'w CatalogIndex<'w>,
    /// The names of the catalogs, and of the files that something is wrong with.
    pub file_names: HashSet<&'w str>,
}

impl<'w> RuleContext<'w> {
    /// Collects the data of a workspace that rules need.
    pub fn new(workspace: &'w Workspace, index: &'w CatalogIndex<'w>) -> Self {
        let catalogs = workspace.catalogs.iter().map(|catalog| &catalog.path);
        let doubtful = workspace.diagnostics.iter().map(|finding| &finding.path);
        let names = catalogs.chain(doubtful).filter_map(|path| path.rsplit('/').next());
        Self { workspace, index, file_names: names.collect() }
    }
}

/// A rule on one thread: adds its findings to the list.
pub type ThreadRule = fn(&ThreadFile, &RuleContext<'_>, &mut Vec<Diagnostic>);

/// The rules that look at one thread in its workspace.
pub const THREAD_RULES: [ThreadRule; 18] = [
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

/// A rule on the items of one thread: adds its findings to the list.
pub type ItemRule = fn(&ThreadFile, &ThreadItems, &RuleContext<'_>, &mut Vec<Diagnostic>);

/// The rules that look at the items that a thread ever had.
pub const ITEM_RULES: [ItemRule; 9] = [
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
