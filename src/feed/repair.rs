//! Text to well-formed XML.
//!
//! The parser of feeds stops at XML that is not well-formed, or passes over the entries after it.
//! This stage reads the events of the XML and writes them again over a stack of open elements: an end
//! tag closes the elements inside it, an entry inside an entry closes that one, and a torn entry is
//! cut off. Entities become characters. Comments, the declaration and the document type are left out,
//! so that no entity is ever expanded.

use foldhash::{HashMap, HashSet, HashSetExt};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use crate::feed::stray::escape_stray;
use crate::feed::title::{decoded, entity};
use crate::feed::{LONGEST_TEXT, MOST_ENTRIES};

/// Elements inside more elements than this are left out.
const DEEPEST: usize = 64;

/// More attributes of one element than this are left out.
const MOST_ATTRIBUTES: usize = 64;

/// The versions of RSS that the parser knows; the others are read as 2.0.
const RSS_VERSIONS: [&str; 4] = ["0.90", "0.91", "0.92", "2.0"];

/// Well-formed XML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Repaired {
    /// The XML, without declaration.
    pub xml: String,
    /// The name of the root element, without prefix; empty if there is none.
    pub root: String,
    /// The repairs after which entries may be missing or different.
    pub damages: Vec<String>,
}

/// Returns the text as well-formed XML.
///
/// `<rss><channel><item><title>R & D</item>` gives
/// `<rss version="2.0"><channel><item><title>R &amp; D</title></item></channel></rss>`.
pub(super) fn repair(text: &str) -> Repaired {
    let text = escape_stray(text);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.check_end_names = false;
    let mut writer = Writer::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => writer.start(&element),
            Ok(Event::End(element)) => writer.end(element.name().as_ref()),
            Ok(Event::Text(text)) => writer.text(&text),
            Ok(Event::CData(text)) => writer.text(&text),
            Ok(Event::GeneralRef(name)) => match entity(&name) {
                Some(text) => writer.text(&text),
                None => writer.text(&format!("&{};", &*name)),
            },
            Ok(Event::Eof) => return writer.finish(None),
            Ok(_) => {}
            Err(error) => return writer.finish(Some(&error.to_string())),
        }
    }
}

/// An open element.
struct Open {
    name: String,
    /// False if the element and all inside it are left out.
    is_written: bool,
    /// For an entry, the length of the XML before it.
    entry: Option<usize>,
    /// The length of its text and of the texts inside it.
    text: usize,
}

#[derive(Default)]
struct Writer {
    repaired: Repaired,
    open: Vec<Open>,
    /// The number of open elements of each name.
    names: HashMap<String, usize>,
    /// The position of the open entry in `open`.
    entry: Option<usize>,
    entries: usize,
}

impl Writer {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.name().as_ref().to_string();
        let is_entry = matches!(local(&name), "item" | "entry");
        if is_entry && let Some(open) = self.entry.filter(|at| self.open[*at].name == name) {
            self.damage("an entry is inside another entry");
            self.close_to(open);
        }
        self.entries += usize::from(is_entry && self.entry.is_none());
        let parent = self.open.last().is_none_or(|parent| parent.is_written);
        let is_written = parent && self.open.len() < DEEPEST && self.entries <= MOST_ENTRIES;
        let before = self.repaired.xml.len();
        if is_written {
            if self.open.is_empty() && self.repaired.root.is_empty() {
                self.repaired.root = local(&name).to_string();
            }
            self.start_tag(&name, element);
        }
        let entry = (is_entry && self.entry.is_none()).then_some(before);
        if entry.is_some() {
            self.entry = Some(self.open.len());
        }
        *self.names.entry(name.clone()).or_default() += 1;
        self.open.push(Open { name, is_written, entry, text: 0 });
    }

    fn start_tag(&mut self, name: &str, element: &BytesStart<'_>) {
        let xml = &mut self.repaired.xml;
        xml.push('<');
        xml.push_str(name);
        let mut names = HashSet::new();
        let is_rss = name == "rss";
        let mut version = "2.0";
        for attribute in element.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            if names.len() == MOST_ATTRIBUTES {
                break;
            }
            if !names.insert(key.to_string()) {
                continue;
            }
            if is_rss && key == "version" {
                let known = RSS_VERSIONS.into_iter().find(|known| *known == &*attribute.value);
                version = known.unwrap_or(version);
                continue;
            }
            let value = decoded(&attribute.value);
            xml.push_str(&format!(" {key}=\"{}\"", escape(shortened(&value))));
        }
        if is_rss {
            xml.push_str(&format!(" version=\"{version}\""));
        }
        xml.push('>');
    }

    fn end(&mut self, name: &str) {
        if self.names.get(name).is_none_or(|open| *open == 0) {
            self.damage("an end tag has no start tag");
            return;
        }
        let found = self.open.iter().rposition(|open| open.name == name).unwrap_or(0);
        if found + 1 < self.open.len() {
            self.damage(UNCLOSED);
        }
        self.close_to(found);
    }

    /// Closes the element at a position of the stack, and all inside it.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            if let Some(count) = self.names.get_mut(&open.name) {
                *count -= 1;
            }
            if open.is_written {
                self.repaired.xml.push_str(&format!("</{}>", open.name));
            }
            if open.entry.is_some() {
                self.entry = None;
            }
        }
    }

    /// Adds text to the innermost element, up to [`LONGEST_TEXT`] for a field of an entry.
    fn text(&mut self, text: &str) {
        if !self.open.last().is_some_and(|open| open.is_written) {
            return;
        }
        // The field is the child of the entry; outside of entries, the innermost element.
        let field = self.entry.map_or(self.open.len() - 1, |at| at + 1).min(self.open.len() - 1);
        let room = LONGEST_TEXT.saturating_sub(self.open[field].text);
        let text = &text[..text.floor_char_boundary(room)];
        self.open[field].text += text.len();
        let is_sound = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
        let text: String = text.chars().filter(is_sound).collect();
        self.repaired.xml.push_str(&escape(text));
    }

    /// Closes what is open at the end of the text. A torn entry is cut off.
    fn finish(mut self, error: Option<&str>) -> Repaired {
        if let Some(error) = error {
            self.damage(&format!("XML error: {error}"));
        }
        if let Some(at) = self.entry {
            self.damage("the last entry is torn and was left out");
            if let Some(before) = self.open[at].entry {
                self.repaired.xml.truncate(before);
            }
            for open in &mut self.open[at..] {
                open.is_written = false;
            }
        } else if !self.open.is_empty() {
            self.damage(UNCLOSED);
        }
        self.close_to(0);
        if self.entries > MOST_ENTRIES {
            let all = self.entries;
            self.damage(&format!("only the first {MOST_ENTRIES} of {all} entries were read"));
        }
        self.repaired
    }

    /// Adds a repair, once.
    fn damage(&mut self, damage: &str) {
        if self.repaired.damages.iter().all(|known| known != damage) {
            self.repaired.damages.push(damage.to_string());
        }
    }
}

const UNCLOSED: &str = "an element was not closed";

/// Returns the name of an element without its prefix: `media:title` gives `title`.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn shortened(value: &str) -> &str {
    &value[..value.floor_char_boundary(LONGEST_TEXT)]
}
