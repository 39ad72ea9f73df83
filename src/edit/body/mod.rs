//! Edits of a thread's body: new bullets in lists or under headings, and changes of existing
//! bullets.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::list_editor::{Appends, Bullets, ListEditor, Order, Slot};
use crate::edit::{Refusal, bullet_edit, bullet_line};
use crate::model::SectionKind;
use crate::model::change::{Arrival, Change};
use crate::model::{Configuration, Date, LogEntry};
use crate::parse::ThreadFile;
use crate::parse::markdown::BlockKind;
use crate::parse::sections::{Part, Section};
use crate::text::{Edit, Span};

/// The edits that all changes together ask of the body.
pub fn edits(
    file: &ThreadFile,
    changes: &[Change],
    configuration: &Configuration,
) -> Result<Vec<Edit>, Refusal> {
    let thread = &file.thread;
    let editor = ListEditor::of_thread(file);
    let mut appends = Appends::new(&editor);
    let mut edits = Vec::new();
    let mut arrivals = Vec::new();
    let mut entries: Vec<(Slot, String)> = Vec::new();
    let mut drafts: Vec<(Slot, String)> = Vec::new();
    for change in changes {
        match change {
            Change::Arrival(arrival) => arrivals.push(arrival),
            Change::Log(entry) => {
                let known = thread.log.iter().map(|entry| entry.span);
                let slot = Slot::at(thread.index_of_new_log_entry(), known);
                entries.push((slot, line_of(entry)?));
            }
            Change::Draft(draft) => {
                let known = thread.drafts.iter().map(|draft| draft.span);
                let slot = Slot::at(thread.index_of_new_draft(&draft.path, draft.date), known);
                drafts.push((slot, bullet_line::draft(draft)));
            }
            Change::Reading(reading) => edits.extend(bullet_edit::reading(&editor, reading)?),
            Change::Level { .. }
            | Change::Acknowledge { .. }
            | Change::Hold(_)
            | Change::Release { .. }
            | Change::Status { .. }
            | Change::Trigger(_)
            | Change::RemoveTrigger { .. }
            | Change::Set { .. }
            | Change::Verdicts { .. }
            | Change::Collect(_)
            | Change::Source { .. }
            | Change::TestedThread { .. }
            | Change::Listing(_)
            | Change::Mapping { .. }
            | Change::Tags { .. } => {}
        }
    }
    edits.extend(evidence_edits(file, &editor, &arrivals, configuration, &mut appends)?);
    if !entries.is_empty() {
        edits.extend(dated(file, SectionKind::Ripeness, &editor, &entries, &mut appends)?);
    }
    if !drafts.is_empty() {
        edits.extend(dated(file, SectionKind::Drafts, &editor, &drafts, &mut appends)?);
    }
    edits.extend(appends.edits());
    Ok(edits)
}

/// The line of a log entry.
fn line_of(entry: &LogEntry) -> Result<String, Refusal> {
    bullet_line::entry(entry).map_err(|part| {
        let reason = format!("the {part} of the new log entry would be read differently");
        let help = "write it without brackets, quotes, commas and backslashes";
        Refusal::new(Span::at(0), reason, help)
    })
}

fn heading(level: u8, text: &str) -> String {
    format!("{} {text}", "#".repeat(usize::from(level.min(6))))
}

/// Returns the level of the known sections of a file; 2 if it has none, or if the first one is the
/// title.
fn section_level(file: &ThreadFile) -> u8 {
    let is_title = |section: &Section| section.level == 1 && section.heading == 0;
    file.sections.iter().find(|section| !is_title(section)).map_or(2, |section| section.level)
}

/// New bullets of a list by date, each in its slot; a section of their own where there is none.
fn dated(
    file: &ThreadFile,
    known: SectionKind,
    editor: &ListEditor<'_>,
    lines: &[(Slot, String)],
    appends: &mut Appends<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let style = editor.style();
    let new_bullets = lines.iter().map(|(_, line)| format!("{style}{line}"));
    let Some(section) = file.section(known) else {
        let mut section = vec![
            heading(section_level(file), file.notation.sections.heading(known)),
            String::new(),
        ];
        section.extend(new_bullets);
        match place(file, known) {
            SectionPosition::Behind(other) => {
                appends.behind(other.blocks(), Some(other.heading), section);
            }
            SectionPosition::Before(other) => appends.before(other.heading, section),
            SectionPosition::AtEnd => appends.at_end(section),
        }
        return Ok(Vec::new());
    };
    let blocks = section.blocks();
    let bullets = Bullets::new(editor, blocks.clone());
    if !bullets.has_dates()
        && let Some(place) = apart(editor, blocks, bullets.is_empty())
    {
        appends.behind(place, Some(section.heading), new_bullets.collect());
        return Ok(Vec::new());
    }
    let mut slots: Vec<Slot> = lines.iter().map(|(slot, _)| *slot).collect();
    slots.dedup();
    let in_slot = |slot: Slot| {
        let here = lines.iter().filter(|(other, _)| *other == slot);
        let mut here: Vec<&str> = here.map(|(_, line)| line.as_str()).collect();
        // In a list with its newest bullet first, the last of several new bullets is the newest.
        if slot != Slot::Last {
            here.reverse();
        }
        let line = |index: usize, prefix: &str| format!("{prefix}{}", here[index]);
        bullets.put(slot, here.len(), line)
    };
    slots.into_iter().map(in_slot).collect()
}

/// Returns the blocks of a section after which a new list can be added. Lists of a section without
/// dates are the author's prose. Returns `None` for a section of lists only, which a new list would
/// join.
fn apart(editor: &ListEditor<'_>, blocks: Range<usize>, has_no_list: bool) -> Option<Range<usize>> {
    let is_list = |at: usize| matches!(editor.outline.blocks[at].kind, BlockKind::List(_));
    match (blocks.clone().next(), blocks.clone().last()) {
        _ if has_no_list => Some(blocks),
        (_, Some(last)) if !is_list(last) => Some(blocks),
        (Some(first), _) if !is_list(first) => Some(first..first),
        _ => None,
    }
}

/// The position of a new section.
enum SectionPosition<'f> {
    Behind(&'f Section),
    Before(&'f Section),
    AtEnd,
}

/// Returns the position of a new section: the log follows the evidence; drafts precede the notes.
fn place(file: &ThreadFile, known: SectionKind) -> SectionPosition<'_> {
    match known {
        SectionKind::Ripeness => file
            .section(SectionKind::Evidence)
            .map_or(SectionPosition::AtEnd, SectionPosition::Behind),
        _ => {
            file.section(SectionKind::Notes).map_or(SectionPosition::AtEnd, SectionPosition::Before)
        }
    }
}

/// The edits that arrivals ask of the Evidence section.
fn evidence_edits(
    file: &ThreadFile,
    editor: &ListEditor<'_>,
    arrivals: &[&Arrival],
    configuration: &Configuration,
    appends: &mut Appends<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let mut by_source: BTreeMap<&str, Vec<&Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        by_source.entry(&arrival.source).or_default().push(arrival);
    }
    let mut edits = Vec::new();
    let mut homeless = Vec::new();
    for (source, arrivals) in by_source {
        match part_of(file, source) {
            Some(part) => edits.extend(under(editor, part, &arrivals, appends)?),
            None => homeless.push((source, arrivals)),
        }
    }
    if !homeless.is_empty() {
        new_parts(file, editor, homeless, configuration, appends)?;
    }
    Ok(edits)
}

/// The part of the Evidence section whose heading names a source.
fn part_of<'f>(file: &'f ThreadFile, source: &str) -> Option<&'f Part> {
    let mut parts = file.evidence_parts().zip(&file.evidence_sources);
    parts.find(|(_, known)| known.as_deref() == Some(source)).map(|(part, _)| part)
}

/// New evidence under a heading that is there.
fn under(
    editor: &ListEditor<'_>,
    part: &Part,
    arrivals: &[&Arrival],
    appends: &mut Appends<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let bullets = Bullets::new(editor, part.blocks.clone());
    if bullets.is_empty() {
        let lines =
            newest_first(arrivals).map(|arrival| bullet_line::arrival(arrival, &editor.style()));
        appends.behind(part.blocks.clone(), part.heading, lines.collect());
        return Ok(Vec::new());
    }
    let order = bullets.order();
    let mut sorted: Vec<&Arrival> = newest_first(arrivals).collect();
    if order != Order::NewestFirst {
        sorted.reverse();
        // Items without a date come last.
        sorted.sort_by_key(|arrival| arrival.item.date.is_none());
    }
    let dates: Vec<Option<Date>> = sorted.iter().map(|arrival| arrival.item.date).collect();
    bullets.insert(order, &dates, |index, prefix| bullet_line::arrival(sorted[index], prefix))
}

fn newest_first<'a>(arrivals: &[&'a Arrival]) -> impl Iterator<Item = &'a Arrival> {
    let mut sorted = arrivals.to_vec();
    sorted.sort_by(|a, b| (b.item.date, &a.item.id).cmp(&(a.item.date, &b.item.id)));
    sorted.into_iter()
}

/// Adds headings for new sources at the end of the Evidence section, or the section itself if it is
/// missing.
fn new_parts(
    file: &ThreadFile,
    editor: &ListEditor<'_>,
    sources: Vec<(&str, Vec<&Arrival>)>,
    configuration: &Configuration,
    appends: &mut Appends<'_>,
) -> Result<(), Refusal> {
    let section = file.section(SectionKind::Evidence);
    let level = match section {
        Some(section) if section.level >= 6 => return Err(no_room(file, section)),
        Some(section) => section.part_level(&file.outline),
        None => section_level(file).min(5) + 1,
    };
    let mut lines = Vec::new();
    if section.is_none() {
        lines.push(heading(level - 1, file.notation.sections.heading(SectionKind::Evidence)));
    }
    let style = editor.style();
    for (source, arrivals) in sources {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(heading(level, source_heading(source, configuration)));
        lines.push(String::new());
        lines.extend(newest_first(&arrivals).map(|arrival| bullet_line::arrival(arrival, &style)));
    }
    match (section, file.section(SectionKind::Ripeness)) {
        (Some(section), _) => appends.behind(section.blocks(), Some(section.heading), lines),
        (None, Some(next)) => appends.before(next.heading, lines),
        (None, None) => appends.at_end(lines),
    }
    Ok(())
}

fn no_room(file: &ThreadFile, section: &Section) -> Refusal {
    Refusal::new(
        file.outline.blocks[section.heading].span,
        "a heading for a source cannot be added below a heading of level 6",
        "give the Evidence section a heading of a higher level",
    )
}

/// The name of a source, if the heading would lead back to it, else its slug.
fn source_heading<'c>(source: &'c str, configuration: &'c Configuration) -> &'c str {
    let name = configuration.source_name(source);
    let leads_back = !name.contains(['(', '/', '#', '*', '_', '`', '[', '<', '\\', '\n'])
        && configuration.source_slug(name) == source;
    if leads_back { name } else { source }
}
