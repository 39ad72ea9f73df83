//! The lines of a note's body with their line numbers. Headings, bullets and URLs whose markup was
//! lost in copying get it back; no word is changed.

use crate::model::date;
use crate::model::{SectionKind, SectionNames};
use crate::parse::markdown;
use crate::parse::markdown::BlockKind;
use crate::text::{Document, Span};

/// List markers of texts that are not markdown.
pub(super) const GLYPHS: [char; 8] = ['•', '◦', '▪', '‣', '●', '○', '·', '∙'];

/// A bare line longer than this, in characters, is prose and no heading.
const LONGEST_HEADING: usize = 80;

/// One line of the thread to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteLine {
    /// Its line in the note, counted from 1; an added line has that of the line below it.
    pub number: usize,
    /// Its text without the line ending.
    pub text: String,
    /// Its line ending: `\n`, `\r\n`, or empty at the end of the note.
    pub ending: &'static str,
}

/// A body, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct NoteBody {
    /// Its lines.
    pub lines: Vec<NoteLine>,
    /// The headings that were bare lines: their lines in the note and their new text.
    pub headings: Vec<(usize, String)>,
    /// Number of bullets whose marker was replaced.
    pub bullets: usize,
}

/// Cuts a text into lines that are counted from `first`.
pub(super) fn lines(text: &str, first: usize) -> Vec<NoteLine> {
    let whole = text.split_inclusive('\n').enumerate();
    let lines = whole.map(|(at, whole)| {
        let (text, ending) = match (whole.strip_suffix("\r\n"), whole.strip_suffix('\n')) {
            (Some(text), _) => (text, "\r\n"),
            (None, Some(text)) => (text, "\n"),
            (None, None) => (whole, ""),
        };
        NoteLine { number: first + at, text: text.to_string(), ending }
    });
    lines.collect()
}

impl NoteBody {
    /// Reads a body whose first line is line `first` of the note. Text with a single heading in it
    /// is markdown, and stays as it is.
    pub(super) fn read(body: &str, first: usize, names: &SectionNames) -> Self {
        let lines = lines(body, first);
        if is_markdown(body) {
            Self { lines, ..Self::default() }
        } else {
            Recovery::new(names).run(&lines)
        }
    }

    /// The body as one text.
    pub(super) fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), line.ending]).collect()
    }

    /// Inserts lines at the start.
    pub(super) fn put_above(&mut self, texts: &[&str], ending: &'static str) {
        let number = self.lines.first().map_or(1, |line| line.number);
        let above = texts.iter().map(|text| NoteLine { number, text: (*text).to_string(), ending });
        self.lines.splice(0..0, above);
    }

    /// Inserts a heading before a line, which is counted from 1, with blank lines around it. Returns
    /// the line of the note.
    pub(super) fn insert_heading(
        &mut self,
        before: usize,
        heading: &str,
        ending: &'static str,
    ) -> usize {
        let at = before - 1;
        let number = self.lines.get(at).map_or(1, |line| line.number);
        let line = |text: &str| NoteLine { number, text: text.to_string(), ending };
        let is_apart = at == 0 || self.lines[at - 1].text.trim().is_empty();
        let blank = (!is_apart).then(|| line(""));
        let added = blank.into_iter().chain([line(heading), line("")]);
        self.lines.splice(at..at, added);
        number
    }

    /// Returns whether it is empty or begins with a blank line.
    pub(super) fn begins_blank(&self) -> bool {
        self.lines.first().is_none_or(|line| line.text.trim().is_empty())
    }
}

fn is_markdown(body: &str) -> bool {
    let document = Document::new("", body);
    let outline = markdown::parse(&document, Span::new(0, body.len()));
    outline.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Restores the markup of a text line by line.
struct Recovery<'a> {
    names: &'a SectionNames,
    page: NoteBody,
    section: Option<SectionKind>,
    /// Indentation of the bullets of the current list, outermost first.
    indents: Vec<usize>,
    /// True after the first line with text.
    begun: bool,
}

impl<'a> Recovery<'a> {
    fn new(names: &'a SectionNames) -> Self {
        Self { names, page: NoteBody::default(), section: None, indents: Vec::new(), begun: false }
    }

    fn run(mut self, lines: &[NoteLine]) -> NoteBody {
        for (at, line) in lines.iter().enumerate() {
            let above = at.checked_sub(1).map(|above| &lines[above]);
            let alone = above.is_none_or(|above| above.text.trim().is_empty());
            self.line(line, alone, lines.get(at + 1));
            self.begun |= !line.text.trim().is_empty();
        }
        self.page
    }

    /// Processes a line. `alone` is true if the line before it is blank.
    fn line(&mut self, line: &NoteLine, alone: bool, below: Option<&NoteLine>) {
        let words = line.text.trim();
        if let Some(item) = words.strip_prefix(GLYPHS) {
            self.bullet(line, item);
        } else if let Some(marks) = self.heading(words, alone, below) {
            self.indents.clear();
            let text = format!("{marks} {words}");
            self.page.headings.push((line.number, text.clone()));
            self.push(line, text);
            if below.is_some_and(|below| !below.text.trim().is_empty()) {
                self.push(&NoteLine { text: String::new(), ..line.clone() }, String::new());
            }
        } else {
            let goes_on = !alone && line.text.starts_with([' ', '\t']) && !self.indents.is_empty();
            if !words.is_empty() && !goes_on && alone {
                self.indents.clear();
            }
            let text = if goes_on {
                format!("{}{words}", " ".repeat(2 * self.indents.len()))
            } else {
                line.text.clone()
            };
            self.push(line, linked(&text));
        }
    }

    fn push(&mut self, line: &NoteLine, text: String) {
        self.page.lines.push(NoteLine { text, ..line.clone() });
    }

    /// Processes an item of a list, nested by its indentation.
    fn bullet(&mut self, line: &NoteLine, item: &str) {
        let indent = line.text.len() - line.text.trim_start().len();
        while self.indents.last().is_some_and(|&above| above >= indent) {
            self.indents.pop();
        }
        let depth = self.indents.len();
        self.indents.push(indent);
        self.page.bullets += 1;
        let text = format!("{}- {}", "  ".repeat(depth), linked(item.trim()));
        self.push(line, text);
    }

    /// Returns the `#` characters of a line that is a heading: one for the title, two for a
    /// section, three for a source in the evidence.
    fn heading(
        &mut self,
        words: &str,
        alone: bool,
        below: Option<&NoteLine>,
    ) -> Option<&'static str> {
        let words = words.trim_matches(['*', '_']);
        let known = self.names.kind_of(words);
        let states_something = self.begun && words.contains(": ");
        let begins = below.is_none_or(|below| {
            let below = below.text.trim();
            below.is_empty() || below.starts_with(GLYPHS) || below.starts_with(['-', '*', '+'])
        });
        if !alone
            || !(known.is_some()
                || (begins && below.is_some() && !states_something && looks_like_one(words)))
        {
            return None;
        }
        if let Some(known) = known {
            self.section = Some(known);
            return Some("##");
        }
        match (self.begun, self.section) {
            (false, _) => Some("#"),
            (true, Some(SectionKind::Evidence)) => Some("###"),
            (true, _) => {
                self.section = None;
                Some("##")
            }
        }
    }
}

/// Returns whether a line looks like a heading: short, not a sentence, without date or URL.
fn looks_like_one(words: &str) -> bool {
    let is_sentence = words.ends_with(['.', ',', ';', ':', '!', '?', '…']);
    words.chars().count() <= LONGEST_HEADING
        && !is_sentence
        && words.starts_with(begins_name)
        && date::find_date(words) != Some(0)
        && !words.contains("://")
        && !words.contains(". ")
}

/// Returns whether a character may begin a name: in scripts with case, an upper-case letter.
fn begins_name(c: char) -> bool {
    (c.is_alphabetic() && !c.is_lowercase()) || c.is_ascii_digit() || "\"“«".contains(c)
}

/// Returns the text with its bare URLs in `<…>`.
fn linked(text: &str) -> String {
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, behind) = rest.split_at(at);
        let address = address(behind);
        let is_bare =
            before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '(');
        linked.push_str(before);
        if is_bare && !before.ends_with("](") {
            linked.push_str(&format!("<{address}>"));
        } else {
            linked.push_str(address);
        }
        rest = &behind[address.len()..];
    }
    linked.push_str(rest);
    linked
}

/// Returns the URL at the start of a text, without the punctuation of the sentence.
fn address(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`“”".contains(c);
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    loop {
        let unpaired = address.matches(')').count() > address.matches('(').count();
        let shorter = match address.strip_suffix(')') {
            Some(shorter) if unpaired => shorter,
            _ => address.trim_end_matches(['.', ',', ';', ':', '!', '?', ']', '}', '’', '\'', '*']),
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}
