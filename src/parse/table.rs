//! Rows of tables as bullets.
//!
//! A row is read like a list item whose text is the cell with the title. Further columns are found
//! by their headers, else by their content.

use crate::model::{DateOrder, Diagnostic};
use crate::parse::bullet;
use crate::parse::bullet::{Bullet, Field};
use crate::parse::markdown::{Cell, Link, Row, Table};
use crate::parse::written_date::{Meaning, leading_date};
use crate::text::Document;

/// A column by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The title of the item.
    Title,
    /// Its URL.
    Link,
    /// Its date.
    Date,
    /// The name of its source.
    Source,
    /// A column with the values of an inline field.
    Field(&'static str),
    /// Anything else.
    Other,
}

/// Headers of columns, in lower case.
const HEADERS: [(Column, &[&str]); 7] = [
    (
        Column::Title,
        &[
            "title",
            "name",
            "paper",
            "item",
            "entry",
            "article",
            "post",
            "report",
            "titel",
            "what",
            "event",
            "headline",
            "subject",
            "titre",
            "título",
            "titolo",
            "nombre",
            "nom",
            "nome",
            "naam",
            "标题",
            "論文",
            "タイトル",
        ],
    ),
    (Column::Link, &["link", "links", "url", "pdf", "lien", "enlace", "website", "链接", "リンク"]),
    (
        Column::Date,
        &[
            "date",
            "published",
            "day",
            "when",
            "released",
            "datum",
            "fecha",
            "data",
            "publié",
            "veröffentlicht",
            "日期",
            "日付",
        ],
    ),
    (Column::Source, &["source", "quelle", "fuente", "fonte", "bron", "来源", "出典"]),
    (Column::Field("org"), &["org", "organization", "organisation", "lab", "机构"]),
    (Column::Field("tags"), &["tags", "tag", "topics", "topic", "schlagworte", "标签", "タグ"]),
    (Column::Field("thread"), &["thread", "threads"]),
];

/// A row and the name of the source that it states.
pub struct RowBullet<'a> {
    /// The row as a bullet.
    pub bullet: Bullet<'a>,
    /// The text of the column for the source.
    pub source: Option<&'a str>,
}

/// Returns the columns of a table by its headers.
pub fn columns(document: &Document, table: &Table) -> Vec<Column> {
    table.header.iter().map(|cell| column(document.slice(cell.span))).collect()
}

/// Parses a row. Returns `None` if it has no cell with a title.
///
/// With the header `| Date | Paper | Org |`, the row `| 4 May 2026 | [A](https://a.org) | METR |`
/// is read as `[A](https://a.org) (2026-05-04) [org:: METR]`.
pub fn bullet<'a>(
    document: &'a Document,
    columns: &[Column],
    row: &'a Row,
    order: Option<DateOrder>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RowBullet<'a>> {
    let cells: Vec<(Column, &Cell)> = row
        .cells
        .iter()
        .enumerate()
        .map(|(at, cell)| (columns.get(at).copied().unwrap_or(Column::Other), cell))
        .filter(|(_, cell)| !document.slice(cell.span).is_empty())
        .collect();
    let text = |cell: &Cell| document.slice(cell.span);
    let is_date = |cell: &Cell| {
        leading_date(text(cell), order).is_some_and(|date| date.length == text(cell).len())
    };
    let title = title_cell(document, &cells, &is_date)?;
    let mut bullet = bullet::parse_cell(document, title, order, diagnostics);
    let mut source = None;
    for (column, cell) in cells.iter().filter(|(_, cell)| cell.span != title.span) {
        match column {
            Column::Source => source = Some(text(cell)),
            Column::Field(key) => {
                let value = text(cell);
                bullet.fields.push(Field { key, value, span: cell.span, whole: cell.span });
            }
            Column::Title | Column::Link | Column::Date | Column::Other => {
                if let (None, true) = (bullet.date, is_date(cell)) {
                    take_date(&mut bullet, cell, text(cell), order);
                }
                let other = bullet::parse_cell(document, cell, order, diagnostics);
                bullet.url = bullet.url.or(other.url);
                bullet.fields.extend(other.fields);
                bullet.tags.extend(other.tags);
            }
        }
    }
    bullet.span = row.span;
    Some(RowBullet { bullet, source })
}

fn take_date(bullet: &mut Bullet<'_>, cell: &Cell, text: &str, order: Option<DateOrder>) {
    match leading_date(text, order).map(|found| found.meaning) {
        Some(Meaning::Date(date)) => {
            bullet.date = Some(date);
            bullet.unread_date = None;
        }
        Some(meaning) => {
            bullet.unread_date =
                bullet.unread_date.or_else(|| bullet::unread_date(cell.span, &meaning));
        }
        None => {}
    }
}

/// Returns the cell with the title: of the column with such a header, else the first cell with a
/// link, else the first with words that is no date.
fn title_cell<'a>(
    document: &Document,
    cells: &[(Column, &'a Cell)],
    is_date: &dyn Fn(&Cell) -> bool,
) -> Option<&'a Cell> {
    let has_words =
        |cell: &Cell| document.slice(cell.span).chars().any(char::is_alphabetic) && !is_date(cell);
    let is_content =
        |column: Column| matches!(column, Column::Title | Column::Link | Column::Other);
    let named = cells.iter().find(|(column, cell)| *column == Column::Title && has_words(cell));
    let linked = || {
        cells.iter().find(|(column, cell)| {
            let names_page = |link: &Link| !bullet::is_link_label(&link.text);
            is_content(*column) && cell.inline.links.iter().any(names_page)
        })
    };
    let worded = || cells.iter().find(|(column, cell)| is_content(*column) && has_words(cell));
    named.or_else(linked).or_else(worded).map(|(_, cell)| *cell)
}

fn column(header: &str) -> Column {
    let words = header.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let known = HEADERS.iter().find(|(_, names)| names.contains(&words.as_str()));
    known.map_or(Column::Other, |(column, _)| *column)
}
