//! The format of a line of `thread list`: `{thread}\t{id}`.

use super::report::Row;
use crate::text::escape_for_terminal;
use crate::text::suggest::unknown_name_help;

/// A parsed format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Format {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
}

/// A field of a row, with its value.
type Field = (&'static str, fn(&Row) -> Option<String>);

const FIELDS: [Field; 10] = [
    ("thread", |row| row.thread.clone()),
    ("id", |row| row.id.clone()),
    ("title", |row| Some(row.title.clone())),
    ("url", |row| row.url.clone()),
    ("date", |row| row.date.map(|date| date.to_string())),
    ("source", |row| row.source.clone()),
    ("level", |row| row.level.clone()),
    ("reading", |row| row.reading.clone()),
    ("path", |row| row.path.clone()),
    ("line", |row| row.line.map(|line| line.to_string())),
];

impl Format {
    /// Parses a format. `{{` and `}}` are braces, `\t` is a tab, `\n` a line feed, `\\` a backslash.
    ///
    /// # Errors
    /// A message and its help: a field is unknown, or a brace is not closed.
    pub(super) fn parse(text: &str) -> Result<Self, (String, String)> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek().copied()) {
                ('\\', Some(escaped @ ('t' | 'n' | '\\'))) => {
                    rest.next();
                    literal.push(match escaped {
                        't' => '\t',
                        'n' => '\n',
                        other => other,
                    });
                }
                ('{', Some('{')) | ('}', Some('}')) => {
                    rest.next();
                    literal.push(c);
                }
                ('{', _) => {
                    let name: String = rest.by_ref().take_while(|c| *c != '}').collect();
                    parts.push(Part::Text(std::mem::take(&mut literal)));
                    parts.push(Part::Field(field(&name)?));
                }
                _ => literal.push(c),
            }
        }
        parts.push(Part::Text(literal));
        Ok(Self { parts })
    }

    /// Returns the line of a row. Control characters of values are replaced, so that a title cannot
    /// begin a new line or field.
    pub(super) fn line(&self, row: &Row) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Field((_, value)) => escape_for_terminal(&value(row).unwrap_or_default()),
        });
        parts.collect()
    }
}

fn field(name: &str) -> Result<Field, (String, String)> {
    let name = name.trim();
    let found = FIELDS.into_iter().find(|(known, _)| *known == name);
    found.ok_or_else(|| {
        let help = unknown_name_help("field", name, FIELDS.iter().map(|(known, _)| *known));
        (format!("`{{{name}}}` is not a field of a list"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(format: &str) -> String {
        let row = Row {
            thread: Some("tides".into()),
            title: "A\ttitle\nwith \u{1b}[31m".into(),
            ..Row::default()
        };
        Format::parse(format).expect("a format").line(&row)
    }

    #[test]
    fn line_replaces_fields_and_escapes() {
        assert_eq!(line(r"{thread}\t{id}\t{{x}}\\n"), "tides\t\t{x}\\n");
    }

    #[test]
    fn line_has_no_control_characters_of_values() {
        assert_eq!(line("{title}|"), "A title with ␛[31m|");
    }

    #[test]
    fn parse_refuses_unknown_fields() {
        let (message, help) = Format::parse("{titel}").expect_err("an unknown field");
        assert_eq!(message, "`{titel}` is not a field of a list");
        assert!(help.starts_with("did you mean `title`?"), "{help}");
        assert!(Format::parse("{thread").is_ok());
    }
}
