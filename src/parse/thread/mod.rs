//! Threads: front matter and body to a model, with the positions that edits need.

mod evidence;

pub use evidence::reason_of_drop;

use std::sync::Arc;

use crate::model::slug::slug_of_path;
use crate::model::{
    Configuration, Diagnostic, Draft, Evidence, LevelChange, LogEntry, Notation, Rule, SectionKind,
    Thread, Watch,
};
use crate::parse::bullet::{Bullet, Field, Task};
use crate::parse::fence::Parts;
use crate::parse::markdown::Outline;
use crate::parse::sections::{Part, Section};
use crate::parse::yaml::Node;
use crate::parse::{bullet, fence, front_matter, markdown, sections, unread, yaml};
use crate::text::{Document, Span, Spanned};

/// A thread with the text it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadFile {
    /// The file as it was loaded.
    pub document: Document,
    /// The parsed thread.
    pub thread: Thread,
    /// Its front matter, for edits.
    pub front_matter: Node,
    /// The spans of front matter and body.
    pub parts: Parts,
    /// The blocks of its body, for edits.
    pub outline: Outline,
    /// Its notation, for edits.
    pub notation: Notation,
    /// Its known sections, for edits.
    pub sections: Vec<Section>,
    /// The source of each of the [`evidence_parts`](Self::evidence_parts).
    pub evidence_sources: Vec<Option<Arc<str>>>,
}

impl ThreadFile {
    /// The first section of a kind.
    pub fn section(&self, known: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == known)
    }

    /// The parts of all sections of evidence that are read, in order.
    pub fn evidence_parts(&self) -> impl Iterator<Item = &Part> {
        let sections = self.sections.iter();
        let read =
            sections.filter(|section| section.kind == SectionKind::Evidence && section.is_read);
        read.flat_map(|section| &section.parts)
    }
}

/// Parses a thread. Returns `None` if it has an error, so that it is neither evaluated nor written;
/// the diagnostics give the reason.
pub fn parse(
    document: Document,
    configuration: &Configuration,
) -> (Option<ThreadFile>, Vec<Diagnostic>) {
    let (file, diagnostics) = parse_with_errors(document, configuration);
    let broken = diagnostics.iter().any(Diagnostic::is_error);
    (file.filter(|_| !broken), diagnostics)
}

/// Parses a thread as far as it can be read. The errors are among the diagnostics. Returns `None` if
/// the front matter cannot be read.
pub fn parse_with_errors(
    document: Document,
    configuration: &Configuration,
) -> (Option<ThreadFile>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let file = read(document, configuration, &mut diagnostics);
    (file, diagnostics)
}

fn read(
    document: Document,
    configuration: &Configuration,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ThreadFile> {
    diagnostics.extend(fence::find_conflict(&document));
    let parts = fence::require(&document, diagnostics)?;
    let root = yaml::parse(&document, parts.front_matter, diagnostics)?;
    let front = front_matter::from_node(&document, &root, configuration, diagnostics);
    let outline = markdown::parse(&document, parts.body);
    let notation = Notation {
        dates: configuration.notation.dates,
        sections: front.sections.or(&configuration.notation.sections),
    };
    let sections = sections::find_sections(&outline, &notation.sections);
    let mut body = Body::new(&document, &outline, configuration, &notation, diagnostics);
    body.read(&sections);
    let read = body.read_items(&sections);
    let unread = unread::in_thread(&document, &outline, &sections, &read, configuration, &notation);
    body.diagnostics.extend(unread);
    let Body { mut evidence, remarks, log, watching, drafts, evidence_sources, .. } = body;
    evidence.shrink_to_fit();
    let slug = slug_of_path(&document.path).to_string();
    let title =
        sections::find_title(&outline, &notation.sections).map(str::to_string).or(front.title);
    let thread = Thread {
        title: title.unwrap_or_else(|| slug.clone()),
        slug,
        path: document.path.clone(),
        opened: front.opened,
        status: front.status,
        tags: front.tags,
        ripeness: front.ripeness?,
        hold: front.hold,
        collect: front.collect,
        verdicts: front.verdicts,
        sets: front.sets,
        triggers: front.triggers,
        evidence,
        remarks,
        log,
        watching,
        drafts,
    };
    Some(ThreadFile {
        document,
        thread,
        front_matter: root,
        parts,
        outline,
        notation,
        sections,
        evidence_sources,
    })
}

struct Body<'a> {
    document: &'a Document,
    outline: &'a Outline,
    configuration: &'a Configuration,
    notation: &'a Notation,
    diagnostics: &'a mut Vec<Diagnostic>,
    evidence: Vec<Evidence>,
    remarks: Vec<Span>,
    log: Vec<LogEntry>,
    watching: Vec<Watch>,
    drafts: Vec<Draft>,
    evidence_sources: Vec<Option<Arc<str>>>,
}

impl<'a> Body<'a> {
    /// A body of which nothing has been read.
    fn new(
        document: &'a Document,
        outline: &'a Outline,
        configuration: &'a Configuration,
        notation: &'a Notation,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            document,
            outline,
            configuration,
            notation,
            diagnostics,
            evidence: Vec::new(),
            remarks: Vec::new(),
            log: Vec::new(),
            watching: Vec::new(),
            drafts: Vec::new(),
            evidence_sources: Vec::new(),
        }
    }

    fn read(&mut self, sections: &[Section]) {
        for section in sections {
            if !section.is_read {
                let first = sections.iter().find(|known| known.kind == section.kind);
                self.duplicate_section(section, first.map_or(0, |first| first.heading));
                continue;
            }
            match section.kind {
                SectionKind::Evidence => self.evidence_section(section),
                SectionKind::Ripeness => self.log(section),
                SectionKind::Watching => self.watching(section),
                SectionKind::Drafts => self.drafts(section),
                SectionKind::Notes => {}
            }
        }
    }

    /// Sorted offsets of the list items that were read as evidence, remarks or log entries.
    fn read_items(&self, sections: &[Section]) -> Vec<usize> {
        let evidence = self.evidence.iter().map(|evidence| evidence.item.span.start);
        let remarks = self.remarks.iter().map(|remark| remark.start);
        let log = sections.iter().find(|section| section.kind == SectionKind::Ripeness);
        let log = log.map(|section| sections::list_items(self.outline, section.blocks()));
        let log = log.into_iter().flatten().map(|item| item.span.start);
        let mut read: Vec<usize> = evidence.chain(remarks).chain(log).collect();
        read.sort_unstable();
        read
    }

    fn duplicate_section(&mut self, section: &Section, first: usize) {
        let heading = self.outline.blocks[section.heading].span;
        let message = format!("a second section `{}`", section.kind.heading());
        self.diagnostics.push(
            Diagnostic::new(Rule::DuplicateSection, &self.document.path, heading, message)
                .label("nothing below this heading is read")
                .related(&self.document.path, self.outline.blocks[first].span, "the first one")
                .help("move both under one heading"),
        );
    }

    fn bullets(&mut self, section: &Section) -> Vec<Bullet<'a>> {
        let items = sections::list_items(self.outline, section.blocks());
        items
            .into_iter()
            .map(|item| bullet::parse(self.document, item, self.notation.dates, self.diagnostics))
            .collect()
    }

    fn log(&mut self, section: &Section) {
        for bullet in self.bullets(section) {
            match log_entry(self.document, &bullet) {
                Some(entry) => self.log.push(entry),
                None if self.is_meant_as_entry(&bullet) => {
                    let message = "a bullet of the Ripeness section without a leading date is not a log entry";
                    let finding = Diagnostic::new(
                        Rule::LogWithoutDate,
                        &self.document.path,
                        bullet.span,
                        message,
                    );
                    self.diagnostics
                        .push(finding.help("begin it with its date: `- YYYY-MM-DD: …`"));
                }
                None => {}
            }
        }
    }

    /// Returns whether a bullet without a leading date was probably intended as a log entry.
    fn is_meant_as_entry(&self, bullet: &Bullet<'_>) -> bool {
        change(&bullet.text(self.document), bullet.span).0.is_some()
            || unread::looks_like_entry(self.document, bullet, self.configuration)
    }

    fn watching(&mut self, section: &Section) {
        for bullet in self.bullets(section) {
            self.watching.push(Watch {
                span: bullet.span,
                text: bullet::plain_text(self.document.slice(bullet.span)),
                done: matches!(bullet.task, Some(Task::Done | Task::Dropped)),
            });
        }
    }

    fn drafts(&mut self, section: &Section) {
        for bullet in self.bullets(section) {
            let Some(date) = bullet.date else {
                let message = "a bullet of the Drafts section without a date records no draft";
                let path = &self.document.path;
                let finding = Diagnostic::new(Rule::DraftWithoutDate, path, bullet.span, message);
                self.diagnostics
                    .push(finding.help("begin it with its date: `- YYYY-MM-DD — PATH`"));
                continue;
            };
            self.drafts.push(Draft {
                span: bullet.span,
                date,
                path: draft_path(&bullet.text(self.document)),
                state: bullet.field("state").map(Field::spanned),
                anchors: bullet.list_values(&["anchors"]).map(Spanned::to_owned).collect(),
                title: bullet.title,
            });
        }
    }
}

/// Returns the log entry that a bullet with a leading date describes.
pub fn log_entry(document: &Document, bullet: &Bullet<'_>) -> Option<LogEntry> {
    let date = bullet.date.filter(|_| bullet.leads_with_date)?;
    let (change, reason) = change(&bullet.text(document), bullet.span);
    let reason = bullet::unescaped(reason.into()).into_owned();
    let words = |key| bullet.list_values(&[key]).map(|word| word.value.to_string()).collect();
    let value = |key| bullet.field(key).map(|field| field.value.to_string());
    Some(LogEntry {
        span: bullet.span,
        date,
        change,
        reason,
        triggers: words("trigger"),
        on: words("on"),
        by: bullet.field("by").map(Field::spanned),
        attested: value("attested"),
        withdrawn: value("withdrawn"),
    })
}

/// `medium → ripe — why`, `→ ripe — why` or `stays medium — why`: the change and the why.
fn change(text: &str, span: Span) -> (Option<LevelChange>, String) {
    let (head, reason) = [" — ", " – ", " -- "]
        .iter()
        .filter_map(|dash| text.split_once(dash))
        .min_by_key(|(head, _)| head.len())
        .unwrap_or((text, ""));
    let head = head.trim_matches([' ', '*', '_', '`']);
    let arrow = ["→", "->"].iter().find_map(|arrow| head.split_once(arrow));
    let (from, to) = match (arrow, head.strip_prefix("stays ")) {
        (Some((from, to)), _) => (Some(from.trim()).filter(|from| !from.is_empty()), to.trim()),
        (None, Some(level)) => (Some(level.trim()), level.trim()),
        (None, None) => return (None, text.to_string()),
    };
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    if !is_word(to) || from.is_some_and(|from| !is_word(from)) {
        return (None, text.to_string());
    }
    let to = Spanned::new(to.to_string(), span);
    (Some(LevelChange { from: from.map(str::to_string), to }), reason.trim().to_string())
}

/// Returns the path of a draft: the text after the date, if it looks like a path.
fn draft_path(text: &str) -> Option<String> {
    let head = text.split(" — ").next().unwrap_or(text).trim();
    let linked = head.split_once("](").and_then(|(_, rest)| rest.strip_suffix(')'));
    let head = linked.unwrap_or(head).trim_matches(['`', '<', '>']);
    let looks_like_path = !head.contains(char::is_whitespace) && (head.contains(['/', '.']));
    looks_like_path.then(|| head.to_string())
}
