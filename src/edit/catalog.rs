//! Edits of a catalog, and the text of a new one.

use crate::edit::list_editor::{Appends, Bullets, ListEditor, Slot};
use crate::edit::yaml_edit::quoted;
use crate::edit::{Refusal, bullet_edit, bullet_line};
use crate::model::change::{Change, Listing};
use crate::model::{Configuration, Date};
use crate::parse::CatalogFile;
use crate::parse::yaml::Style;
use crate::text::Edit;

/// The edits that all changes together ask of a catalog.
pub fn edits(file: &CatalogFile, changes: &[Change]) -> Result<Vec<Edit>, Refusal> {
    let editor = ListEditor::of_catalog(file);
    let mut edits = Vec::new();
    let mut listings = Vec::new();
    for change in changes {
        match change {
            Change::Listing(listing) => listings.push(listing),
            Change::Reading(reading) => edits.extend(bullet_edit::reading(&editor, reading)?),
            Change::Mapping { line, threads, .. } => {
                edits.extend(mapping(&editor, *line, threads)?);
            }
            Change::Tags { line, added, .. } => edits.push(tags(&editor, *line, added)?),
            _ => {}
        }
    }
    if !listings.is_empty() {
        edits.extend(listed(file, &editor, &listings)?);
    }
    Ok(edits)
}

/// Adds tags to the `tags` field of a line.
fn tags(editor: &ListEditor<'_>, line: usize, added: &[String]) -> Result<Edit, Refusal> {
    let bullet = editor.bullet(line)?;
    let known = bullet.field("tags").map(|field| field.value.to_string());
    let all: Vec<String> = known.into_iter().chain(added.iter().cloned()).collect();
    Ok(bullet_edit::set_field(&bullet, "tags", &all.join(", ")))
}

/// Edits the `thread` field of a line; without threads, the field is removed.
fn mapping(editor: &ListEditor<'_>, line: usize, threads: &[String]) -> Result<Vec<Edit>, Refusal> {
    let bullet = editor.bullet(line)?;
    let mut known: Vec<_> = bullet.fields.iter().filter(|field| field.key == "thread").collect();
    let kept = if threads.is_empty() { None } else { known.pop() };
    let mut edits: Vec<Edit> =
        known.into_iter().map(|field| bullet_edit::without(editor, field)).collect();
    if kept.is_some() || !threads.is_empty() {
        edits.push(bullet_edit::set_field(&bullet, "thread", &threads.join(", ")));
    }
    Ok(edits)
}

/// Adds items after the existing ones.
fn listed(
    file: &CatalogFile,
    editor: &ListEditor<'_>,
    listings: &[&Listing],
) -> Result<Vec<Edit>, Refusal> {
    let line = |index: usize, prefix: &str| line(listings[index], &file.catalog.source, prefix);
    let blocks = 0..file.outline.blocks.len();
    let bullets = Bullets::new(editor, blocks.clone());
    if !bullets.is_empty() {
        return bullets.put(Slot::Last, listings.len(), line).map(|edit| vec![edit]);
    }
    let mut appends = Appends::new(editor);
    let style = editor.style();
    appends.at_end((0..listings.len()).map(|index| line(index, &style)).collect());
    Ok(appends.edits())
}

/// The whole line of an item of a catalog.
pub(super) fn line(listing: &Listing, source: &str, prefix: &str) -> String {
    // A title alone would be a remark.
    let item = &listing.item;
    let is_bare = item.date.is_none() && item.url.is_none() && listing.threads.is_empty();
    let line = |with_id| format!("{prefix}{}", bullet_line::listing(listing, with_id || is_bare));
    bullet_line::named(line, source, &listing.item.id)
}

/// The text of a catalog that is new.
pub fn new_text(
    source: &str,
    scanned: Date,
    baseline: bool,
    listings: &[Listing],
    configuration: &Configuration,
) -> String {
    let name = configuration.source_name(source);
    let slug = quoted(source, Style::Plain);
    let baseline = if baseline { "baseline: true\n" } else { "" };
    let keys = format!("source: {slug}\nscanned: {scanned}\n{baseline}");
    let mut text = format!("---\n{keys}---\n\n# {name}, {scanned}\n");
    if !listings.is_empty() {
        text.push('\n');
    }
    for listing in listings {
        text.push_str(&format!("{}\n", line(listing, source, "- ")));
    }
    text
}
