//! Items of catalogs and of Evidence sections, parsed from bullets.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::item::{derived_id, id_of};
use crate::model::slug::slug_of;
use crate::model::url::Url;
use crate::model::{Date, DateOrigin, Diagnostic, Fix, ItemRecord, Reading, Rule, Safety, url};
use crate::parse::bullet::{Bullet, Task, UnreadDate, UnreadDateKind};
use crate::text::{Edit, Span};

/// Returns the item that a bullet describes, published by `source`.
///
/// `unread_here` is true if the prose of the section calls its bodies unread; `inherited` is the date
/// of an item without a date of its own.
pub fn parse_item(
    bullet: Bullet<'_>,
    source: Option<&Arc<str>>,
    unread_here: bool,
    inherited: Option<(Date, DateOrigin)>,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> ItemRecord {
    let (date, dated_by) = match (bullet.date, inherited) {
        (None, Some((date, origin))) => (Some(date), origin),
        (date, _) => (date, DateOrigin::Line),
    };
    if date.is_none() {
        diagnostics.extend(bullet.unread_date.map(|unread| unread_date(unread, path)));
    }
    let read_on = bullet.date_field("read", path, diagnostics);
    let reading = reading(&bullet, read_on, unread_here, path, diagnostics);
    let (id, has_written_id) = id(&bullet, source.map(|source| &**source));
    let listed = bullet.list_values(&["tags", "tag"]);
    let listed = listed.map(|tag| tag.value.trim_start_matches('#').to_string());
    let tags = listed.chain(bullet.tags.iter().cloned()).collect();
    let same_as = bullet.list_values(&["same-as"]).map(|word| word.value.to_string());
    let dois = bullet.list_values(&["doi"]).filter_map(|word| url::of_doi(word.value));
    ItemRecord {
        span: bullet.span,
        id,
        has_written_id,
        source: source.cloned(),
        same_as: same_as.chain(dois).collect(),
        org: bullet.field("org").map(|field| field.text().into_owned()),
        tags,
        label: bullet.label,
        title: bullet.title,
        url: bullet.url.map(Url::from),
        date,
        dated_by,
        reading,
    }
}

/// Returns the finding for a bullet without a name, which cannot be distinguished from others.
pub fn unnamed(bullet: &Bullet<'_>, path: &str) -> Option<Diagnostic> {
    let is_named = bullet.label.is_some()
        || bullet.title.is_some()
        || bullet.url.is_some()
        || bullet.field("id").is_some();
    let message = "this item has no label, title, URL or id";
    (!is_named).then(|| Diagnostic::new(Rule::CatalogItemUnnamed, path, bullet.span, message))
}

/// The finding for a date that is not read.
fn unread_date(unread: UnreadDate, path: &str) -> Diagnostic {
    let finding = |message: String| Diagnostic::new(Rule::UnreadDate, path, unread.span, message);
    match unread.kind {
        UnreadDateKind::Ambiguous { day_first, month_first } => {
            finding(format!("this date may be {day_first} or {month_first}, so it is not read"))
                .help("add `dates: dmy` or `dates: mdy` to `thread.yaml`")
        }
        UnreadDateKind::Month => finding("a month is not a date, so the item has none".into())
            .help("write the date as YYYY-MM-DD"),
        UnreadDateKind::InLink { date, link_end } => {
            let edit = Edit::Value { span: Span::at(link_end), text: format!(" ({date})") };
            let title = format!("write `({date})` after the link");
            finding("a date in the text of a link is not read".into())
                .fix(Some(Fix::new(Safety::Unsafe, title, vec![edit])))
                .help("if it is the date of the item, write it after the link")
        }
    }
}

/// The id, and whether it is written as a field.
fn id(bullet: &Bullet<'_>, source: Option<&str>) -> (String, bool) {
    if let Some(field) = bullet.field("id").filter(|field| !field.value.is_empty()) {
        return (id_of(field.value.to_string()), true);
    }
    let label = bullet.label.as_deref().map(|label| label.trim_start_matches('#'));
    let segment = || bullet.url.and_then(url::last_segment);
    let title = || bullet.title.as_deref().map(slug_of).unwrap_or_default();
    let name = label.or_else(segment).map_or_else(|| title().into(), Cow::Borrowed);
    (derived_id(source, &name), false)
}

/// Returns the fix that ticks the box, unless a phrase also calls the item unread.
fn tick(bullet: &Bullet<'_>) -> Option<Fix> {
    let place = bullet.task_span.filter(|_| !bullet.says_unread())?;
    let mark = Span::new(place.start + 1, place.end - 1);
    let edits = vec![Edit::Value { span: mark, text: "x".into() }];
    Some(Fix::new(Safety::Unsafe, "tick the box", edits))
}

fn reading(
    bullet: &Bullet<'_>,
    read_on: Option<Date>,
    unread_here: bool,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Reading {
    let noted = bullet.field("read").map(|field| field.whole);
    let unread = bullet.task_span.filter(|_| bullet.task == Some(Task::Open)).or(bullet.not_yet);
    if let (Some(read), Some(unread)) = (noted, unread) {
        diagnostics.push(
            Diagnostic::new(
                Rule::ReadingContradiction,
                path,
                unread,
                "this item is marked as read and as unread",
            )
            .label("unread here")
            .related(path, read, "read here")
            .fix(tick(bullet))
            .help("tick the box or remove the `read` field; until then, it counts as read"),
        );
    }
    match bullet.task {
        _ if noted.is_some() => Reading::Read { on: read_on },
        Some(Task::Done) => Reading::Read { on: None },
        Some(Task::Dropped) => Reading::Dropped,
        Some(Task::Open) => Reading::Unread,
        None if bullet.says_unread() || unread_here => Reading::Unread,
        None => Reading::Unknown,
    }
}
