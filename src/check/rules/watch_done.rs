//! `watch-done`: a Watching line for an item that was read.

use crate::check::rules::RuleContext;
use crate::model::{Diagnostic, Evidence, Fix, Reading, Rule, Watch};
use crate::parse::{ThreadFile, bullet};
use crate::text::{Edit, Span};

/// Shorter names may be ordinary words.
const TELLING: usize = 8;

pub(crate) fn check(file: &ThreadFile, _: &RuleContext<'_>, found: &mut Vec<Diagnostic>) {
    for watch in file.thread.watching.iter().filter(|watch| !watch.done && asks_to_read(watch)) {
        let named: Vec<&Evidence> =
            file.thread.evidence.iter().filter(|line| names(&watch.text, line)).collect();
        let is_read = |line: &&Evidence| matches!(line.item.reading, Reading::Read { .. });
        let (true, Some(line)) = (named.iter().all(is_read), named.first()) else {
            continue;
        };
        let path = &file.document.path;
        let message = format!("`{}` is read", line.item.id);
        let finding = Diagnostic::new(Rule::WatchDone, path, watch.span, message)
            .label("but this line still asks for it")
            .related(path, line.item.span, "marked as read here")
            .fix(tick(file, watch))
            .help("tick its box, or remove the line");
        found.push(finding);
    }
}

/// `Read …`, `Top priority: read …`
fn asks_to_read(watch: &Watch) -> bool {
    let words = watch.text.split([' ', ':', ',']).filter(|word| !word.is_empty());
    words.take(3).any(|word| word.eq_ignore_ascii_case("read"))
}

/// Returns whether a line names an item: by its id, the last part of its id, its title or its URL.
fn names(text: &str, line: &Evidence) -> bool {
    let item = &line.item;
    let own = item.id.rsplit('/').next().unwrap_or(&item.id);
    let telling = [Some(own), item.title.as_deref(), item.url.as_deref()];
    let mut telling = telling.into_iter().flatten().filter(|name| name.len() >= TELLING);
    stands_in(text, &item.id) || telling.any(|name| stands_in(text, name))
}

/// Returns whether a text contains a name as a whole word.
fn stands_in(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '/';
    text.match_indices(name).any(|(at, _)| {
        let behind = &text[at + name.len()..];
        !text[..at].ends_with(is_part) && !behind.starts_with(is_part)
    })
}

/// Ticks the box, where the line has one.
fn tick(file: &ThreadFile, watch: &Watch) -> Option<Fix> {
    let raw = file.document.slice(watch.span);
    let at = bullet::marker_length(raw);
    raw[at..].starts_with("[ ] ").then(|| {
        let mark = Span::new(at + 1, at + 2).shifted(watch.span.start);
        Fix::safe("tick the box", vec![Edit::Value { span: mark, text: "x".into() }])
    })
}
