//! Remarks on the lines of a note that were understood, and on those that were not.

use crate::adopt::drafts::DraftLine;
use crate::adopt::triggers::Trigger;
use crate::adopt::{Adoption, Prose, is_unread};
use crate::model::{Diagnostic, date};
use crate::parse::ThreadFile;
use crate::parse::markdown::{Block, BlockKind};

/// A remark on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line in the note, counted from 1.
    pub line: usize,
    /// Its text.
    pub what: String,
}

/// The remarks on all lines of a note, each list in the order of the lines.
pub(super) struct Remarks {
    pub understood: Vec<Remark>,
    pub left: Vec<Remark>,
    pub errors: Vec<Remark>,
}

/// Collects the remarks on the lines of a note.
pub(super) fn all(
    adoption: &Adoption<'_>,
    prose: &Prose,
    file: &ThreadFile,
    findings: &[Diagnostic],
    drafts: &[DraftLine],
) -> Remarks {
    let mut told = RemarkCollector { adoption, file, understood: Vec::new(), left: Vec::new() };
    told.marks();
    told.facts(prose);
    told.triggers(prose);
    told.choice();
    told.evidence();
    told.unread(findings);
    told.drafts(drafts);
    told.keys();
    let mut errors = told.errors(findings);
    let RemarkCollector { mut understood, mut left, .. } = told;
    left.retain(|remark| errors.iter().all(|error| error.line != remark.line));
    for remarks in [&mut understood, &mut left, &mut errors] {
        remarks.sort_by_key(|remark| remark.line);
    }
    Remarks { understood, left, errors }
}

struct RemarkCollector<'a> {
    adoption: &'a Adoption<'a>,
    file: &'a ThreadFile,
    understood: Vec<Remark>,
    left: Vec<Remark>,
}

impl RemarkCollector<'_> {
    fn understood(&mut self, line: usize, what: impl Into<String>) {
        self.understood.push(Remark { line, what: what.into() });
    }

    fn left(&mut self, line: usize, what: impl Into<String>) {
        self.left.push(Remark { line, what: what.into() });
    }

    /// Returns the line of the note for an offset of the thread.
    fn line(&self, start: usize) -> usize {
        self.adoption.line_of(start.saturating_sub(self.file.parts.body.start))
    }

    /// Adds a remark on the restored markup.
    fn marks(&mut self) {
        let page = &self.adoption.page;
        for (line, heading) in &page.headings {
            self.understood(*line, format!("heading `{heading}`"));
        }
        let first = page.lines.first().map_or(1, |line| line.number);
        if page.bullets > 0 {
            self.understood(first, format!("{} list items had no list markers", page.bullets));
        }
        let title = &self.file.thread.title;
        let has_heading = self.adoption.note.text.contains(title.as_str());
        if !has_heading {
            self.left(first, format!("no title; `{title}` is made from the file name"));
        }
    }

    fn facts(&mut self, prose: &Prose) {
        let adoption = self.adoption;
        match &prose.opened {
            _ if adoption.kept.has("opened") => {}
            Some(told) => {
                self.understood(adoption.line_of(told.start), format!("opened {}", told.value));
            }
            None => {}
        }
        match (&prose.level_state, &adoption.kept.level_state) {
            _ if adoption.kept.has("ripeness") => {}
            (Some(told), _) => {
                let since =
                    told.value.since.map(|since| format!(" since {since}")).unwrap_or_default();
                let what = format!("level {}{since}", told.value.level);
                self.understood(adoption.line_of(told.start), what);
            }
            // The remark was added when the key became a comment.
            (None, Some(_)) => {}
            (None, None) => {
                let level = &self.file.thread.ripeness.level.value;
                self.left(1, format!("no level; `{level}` is the lowest one"));
            }
        }
        if let Some(told) = prose.tags.as_ref().filter(|_| !adoption.kept.has("tags")) {
            self.understood(
                adoption.line_of(told.start),
                format!("tags {}", told.value.join(", ")),
            );
        }
        if let Some(told) = prose.held.as_ref().filter(|_| !adoption.kept.has("hold")) {
            let what =
                format!("held below `{}`; the front matter has a `hold` as a comment", told.value);
            self.left(adoption.line_of(told.start), what);
        }
    }

    fn triggers(&mut self, prose: &Prose) {
        if self.adoption.kept.has("triggers") {
            return;
        }
        for told in &prose.stated.triggers {
            let Trigger { id, effect, level, .. } = &told.value;
            let what = format!("trigger `{id}`: {effect} {level} when a person attests it");
            self.understood(self.adoption.line_of(told.start), what);
        }
        for told in &prose.stated.left {
            let what = format!("similar to a trigger, kept as prose: {}", told.value);
            self.left(self.adoption.line_of(told.start), what);
        }
    }

    /// The sections that became evidence without having its heading.
    fn choice(&mut self) {
        if let Some(line) = self.adoption.inserted {
            self.understood(line, "a heading for the evidence is inserted before this line");
        }
        for heading in &self.adoption.declared {
            let is_meant = |block: &&Block| matches!(&block.kind, BlockKind::Heading { text, .. } if text == heading);
            let block = self.file.outline.blocks.iter().find(is_meant);
            let line = block.map_or(1, |block| self.line(block.span.start));
            self.understood(line, format!("`{heading}` is the evidence"));
        }
    }

    /// The errors in the body.
    fn errors(&self, findings: &[Diagnostic]) -> Vec<Remark> {
        let errors = findings.iter().filter(|finding| finding.is_error());
        let remark = |finding: &Diagnostic| Remark {
            line: self.line(finding.span.start),
            what: finding.message.clone(),
        };
        errors.map(remark).collect()
    }

    /// The lines that look like items and are not read, without the errors.
    fn unread(&mut self, findings: &[Diagnostic]) {
        let unread = |finding: &&Diagnostic| is_unread(finding) && !finding.is_error();
        for finding in findings.iter().filter(unread) {
            self.left(self.line(finding.span.start), finding.message.clone());
        }
    }

    fn evidence(&mut self) {
        let file = self.file;
        for (part, source) in file.evidence_parts().zip(&file.evidence_sources) {
            let (Some(heading), Some(source)) = (part.heading, source) else {
                continue;
            };
            let block = &file.outline.blocks[heading];
            if !matches!(block.kind, BlockKind::Heading { .. }) {
                continue;
            }
            let end = part
                .blocks
                .clone()
                .last()
                .map_or(block.span.end, |last| file.outline.blocks[last].span.end);
            let inside = |start: usize| (block.span.start..end).contains(&start);
            let items =
                file.thread.evidence.iter().filter(|line| inside(line.item.span.start)).count();
            let what = format!("source `{source}`, items: {items}");
            self.understood(self.line(block.span.start), what);
        }
        for line in &file.thread.evidence {
            let text = file.document.slice(line.item.span);
            if text.split('(').filter(|part| date::find_date(part) == Some(0)).count() > 1 {
                self.left(
                    self.line(line.item.span.start),
                    "several dates in one bullet: read as one item with the first date",
                );
            }
        }
        for remark in &file.thread.remarks {
            let what = "a bullet without link and date: a remark, not evidence";
            self.left(self.line(remark.start), what);
        }
    }

    fn drafts(&mut self, drafts: &[DraftLine]) {
        for draft in drafts {
            let line = self.line(draft.start);
            if let Some(state) = &draft.state {
                self.understood(line, format!("a draft is {state}"));
            }
            for (phrase, id) in &draft.anchors {
                match id {
                    Some(id) => self.understood(line, format!("a draft is based on `{id}`")),
                    None => self.left(
                        line,
                        format!("a draft is based on “{phrase}”, which is not in the evidence"),
                    ),
                }
            }
        }
    }

    /// The keys that had to become comments.
    fn keys(&mut self) {
        let level_state = self.adoption.kept.level_state.as_ref();
        for (line, key) in &self.adoption.aside {
            match level_state.filter(|_| key == "ripeness") {
                Some(level_state) => self.understood(*line, format!("level {}", level_state.level)),
                None => self.left(
                    *line,
                    format!("the key `{key}` has another meaning here; it is kept as a comment"),
                ),
            }
        }
    }
}
