//! Edits of the body: new bullets in the lists, or under the headings, where they belong.

mod rows;
mod tails;

use std::collections::BTreeMap;

use crate::model::{Configuration, Date, Diagnostic, Item};
use crate::parse::outline::BlockKind;
use crate::parse::sections::{Known, Part, Section};
use crate::parse::{ThreadFile, bullet, item, outline};
use crate::text::{Document, Edit, Span};

use super::bullet_line;
use super::change::{Arrival, Change};
use super::refusal::Refusal;
use rows::{Order, Rows};
use tails::Tails;

/// The edits that all changes together ask of the body.
pub fn edits(
    file: &ThreadFile,
    changes: &[Change],
    configuration: &Configuration,
) -> Result<Vec<Edit>, Refusal> {
    let mut by_source: BTreeMap<&str, Vec<&Arrival>> = BTreeMap::new();
    let mut entries: Vec<String> = Vec::new();
    for change in changes {
        match change {
            Change::Arrival(arrival) => by_source.entry(&arrival.source).or_default().push(arrival),
            Change::Log(entry) => entries.push(bullet_line::entry(entry)),
            Change::Level { .. } | Change::Weigh { .. } => {}
        }
    }
    let mut edits = Vec::new();
    let mut tails = Tails::new(file);
    let mut homeless = Vec::new();
    for (source, arrivals) in by_source {
        match part_of(file, source) {
            Some(part) => edits.extend(evidence(file, part, &arrivals, &mut tails)?),
            None => homeless.push((source, arrivals)),
        }
    }
    if !homeless.is_empty() {
        new_parts(file, homeless, configuration, &mut tails)?;
    }
    if !entries.is_empty() {
        edits.extend(log(file, &entries, &mut tails)?);
    }
    edits.extend(tails.edits());
    Ok(edits)
}

/// The part of the Evidence section whose heading names a source.
fn part_of<'f>(file: &'f ThreadFile, source: &str) -> Option<&'f Part> {
    let section = file.section(Known::Evidence)?;
    let mut sources = file.evidence_sources.iter();
    let at = sources.position(|known| known.as_deref() == Some(source))?;
    section.parts.get(at)
}

/// The line of an item, with its id written out only where it would not follow from the rest.
fn evidence_line(arrival: &Arrival, prefix: &str) -> String {
    let short = format!("{prefix}{}", bullet_line::evidence(arrival, false));
    match read_back(&short, &arrival.source).is_some_and(|read| read.id == arrival.item.id) {
        true => short,
        false => format!("{prefix}{}", bullet_line::evidence(arrival, true)),
    }
}

/// What the parser makes of a bullet on its own.
fn read_back(line: &str, source: &str) -> Option<Item> {
    let document = Document::new("", line.trim_start());
    let outline = outline::parse(&document, Span::new(0, document.text.len()));
    let BlockKind::List(list) = &outline.blocks.first()?.kind else {
        return None;
    };
    let mut ignored: Vec<Diagnostic> = Vec::new();
    let bullet = bullet::parse(&document, list.items.first()?, &mut ignored);
    Some(item::item(&bullet, Some(source), false, "", &mut ignored))
}

/// New evidence under a heading that is there.
fn evidence(
    file: &ThreadFile,
    part: &Part,
    arrivals: &[&Arrival],
    tails: &mut Tails<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let rows = Rows::new(file, part.blocks.clone());
    if rows.is_empty() {
        let lines =
            newest_first(arrivals).map(|arrival| evidence_line(arrival, &rows::style(file)));
        tails.behind(part.blocks.clone(), part.heading, lines.collect());
        return Ok(Vec::new());
    }
    let order = rows.order();
    let mut sorted: Vec<&Arrival> = newest_first(arrivals).collect();
    if order != Order::NewestFirst {
        sorted.reverse();
    }
    let dates: Vec<Option<Date>> = sorted.iter().map(|arrival| arrival.item.date).collect();
    rows.insert(order, &dates, |index, prefix| evidence_line(sorted[index], prefix))
}

fn newest_first<'a>(arrivals: &[&'a Arrival]) -> impl Iterator<Item = &'a Arrival> {
    let mut sorted = arrivals.to_vec();
    sorted.sort_by(|a, b| (b.item.date, &a.item.id).cmp(&(a.item.date, &b.item.id)));
    sorted.into_iter()
}

/// Headings for sources that have none yet, at the end of the Evidence section; the section itself
/// where it is missing.
fn new_parts(
    file: &ThreadFile,
    sources: Vec<(&str, Vec<&Arrival>)>,
    configuration: &Configuration,
    tails: &mut Tails<'_>,
) -> Result<(), Refusal> {
    let section = file.section(Known::Evidence);
    let level = match section {
        Some(section) if section.level >= 6 => return Err(no_room(file, section)),
        Some(section) => section.part_level(&file.outline),
        None => section_level(file).min(5) + 1,
    };
    let mut lines = Vec::new();
    if section.is_none() {
        lines.push(heading(level - 1, Known::Evidence.heading()));
    }
    let style = rows::style(file);
    for (source, arrivals) in sources {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(heading(level, source_heading(source, configuration)));
        lines.push(String::new());
        lines.extend(newest_first(&arrivals).map(|arrival| evidence_line(arrival, &style)));
    }
    match (section, file.section(Known::Ripeness)) {
        (Some(section), _) => tails.behind(section.blocks(), Some(section.heading), lines),
        (None, Some(next)) => tails.before(next.heading, lines),
        (None, None) => tails.at_end(lines),
    }
    Ok(())
}

fn no_room(file: &ThreadFile, section: &Section) -> Refusal {
    Refusal::new(
        file.outline.blocks[section.heading].span,
        "no heading for a source fits below a heading of level 6",
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

fn heading(level: u8, text: &str) -> String {
    format!("{} {text}", "#".repeat(usize::from(level.min(6))))
}

/// The level of the known sections of this file; 2 where there is none.
fn section_level(file: &ThreadFile) -> u8 {
    file.sections.first().map_or(2, |section| section.level)
}

/// New log entries at the end that the log itself keeps for them.
fn log(file: &ThreadFile, entries: &[String], tails: &mut Tails<'_>) -> Result<Vec<Edit>, Refusal> {
    let style = rows::style(file);
    let bullets = entries.iter().map(|entry| format!("{style}{entry}"));
    let Some(section) = file.section(Known::Ripeness) else {
        let mut lines =
            vec![heading(section_level(file), Known::Ripeness.heading()), String::new()];
        lines.extend(bullets);
        match file.section(Known::Evidence) {
            Some(evidence) => tails.behind(evidence.blocks(), Some(evidence.heading), lines),
            None => tails.at_end(lines),
        }
        return Ok(Vec::new());
    };
    let rows = Rows::new(file, section.blocks());
    if rows.is_empty() {
        tails.behind(section.blocks(), Some(section.heading), bullets.collect());
        return Ok(Vec::new());
    }
    // A log that runs backwards has its newest entry first, also among those of one day.
    let line = |index: usize, prefix: &str| format!("{prefix}{}", entries[index]);
    rows.put(rows.runs_backwards(), entries.len(), line).map(|edit| vec![edit])
}
