//! Values of a workspace that a command line can name, for completion.

use std::collections::BTreeMap;

use crate::evaluate::{CatalogIndex, ThreadItems};
use crate::model::{Condition, Configuration, Date, Effect, Leaf, Rule};
use crate::parse::ThreadFile;
use crate::workspace::Workspace;

/// Values by the name of their argument, such as `THREAD`, each with a description.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompletionValues(BTreeMap<&'static str, BTreeMap<String, String>>);

impl CompletionValues {
    /// Returns the rules of `check`, which are known outside of a workspace.
    pub fn everywhere() -> Self {
        let mut known = Self::default();
        for rule in Rule::ALL {
            known.add("RULE", rule.name(), rule.summary());
        }
        known
    }

    /// Returns all values of a workspace. If `typed`, the arguments before the cursor, names a
    /// thread, then items, claims and verdicts are those of this thread.
    pub fn of(workspace: &Workspace, typed: &[String]) -> Self {
        let mut known = Self::everywhere();
        known.configuration(workspace);
        for slug in &workspace.slugs {
            known.add("THREAD", slug, "");
        }
        for file in &workspace.threads {
            known.add("THREAD", &file.thread.slug, &file.thread.title);
        }
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        let named = |file: &&ThreadFile| typed.contains(&file.thread.slug);
        match workspace.threads.iter().find(named) {
            Some(file) => known.thread(file, &index, &workspace.configuration),
            None => {
                for file in &workspace.threads {
                    known.thread(file, &index, &workspace.configuration);
                }
                for entry in index.all(Date::MAX) {
                    known.add("ITEM", index.id(&entry), entry.listed.item.name());
                }
            }
        }
        known
    }

    /// Returns the values of one kind. A shell inserts a completed value as it is, so values with
    /// characters that a shell interprets are left out.
    pub fn words(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        let words = self.0.get(kind).into_iter().flatten();
        words.map(|(word, what)| (word.as_str(), what.as_str()))
    }

    fn add(&mut self, kind: &'static str, word: &str, what: &str) {
        let is_plain = |c: char| c.is_alphanumeric() || "-_./:+@%".contains(c);
        if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
            self.0.entry(kind).or_default().insert(word.to_string(), what.to_string());
        }
    }

    fn configuration(&mut self, workspace: &Workspace) {
        let configuration = &workspace.configuration;
        for level in &configuration.ladder.0 {
            self.add("LEVEL", level, "");
        }
        for state in &configuration.draft_states {
            self.add("STATE", state, "");
        }
        for slug in configuration.sources.keys() {
            self.add("SOURCE", slug, configuration.source_name(slug));
        }
        for catalog in &workspace.catalogs {
            self.add("SOURCE", &catalog.source, configuration.source_name(&catalog.source));
        }
        for person in configuration.people.keys() {
            self.add("PERSON", person, "");
        }
    }

    fn thread(
        &mut self,
        file: &ThreadFile,
        index: &CatalogIndex<'_>,
        configuration: &Configuration,
    ) {
        let items = ThreadItems::new(&file.thread, index, configuration, Date::MAX);
        for item in items.with_dropped().filter(|item| !item.evidence.is_empty()) {
            self.add("ITEM", &item.id, &item.title);
        }
        for word in file.thread.verdicts.values().flatten() {
            self.add("VERDICT", &word.value, "");
        }
        for trigger in &file.thread.triggers {
            if matches!(trigger.effect, Effect::RaiseTo(_)) {
                self.add("TRIGGER", &trigger.id.value, &trigger.why);
            }
            self.claims(&trigger.when, &trigger.why);
        }
    }

    fn claims(&mut self, when: &Condition, why: &str) {
        for leaf in when.leaves() {
            if let Leaf::Attested { claim, .. } = leaf {
                self.add("CLAIM", &claim.value, why);
            }
        }
    }
}
