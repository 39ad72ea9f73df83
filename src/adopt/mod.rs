//! Conversion of a note to a thread. Markup that was lost in copying is restored, front matter is
//! filled from the prose, triggers in prose become claims to attest. All text of the note is kept.

mod drafts;
mod evidence;
mod facts;
mod front_matter;
mod page;
mod passages;
mod remarks;
mod triggers;

use crate::adopt::evidence::EvidenceChoice;
use crate::adopt::facts::{Fact, LevelState};
use crate::adopt::front_matter::{Filling, KeptFrontMatter};
use crate::adopt::page::{NoteBody, NoteLine};
use crate::adopt::passages::Passage;
use crate::adopt::remarks::Remarks;
use crate::adopt::triggers::Stated;
use crate::edit::bullet_line::escaped;
use crate::model::{Configuration, Diagnostic, Rule, SectionKind};
use crate::parse::fence::Fenced;
use crate::parse::markdown::BlockKind;
use crate::parse::{ThreadFile, fence, markdown, sections, thread};
use crate::text::{Document, Edit, Patch, Span};

pub use remarks::Remark;

/// The evidence of an adopted note, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FoundItems {
    /// Its items.
    pub items: usize,
    /// Items with a date.
    pub dated: usize,
    /// Items with a link.
    pub linked: usize,
    /// Lines that look like items and are not read, and bullets that are remarks.
    pub unread: usize,
}

/// A note as a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The thread's text.
    pub text: String,
    /// The items of its evidence.
    pub found: FoundItems,
    /// The headings of its sections of evidence.
    pub evidence: Vec<String>,
    /// Remarks on lines that were understood.
    pub understood: Vec<Remark>,
    /// Remarks on lines that were not understood and are unchanged.
    pub left: Vec<Remark>,
    /// Errors in lines of the body. The thread is not evaluated until they are corrected.
    pub errors: Vec<Remark>,
}

/// A note on its way.
struct Adoption<'n> {
    note: &'n Document,
    path: &'n str,
    configuration: &'n Configuration,
    /// The text before the front matter: a byte-order mark and the opening fence.
    opening: String,
    kept: KeptFrontMatter,
    closing: String,
    page: NoteBody,
    /// The new body, as a document of its own.
    body: Document,
    ending: &'static str,
    aside: Vec<(usize, String)>,
    /// The headings that become `sections: {evidence: …}`.
    declared: Vec<String>,
    /// The line of the note before which a heading was inserted.
    inserted: Option<usize>,
}

/// The facts that the prose states.
struct Prose {
    opened: Option<Fact<crate::model::Date>>,
    level_state: Option<Fact<LevelState>>,
    tags: Option<Fact<Vec<String>>>,
    held: Option<Fact<String>>,
    stated: Stated,
}

/// Converts a note. `path` is the path of the new thread, `name` its title if the note has none, and
/// `evidence` the headings of its sections of evidence; without any, they are chosen.
///
/// # Errors
/// The finding, at its position in the note, that prevents the conversion.
pub fn adopt(
    note: &Document,
    path: &str,
    name: &str,
    evidence: &[String],
    configuration: &Configuration,
) -> Result<Adopted, Box<Diagnostic>> {
    let mut adoption = Adoption::begin(note, path, name, configuration)?;
    adoption.choose_evidence(evidence)?;
    let passages = adoption.passages();
    let prose = adoption.prose(&passages);
    let (file, findings) = adoption.file(&prose)?;
    let drafts = drafts::find(&file, configuration);
    let text = adoption.with_drafts(&file, &drafts)?;
    let Remarks { understood, left, errors } =
        remarks::all(&adoption, &prose, &file, &findings, &drafts);
    if keeps_words(note, &text) {
        let found = found_items(&file, &findings);
        Ok(Adopted { text, found, evidence: headings(&file), understood, left, errors })
    } else {
        Err(adoption.unfit("some text of the note would be lost"))
    }
}

impl<'n> Adoption<'n> {
    fn begin(
        note: &'n Document,
        path: &'n str,
        name: &str,
        configuration: &'n Configuration,
    ) -> Result<Self, Box<Diagnostic>> {
        let text = &note.text;
        let ending = note.line_ending_at(0).as_str();
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let fence = format!("---{ending}");
        let (opening, kept, closing, body) = match fence::split(text) {
            Fenced::Parts(parts) => {
                let kept = KeptFrontMatter::read(note, parts.front_matter, &configuration.ladder)?;
                let opening = text[..parts.front_matter.start].to_string();
                let closing = text[parts.front_matter.end..parts.body.start].to_string();
                let closing = if closing.ends_with('\n') { closing } else { closing + ending };
                (opening, kept, closing, parts.body)
            }
            Fenced::Absent => {
                let opening = format!("{}{fence}", &text[..mark]);
                (opening, KeptFrontMatter::default(), fence, Span::new(mark, text.len()))
            }
            Fenced::Unclosed { fence } => return Err(Box::new(fence::unclosed(note, fence))),
        };
        let mut page = NoteBody::read(
            &text[body.range()],
            note.position(body.start).line,
            &configuration.notation.sections,
        );
        let document = Document::new(path, page.text());
        let read = markdown::parse(&document, Span::new(0, document.text.len()));
        if sections::find_title(&read, &configuration.notation.sections).is_none()
            && !kept.has("title")
        {
            page.put_above(&[&format!("# {}", escaped(name)), ""], ending);
        }
        if !page.begins_blank() {
            page.put_above(&[""], ending);
        }
        let body = Document::new(path, page.text());
        Ok(Self {
            note,
            path,
            configuration,
            opening,
            kept,
            closing,
            page,
            body,
            ending,
            aside: Vec::new(),
            declared: Vec::new(),
            inserted: None,
        })
    }

    /// Chooses the evidence: the sections with the headings `wanted`; without any, those of a note
    /// that has no section of evidence.
    fn choose_evidence(&mut self, wanted: &[String]) -> Result<(), Box<Diagnostic>> {
        let notation = &self.configuration.notation;
        let outline = markdown::parse(&self.body, Span::new(0, self.body.text.len()));
        if !wanted.is_empty() {
            self.declared = evidence::named(&outline, wanted)
                .map_err(|(message, help)| self.refusal(message, help))?;
            return Ok(());
        }
        let sections = sections::find_sections(&outline, &notation.sections);
        let has_evidence = sections.iter().any(|section| section.kind == SectionKind::Evidence);
        if has_evidence || self.kept.has("sections") {
            return Ok(());
        }
        match evidence::choose(&self.body, &outline, &notation.sections, notation.dates) {
            EvidenceChoice::Unchanged => {}
            EvidenceChoice::Declared(headings) => self.declared = headings,
            EvidenceChoice::Inserted(block) => {
                let line = self.body.position(outline.blocks[block].span.start).line;
                let heading = format!("## {}", notation.sections.heading(SectionKind::Evidence));
                self.inserted = Some(self.page.insert_heading(line, &heading, self.ending));
                self.body = Document::new(self.path, self.page.text());
            }
        }
        Ok(())
    }

    fn passages(&self) -> Vec<Passage> {
        let outline = markdown::parse(&self.body, Span::new(0, self.body.text.len()));
        passages::all(
            &self.body,
            &outline,
            &sections::find_sections(&outline, &self.configuration.notation.sections),
        )
    }

    fn prose(&self, passages: &[Passage]) -> Prose {
        let ladder = &self.configuration.ladder;
        let level_state = facts::level_state(passages, ladder);
        let lowest = ladder.0.first().map_or("", String::as_str);
        let level = level_state.as_ref().or(None).map(|told| told.value.level.as_str());
        let level =
            level.or(self.kept.level_state.as_ref().map(|level_state| level_state.level.as_str()));
        Prose {
            opened: facts::opened(passages),
            stated: triggers::find(passages, ladder, level.unwrap_or(lowest)),
            tags: facts::tags(passages),
            held: facts::held(passages, ladder),
            level_state,
        }
    }

    /// Returns the thread without the fields of its drafts. Keys of the note that cannot be read
    /// become comments; errors of the body remain, among the findings.
    fn file(&mut self, prose: &Prose) -> Result<(ThreadFile, Vec<Diagnostic>), Box<Diagnostic>> {
        loop {
            let (text, lines) = self.composed(prose);
            let (file, found) = self.parsed(&text);
            let body = file.as_ref().map_or(text.len(), |file| file.parts.body.start);
            let is_obstacle = |found: &&Diagnostic| {
                found.is_error() && (found.span.start < body || found.rule == Rule::ConflictMarker)
            };
            let error = match (found.iter().find(is_obstacle), file) {
                (None, Some(file)) => return Ok((file, found)),
                (None, None) => return Err(self.unfit("the result is not a thread")),
                (Some(error), _) => error.clone(),
            };
            let line = Document::new("", text).position(error.span.start).line;
            let number = lines.get(line - 1).copied().unwrap_or(1);
            match self.kept.set_aside(number) {
                Some(aside) => self.aside.push(aside),
                None => return Err(self.in_note(error, number)),
            }
        }
    }

    /// The thread's text, and for each of its lines that of the note that it comes from.
    fn composed(&self, prose: &Prose) -> (String, Vec<usize>) {
        let filling = Filling {
            opened: prose.opened.as_ref().map(|told| told.value).or(self.kept.opened),
            level_state: prose
                .level_state
                .as_ref()
                .map(|told| &told.value)
                .or(self.kept.level_state.as_ref()),
            evidence: &self.declared,
            tags: prose.tags.as_ref().map_or(&[], |told| &told.value),
            held: prose.held.as_ref().map(|told| told.value.as_str()),
            triggers: &prose.stated.triggers,
        };
        let front = self.kept.filled(&filling, &self.configuration.ladder, self.ending);
        let fence = |text: &str, number| NoteLine { number, text: text.to_string(), ending: "" };
        let closed = front.last().map_or(1, |line| line.number + 1);
        let lines = [fence(&self.opening, 1)]
            .into_iter()
            .chain(front)
            .chain([fence(&self.closing, closed)]);
        let lines: Vec<NoteLine> = lines.chain(self.page.lines.iter().cloned()).collect();
        let text = lines.iter().flat_map(|line| [line.text.as_str(), line.ending]).collect();
        (text, lines.iter().map(|line| line.number).collect())
    }

    fn with_drafts(
        &self,
        file: &ThreadFile,
        drafts: &[drafts::DraftLine],
    ) -> Result<String, Box<Diagnostic>> {
        let edits = drafts
            .iter()
            .map(|draft| Edit::Value { span: Span::at(draft.end), text: draft.fields() });
        let edits = edits.filter(|edit| !edit.rendered(&file.document).is_empty()).collect();
        let patch =
            Patch::new(&file.document, edits).map_err(|_| self.unfit("its drafts overlap"))?;
        let (text, _) = patch.apply(&file.document);
        let errors = |found: &[Diagnostic]| found.iter().filter(|found| found.is_error()).count();
        let known = errors(&self.parsed(&file.document.text).1);
        let (_, found) = self.parsed(&text);
        if errors(&found) > known {
            return Err(self.unfit("the fields of its drafts cannot be read"));
        }
        Ok(text)
    }

    /// Parses a text as the new thread, with its errors.
    fn parsed(&self, text: &str) -> (Option<ThreadFile>, Vec<Diagnostic>) {
        thread::parse_with_errors(Document::new(self.path, text), self.configuration)
    }

    /// Returns the line of the note for an offset of the body.
    fn line_of(&self, start: usize) -> usize {
        let at = self.body.position(start).line;
        self.page.lines.get(at - 1).map_or(1, |line| line.number)
    }

    /// Moves a finding of the new thread to its position in the note.
    fn in_note(&self, mut finding: Diagnostic, number: usize) -> Box<Diagnostic> {
        let start: usize =
            self.note.text.split_inclusive('\n').take(number - 1).map(str::len).sum();
        let line = self.note.text[start..].lines().next().unwrap_or("");
        finding.path.clone_from(&self.note.path);
        finding.span = Span::new(start, start + line.len());
        finding.related.clear();
        finding.fix = None;
        Box::new(finding)
    }

    fn unfit(&self, why: &str) -> Box<Diagnostic> {
        let message = format!("this note cannot be adopted: {why}");
        self.refusal(message, "run `thread new TITLE` and copy the text".into())
    }

    fn refusal(&self, message: String, help: String) -> Box<Diagnostic> {
        let rule = Rule::UneditableFile;
        Box::new(Diagnostic::new(rule, &self.note.path, Span::at(0), message).help(help))
    }
}

/// Counts the items of a thread, and the lines that look like items and are not read.
fn found_items(file: &ThreadFile, findings: &[Diagnostic]) -> FoundItems {
    let items = file.thread.evidence.iter().map(|line| &line.item);
    let unread = findings.iter().filter(|finding| is_unread(finding));
    FoundItems {
        items: items.clone().count(),
        dated: items.clone().filter(|item| item.date.is_some()).count(),
        linked: items.filter(|item| item.url.is_some()).count(),
        unread: file.thread.remarks.len() + unread.count(),
    }
}

/// Returns whether a finding is about lines that look like items and are not read.
fn is_unread(finding: &Diagnostic) -> bool {
    matches!(
        finding.rule,
        Rule::UnreadItem | Rule::LinkWithoutItem | Rule::SwallowedItems | Rule::UnreadDate
    )
}

/// The headings of the sections of evidence that are read.
fn headings(file: &ThreadFile) -> Vec<String> {
    let sections = file.sections.iter();
    let read = sections.filter(|section| section.kind == SectionKind::Evidence && section.is_read);
    let texts = read.filter_map(|section| match &file.outline.blocks[section.heading].kind {
        BlockKind::Heading { text, .. } => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

/// Returns whether a text contains all characters of the note in their order, except for whitespace
/// and list markers.
fn keeps_words(note: &Document, text: &str) -> bool {
    let mut signs = text.chars();
    let words =
        note.text.chars().filter(|sign| !sign.is_whitespace() && !page::GLYPHS.contains(sign));
    words.into_iter().all(|sign| signs.any(|known| known == sign))
}
