//! Edits of an existing bullet: its task box, its inline fields, the phrase on its body.

use crate::edit::Refusal;
use crate::edit::bullet_line::{all_referenced, field, field_value, one_line, read_alone};
use crate::edit::list_editor::ListEditor;
use crate::model::Dropped;
use crate::model::change::{NewReading, ReadingMark};
use crate::parse::bullet::{Bullet, Field, Task, marker_length};
use crate::parse::thread::reason_of_drop;
use crate::text::{Edit, Span};

/// Returns the edits that set the reading state of a bullet.
pub fn reading(editor: &ListEditor<'_>, reading: &NewReading) -> Result<Vec<Edit>, Refusal> {
    let bullet = editor.bullet(reading.line)?;
    let mut edits = Vec::new();
    match &reading.mark {
        ReadingMark::Read { on, verdict, note } => {
            edits.extend(tick(editor, &bullet, Task::Done, on.is_none()));
            edits.extend(bullet.not_yet.map(take_out));
            let on = on.map(|on| on.to_string());
            for (key, value) in [("read", &on), ("verdict", verdict)] {
                edits.extend(value.as_ref().map(|value| set_field(&bullet, key, value)));
            }
            if let Some(note) = note {
                edits.push(add_note(editor, &bullet, "", note)?);
            }
        }
        ReadingMark::Skipped { note } => {
            edits.extend(tick(editor, &bullet, Task::Dropped, true));
            if let Some(note) = note {
                edits.push(add_note(editor, &bullet, "", note)?);
            }
        }
        ReadingMark::Dropped(dropped) => edits.extend(drop_item(editor, &bullet, dropped)?),
        ReadingMark::Restored => edits.extend(restore(editor, &bullet)),
        ReadingMark::Unread => {
            edits.extend(tick(editor, &bullet, Task::Open, true));
            for key in ["read", "verdict"] {
                let fields = bullet.fields.iter().filter(|field| field.key == key);
                edits.extend(fields.map(|field| without(editor, field)));
            }
        }
    }
    Ok(edits)
}

/// Edits that drop an item: its box, the date, and the reason directly after the date. A box that
/// alone says that the item was read stays.
fn drop_item(
    editor: &ListEditor<'_>,
    bullet: &Bullet<'_>,
    Dropped { on, reason }: &Dropped,
) -> Result<Vec<Edit>, Refusal> {
    let is_read = bullet.task == Some(Task::Done) && bullet.field("read").is_none();
    let task = if is_read { None } else { tick(editor, bullet, Task::Dropped, true) };
    let date = field("dropped", &on.to_string());
    let drop = match reason {
        Some(reason) => add_note(editor, bullet, &date, reason)?,
        None => Edit::Value { span: Span::at(bullet.end), text: date },
    };
    Ok(task.into_iter().chain([drop]).collect())
}

/// Edits that take a drop back.
fn restore(editor: &ListEditor<'_>, bullet: &Bullet<'_>) -> Vec<Edit> {
    let task = if bullet.field("read").is_some() { Task::Done } else { Task::Open };
    let is_dropped = bullet.task == Some(Task::Dropped);
    let task = if is_dropped { tick(editor, bullet, task, true) } else { None };
    let reason = reason_of_drop(editor.document, bullet).map(|at| &bullet.fields[at]);
    let dates = bullet.fields.iter().filter(|field| field.key == "dropped");
    let fields = dates.chain(reason).map(|field| without(editor, field));
    task.into_iter().chain(fields).collect()
}

/// Sets the task box. A bullet without a box gets one only if no field expresses the same.
fn tick(editor: &ListEditor<'_>, bullet: &Bullet<'_>, task: Task, is_needed: bool) -> Option<Edit> {
    match bullet.task_span {
        Some(span) => {
            (bullet.task != Some(task)).then(|| Edit::Value { span, text: task.as_str().into() })
        }
        None if is_needed && bullet.is_cell => {
            Some(Edit::Value { span: Span::at(bullet.end), text: format!(" {}", task.as_str()) })
        }
        None if is_needed => {
            let marker = marker_length(editor.document.slice(bullet.span));
            let span = Span::at(bullet.span.start + marker);
            Some(Edit::Value { span, text: format!("{} ", task.as_str()) })
        }
        None => None,
    }
}

fn take_out(span: Span) -> Edit {
    Edit::Value { span, text: String::new() }
}

/// Sets the value of a field; a new field is added after the text of the bullet.
pub fn set_field(bullet: &Bullet<'_>, key: &str, value: &str) -> Edit {
    match bullet.field(key) {
        Some(known) => Edit::Value { span: known.span, text: field_value(value) },
        None => Edit::Value { span: Span::at(bullet.end), text: field(key, value) },
    }
}

/// Adds a note after the text of a bullet and the field `first`, in the plainest form in which the
/// parser reads the note back and everything else is read as before. Earlier notes stay.
fn add_note(
    editor: &ListEditor<'_>,
    bullet: &Bullet<'_>,
    first: &str,
    note: &str,
) -> Result<Edit, Refusal> {
    if bullet.is_cell {
        let reason = "a note cannot be added to a row of a table";
        return Err(Refusal::new(bullet.span, reason, "write it in the file, in a cell"));
    }
    let raw = editor.document.slice(bullet.span);
    let (before, behind) = raw.split_at(bullet.end - bullet.span.start);
    let known = told(&format!("{before}{first}{behind}"));
    let ways = [one_line(note), field_value(note), all_referenced(note)];
    let mut fields = ways.iter().map(|way| format!("{first} [note:: {way}]"));
    let field = fields.find(|field| {
        let found = told(&format!("{before}{field}{behind}"));
        let with_note = known.clone().map(|mut told| {
            told.notes.push(note.to_string());
            told
        });
        found.is_some() && found == with_note
    });
    let text = field.ok_or_else(|| {
        let reason = "no note can be added to this line: it would be read differently";
        Refusal::new(bullet.span, reason, "close the quotes and brackets of the line")
    })?;
    Ok(Edit::Value { span: Span::at(bullet.end), text })
}

/// The reading of a bullet on its own: its notes, and everything else.
#[derive(Clone, PartialEq, Eq)]
struct ReadBack {
    /// Every part that an edit could disturb, as text.
    parts: String,
    notes: Vec<String>,
}

fn told(raw: &str) -> Option<ReadBack> {
    read_alone(raw.trim_start(), |document, bullet, _| {
        let (notes, others): (Vec<&Field<'_>>, Vec<&Field<'_>>) =
            bullet.fields.iter().partition(|field| field.key == "note");
        let others: Vec<_> = others.iter().map(|field| (field.key, field.value)).collect();
        let Bullet { task, date, label, title, url, tags, .. } = &bullet;
        let text = bullet.text(document);
        let parts = format!("{:?}", (task, date, label, title, url, tags, others, text));
        ReadBack { parts, notes: notes.iter().map(|note| note.text().into_owned()).collect() }
    })
}

/// Removes a field with the space before it.
pub fn without(editor: &ListEditor<'_>, field: &Field<'_>) -> Edit {
    let before = &editor.document.text[..field.whole.start];
    let blank = usize::from(before.ends_with(' '));
    take_out(Span::new(field.whole.start - blank, field.whole.end))
}
