//! New evidence, under the headings of its sources.

use std::collections::BTreeMap;

use crate::edit::body::{heading, section_level};
use crate::edit::bullet_line;
use crate::edit::list_editor::{Order, Page, Rows, Tails};
use crate::edit::refusal::Refusal;
use crate::model::change::Arrival;
use crate::model::{Configuration, Date};
use crate::parse::ThreadFile;
use crate::parse::sections::{Part, Section, SectionKind};
use crate::text::Edit;

/// The edits that arrivals ask of the Evidence section.
pub(super) fn edits(
    file: &ThreadFile,
    page: &Page<'_>,
    arrivals: &[&Arrival],
    configuration: &Configuration,
    tails: &mut Tails<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let mut by_source: BTreeMap<&str, Vec<&Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        by_source.entry(&arrival.source).or_default().push(arrival);
    }
    let mut edits = Vec::new();
    let mut homeless = Vec::new();
    for (source, arrivals) in by_source {
        match part_of(file, source) {
            Some(part) => edits.extend(under(page, part, &arrivals, tails)?),
            None => homeless.push((source, arrivals)),
        }
    }
    if !homeless.is_empty() {
        new_parts(file, page, homeless, configuration, tails)?;
    }
    Ok(edits)
}

/// The part of the Evidence section whose heading names a source.
fn part_of<'f>(file: &'f ThreadFile, source: &str) -> Option<&'f Part> {
    let section = file.section(SectionKind::Evidence)?;
    let mut sources = file.evidence_sources.iter();
    let at = sources.position(|known| known.as_deref() == Some(source))?;
    section.parts.get(at)
}

/// New evidence under a heading that is there.
fn under(
    page: &Page<'_>,
    part: &Part,
    arrivals: &[&Arrival],
    tails: &mut Tails<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let rows = Rows::new(page, part.blocks.clone());
    if rows.is_empty() {
        let lines =
            newest_first(arrivals).map(|arrival| bullet_line::arrival(arrival, &page.style()));
        tails.behind(part.blocks.clone(), part.heading, lines.collect());
        return Ok(Vec::new());
    }
    let order = rows.order();
    let mut sorted: Vec<&Arrival> = newest_first(arrivals).collect();
    if order != Order::NewestFirst {
        sorted.reverse();
        // What has no date comes last in any order.
        sorted.sort_by_key(|arrival| arrival.item.date.is_none());
    }
    let dates: Vec<Option<Date>> = sorted.iter().map(|arrival| arrival.item.date).collect();
    rows.insert(order, &dates, |index, prefix| bullet_line::arrival(sorted[index], prefix))
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
    page: &Page<'_>,
    sources: Vec<(&str, Vec<&Arrival>)>,
    configuration: &Configuration,
    tails: &mut Tails<'_>,
) -> Result<(), Refusal> {
    let section = file.section(SectionKind::Evidence);
    let level = match section {
        Some(section) if section.level >= 6 => return Err(no_room(file, section)),
        Some(section) => section.part_level(&file.outline),
        None => section_level(file).min(5) + 1,
    };
    let mut lines = Vec::new();
    if section.is_none() {
        lines.push(heading(level - 1, SectionKind::Evidence.heading()));
    }
    let style = page.style();
    for (source, arrivals) in sources {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(heading(level, source_heading(source, configuration)));
        lines.push(String::new());
        lines.extend(newest_first(&arrivals).map(|arrival| bullet_line::arrival(arrival, &style)));
    }
    match (section, file.section(SectionKind::Ripeness)) {
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
