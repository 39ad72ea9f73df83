//! The findings for lines that were not read.

use crate::model::{Diagnostic, Rule};
use crate::parse::unread::UnreadGroup;
use crate::parse::unread::position::{Opener, PositionKind};
use crate::text::{Document, Span};

/// Help that shows the form of an item.
const AS_ITEM: &str = "write it as a list item: `- [Title](URL) (YYYY-MM-DD)`";

/// The finding of a group.
pub(super) fn finding(document: &Document, group: &UnreadGroup) -> Diagnostic {
    let finding = match group.rule {
        Rule::SwallowedItems => swallowed(document, group),
        Rule::UnreadMapping => mapping(document, group),
        Rule::UnreadItem => unread(document, group),
        _ => without_item(document, group),
    };
    let start = finding.span.start;
    let lines = [&group.first].into_iter().chain(&group.others);
    lines
        .filter(|line| !(line.start..line.end.max(line.start + 1)).contains(&start))
        .fold(finding, |finding, line| finding.related(&document.path, *line, "not read"))
}

fn swallowed(document: &Document, group: &UnreadGroup) -> Diagnostic {
    let hidden = hidden(group);
    let (message, help) = match group.kind {
        PositionKind::Open(Opener::Comment) => {
            (format!("this comment is not closed; {hidden}"), "close it with `-->`".to_string())
        }
        PositionKind::Open(Opener::Fence) => {
            let help = "close it with a line of the same characters";
            (format!("this code block is not closed; {hidden}"), help.to_string())
        }
        PositionKind::Open(Opener::Tag(name)) => {
            (format!("`<{name}>` is not closed; {hidden}"), format!("close it with `</{name}>`"))
        }
        PositionKind::Open(Opener::Instruction(end)) => {
            (format!("this block is not closed; {hidden}"), format!("close it with `{end}`"))
        }
        PositionKind::Indented => {
            let message = format!("an indent of four spaces makes a code block; {hidden}");
            let help = "reduce the indentation; for an example, use lines of three backticks";
            (message, help.to_string())
        }
        _ => {
            let message = format!("the HTML extends to the next blank line; {hidden}");
            (message, "add a blank line between the HTML and the list".to_string())
        }
    };
    let place = match group.kind {
        PositionKind::Indented => group.first,
        _ => first_line(document, group.region),
    };
    Diagnostic::new(group.rule, &document.path, place, message).help(help)
}

/// `2 list items after it are not read`
fn hidden(group: &UnreadGroup) -> String {
    let place = match group.kind {
        PositionKind::Open(_) => "after it",
        _ => "in it",
    };
    let parts = [counted(group.items, "list item"), counted(group.sections, "section")];
    let is_one = group.items + group.sections == 1;
    let what = parts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    format!("{what} {place} {} not read", if is_one { "is" } else { "are" })
}

/// `2 list items`; `None` for none.
fn counted(number: usize, noun: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    }
}

fn mapping(document: &Document, group: &UnreadGroup) -> Diagnostic {
    let why = why(group.kind);
    let message = match group.items {
        1 => format!("this line has a field `thread` and is not read as an item ({why})"),
        many => format!("{many} lines have a field `thread` and are not read as items ({why})"),
    };
    Diagnostic::new(group.rule, &document.path, group.first, message).help(remedy(group.kind))
}

fn unread(document: &Document, group: &UnreadGroup) -> Diagnostic {
    let why = why(group.kind);
    let message = match group.items {
        1 => format!("this line looks like an item and is not read ({why})"),
        many => format!("{many} lines look like items and are not read ({why})"),
    };
    Diagnostic::new(group.rule, &document.path, group.first, message).help(remedy(group.kind))
}

fn without_item(document: &Document, group: &UnreadGroup) -> Diagnostic {
    let lines = counted(group.items, "line").unwrap_or_default();
    let message = match (group.kind, group.items) {
        (PositionKind::SetAside, 1) => {
            "1 list item in this comment or code block is not read".to_string()
        }
        (PositionKind::SetAside, many) => {
            format!("{many} list items in this comment or code block are not read")
        }
        (PositionKind::Outside, 1) => {
            "1 list item with a link and a date is in no section that is read".into()
        }
        (PositionKind::Outside, many) => {
            format!("{many} list items with a link and a date are in no section that is read")
        }
        (_, 1) => "the link in this line belongs to no item".to_string(),
        _ => format!("the links in {lines} belong to no item"),
    };
    let help = match group.kind {
        PositionKind::SetAside => "if it should be read, move it out of the block".to_string(),
        PositionKind::Outside => {
            "if they should be read, add a heading `## Evidence` before them".to_string()
        }
        _ => format!("if it is an item, {AS_ITEM}"),
    };
    Diagnostic::new(group.rule, &document.path, group.first, message).help(help)
}

/// The reason why a line is not read.
fn why(kind: PositionKind) -> &'static str {
    match kind {
        PositionKind::Bullet { nested: true } => "nested below another item",
        PositionKind::Bullet { nested: false } => "its link or date is in the wrong position",
        PositionKind::Continued => "part of the list item above",
        PositionKind::Heading => "a heading",
        PositionKind::Quote => "a quote",
        PositionKind::Table => "a table row",
        PositionKind::Html => "HTML",
        _ => "not a list item",
    }
}

fn remedy(kind: PositionKind) -> &'static str {
    match kind {
        PositionKind::Bullet { nested: true } => {
            "if it is an item of its own, remove its indentation"
        }
        PositionKind::Continued => "add a blank line before it",
        PositionKind::Paragraph => "begin the line with `- `",
        _ => AS_ITEM,
    }
}

/// The first line of a block, without the whitespace after it.
fn first_line(document: &Document, block: Span) -> Span {
    let line = document.slice(block).lines().next().unwrap_or_default();
    Span::new(block.start, block.start + line.trim_end().len())
}
