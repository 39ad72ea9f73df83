//! Applies fixes in rounds until none is left that may be applied.
//!
//! A round applies all fixes that do not touch each other and parses everything again. It is kept
//! only if it succeeded and did no harm: each finding it was for is gone, no readable file has
//! become unreadable, no file has more errors, no level has changed, and all bytes outside of the
//! edits are the same.

use std::collections::BTreeMap;

use crate::check;
use crate::edit::rewrite::Patched;
use crate::edit::verify::is_same_outside;
use crate::model::{Date, Diagnostic, Rule, RuleLevels, Safety};
use crate::text::{Document, Edit, Position, Span};
use crate::workspace::{CONFIGURATION, Documents, Workspace};

/// Errors after which nothing of a file is parsed, so that one of them hides all others.
const BARRIERS: [Rule; 4] =
    [Rule::NoFrontMatter, Rule::UnclosedFrontMatter, Rule::YamlSyntax, Rule::DuplicateKey];

/// A fix may uncover findings that another fix removes, but rarely in so many steps.
const ROUNDS: usize = 10;

/// Result of fixing a file.
#[derive(Debug)]
pub struct Fixed {
    /// Everything as it reads afterwards.
    pub workspace: Workspace,
    /// The remaining findings.
    pub findings: Vec<Diagnostic>,
    /// The files that changed.
    pub files: Vec<FixedFile>,
    /// The fixes that were made, in their order.
    pub made: Vec<AppliedFix>,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// As it was loaded.
    pub before: Document,
    /// Its new text.
    pub after: String,
}

/// One fix that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// The rule that was broken.
    pub rule: Rule,
    /// The file.
    pub path: String,
    /// The position of the finding in the text before the round.
    pub position: Position,
    /// The message of the finding.
    pub message: String,
    /// The title of the fix.
    pub title: String,
}

/// Applies all fixes of at most this safety class in the files for which `may_touch` is true.
///
/// While `thread.yaml` has errors, only `thread.yaml` is fixed, because other fixes depend on it.
pub fn fix(
    documents: Documents,
    daring: Safety,
    rule_levels: &RuleLevels,
    may_touch: &dyn Fn(&str) -> bool,
) -> Fixed {
    let loaded = documents.clone();
    let mut state = FixState::read(documents, rule_levels.clone());
    let mut made = Vec::new();
    for _ in 0..ROUNDS {
        let Some((next, done)) = state.round(&state.proposed(daring, may_touch)) else {
            break;
        };
        made.extend(done);
        state = next;
    }
    let changed = loaded.all().zip(state.documents.all()).filter(|(old, new)| old != new);
    let files = changed
        .map(|(old, new)| FixedFile { before: old.clone(), after: new.text.clone() })
        .collect();
    Fixed { files, made, workspace: state.workspace, findings: state.findings }
}

/// All files with their findings.
struct FixState {
    documents: Documents,
    workspace: Workspace,
    findings: Vec<Diagnostic>,
    /// Those of the command line.
    rule_levels: RuleLevels,
}

impl FixState {
    fn read(documents: Documents, rule_levels: RuleLevels) -> Self {
        let workspace = Workspace::read(documents.clone());
        let findings = check::check_by(&workspace, &rule_levels);
        Self { documents, workspace, findings, rule_levels }
    }

    /// The findings with a fix that may be made.
    fn proposed(&self, daring: Safety, may_touch: &dyn Fn(&str) -> bool) -> Vec<&Diagnostic> {
        let misconfigured = self.workspace.is_misconfigured();
        let may = |finding: &&Diagnostic| {
            finding.fix.as_ref().is_some_and(|fix| fix.safety <= daring)
                && may_touch(&finding.path)
                && (!misconfigured || finding.path == CONFIGURATION)
        };
        self.findings.iter().filter(may).collect()
    }

    /// Applies all proposed fixes together. If that does harm, applies them one by one, and keeps
    /// each one that does none.
    fn round(&self, proposed: &[&Diagnostic]) -> Option<(Self, Vec<AppliedFix>)> {
        self.with(proposed).or_else(|| {
            let mut kept: Vec<&Diagnostic> = Vec::new();
            let mut best = None;
            for finding in proposed {
                kept.push(finding);
                match self.with(&kept) {
                    Some(next) => best = Some(next),
                    None => drop(kept.pop()),
                }
            }
            best
        })
    }

    /// The files with the fixes of some findings made; of two that touch, the first. `None` where
    /// nothing was made or harm was done.
    fn with(&self, findings: &[&Diagnostic]) -> Option<(Self, Vec<AppliedFix>)> {
        let mut edits: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
        let mut taken: Vec<&Diagnostic> = Vec::new();
        for finding in findings {
            let fix = finding.fix.as_ref()?;
            let there = edits.entry(&finding.path).or_default();
            let touches = |edit: &Edit| there.iter().any(|other| touch(edit.span(), other.span()));
            if !fix.edits.is_empty() && !fix.edits.iter().any(touches) {
                there.extend(fix.edits.iter().cloned());
                taken.push(finding);
            }
        }
        if taken.is_empty() {
            return None;
        }
        let mut documents = self.documents.clone();
        for (path, edits) in edits {
            let document = documents.all_mut().find(|document| document.path == path)?;
            *document = Document::new(path, patched(document, edits)?);
        }
        let next = Self::read(documents, self.rule_levels.clone());
        next.is_better_than(self, &taken).then(|| (next, self.made(&taken)))
    }

    fn made(&self, taken: &[&Diagnostic]) -> Vec<AppliedFix> {
        let made = |finding: &&Diagnostic| {
            let document = self.workspace.document(&finding.path)?;
            Some(AppliedFix {
                rule: finding.rule,
                path: finding.path.clone(),
                position: document.position(finding.span.start),
                message: finding.message.clone(),
                title: finding.fix.as_ref()?.title.clone(),
            })
        };
        taken.iter().filter_map(made).collect()
    }

    /// Returns whether the fixes removed their findings and did no harm.
    fn is_better_than(&self, before: &Self, taken: &[&Diagnostic]) -> bool {
        let gone = taken.iter().all(|finding| {
            let subject = before.subject(finding);
            let made = taken.iter().filter(|other| before.subject(other) == subject).count();
            self.count_of(subject) + made <= before.count_of(subject)
        });
        let adds = |counts: fn(&Diagnostic) -> bool| {
            let (old, new) = (before.count(counts), self.count(counts));
            new.iter().any(|(path, number)| number > old.get(path).unwrap_or(&0))
        };
        let adds_errors = adds(Diagnostic::is_error) || adds(|f| BARRIERS.contains(&f.rule));
        let (old, new) = (before.readable(), self.readable());
        let keeps = |(path, core): (&&str, &Core)| new.get(path).is_some_and(|new| new == core);
        gone && !adds_errors && old.iter().all(keeps)
    }

    /// Returns the subject of a finding: its rule, the file, and the text at its position.
    fn subject<'s>(&'s self, finding: &'s Diagnostic) -> (Rule, &'s str, &'s str) {
        let document = self.workspace.document(&finding.path);
        let text = document.map_or("", |document| document.slice(finding.span));
        (finding.rule, &finding.path, text)
    }

    fn count_of(&self, subject: (Rule, &str, &str)) -> usize {
        self.findings.iter().filter(|finding| self.subject(finding) == subject).count()
    }

    /// Returns the number of such findings for each file.
    fn count(&self, is_such: fn(&Diagnostic) -> bool) -> BTreeMap<&str, usize> {
        let mut numbers = BTreeMap::new();
        for finding in self.findings.iter().filter(|finding| is_such(finding)) {
            *numbers.entry(finding.path.as_str()).or_insert(0) += 1;
        }
        numbers
    }

    /// Returns the readable files, with the properties that no fix may change.
    fn readable(&self) -> BTreeMap<&str, Core> {
        let threads = self.workspace.threads.iter().map(|file| {
            let thread = &file.thread;
            let level = Some((thread.ripeness.level.value.clone(), thread.ripeness.since));
            let evidence = thread.evidence.iter().map(|evidence| evidence.item.date);
            let log = thread.log.iter().map(|entry| Some(entry.date));
            (file.document.path.as_str(), Core { level, dates: evidence.chain(log).collect() })
        });
        let catalogs = self.workspace.catalogs.iter().map(|catalog| {
            let items = catalog.items.iter().map(|listed| listed.item.date);
            let dates = items.chain([Some(catalog.scanned)]).collect();
            (catalog.path.as_str(), Core { level: None, dates })
        });
        threads.chain(catalogs).collect()
    }
}

/// Properties of a readable file that no fix may change.
#[derive(PartialEq)]
struct Core {
    /// A thread's level, and since when.
    level: Option<(String, Option<Date>)>,
    /// Its dates, in their order.
    dates: Vec<Option<Date>>,
}

/// Returns whether two edits overlap or are adjacent.
fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The text with the edits made; `None` where they do not fit.
fn patched(document: &Document, edits: Vec<Edit>) -> Option<String> {
    let patched = Patched::new(document, edits).ok()?;
    is_same_outside(document, &patched).then_some(patched.after)
}
