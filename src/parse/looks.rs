//! Looks: dates on which a source was looked at and had nothing new.
//!
//! `backlogs/2026-looks.md` has one line for each look: `- 2026-11-20 — tide-gazette`. A look counts
//! as a scan without items, so that quiet days need no catalog of their own. The order of the lines
//! and repeated lines have no meaning.

use crate::model::{Catalog, Configuration, Date, Diagnostic, Rule, date};
use crate::text::{Document, Span};

/// The end of the name of a file of looks.
const NAME: &str = "-looks.md";

/// Returns whether a path is one of a file of looks: four digits and `-looks.md`.
pub fn is_looks(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let year = name.strip_suffix(NAME);
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns the path of the looks of a year.
pub fn path(today: Date, configuration: &Configuration) -> String {
    format!("{}/{}{NAME}", configuration.backlogs, today.format("%Y"))
}

/// Parses looks as catalogs without items. Lines that are no list items are for the reader.
pub fn parse(
    document: &Document,
    configuration: &Configuration,
) -> (Vec<Catalog>, Vec<Diagnostic>) {
    let (mut looks, mut found) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in document.text.split_inclusive('\n') {
        let text = line.trim_end();
        let span = Span::new(start, start + text.len());
        start += line.len();
        let Some(bullet) = text.trim_start().strip_prefix(['-', '*', '+']) else { continue };
        match look(bullet, configuration) {
            Some((scanned, source)) => looks.push(Catalog {
                path: document.path.clone(),
                source,
                scanned,
                baseline: false,
                url: None,
                items: Vec::new(),
            }),
            None => found.push(
                Diagnostic::new(Rule::UnreadItem, &document.path, span, "this look is not read")
                    .help("write `- DATE — SOURCE`, such as `- 2026-11-20 — tide-gazette`"),
            ),
        }
    }
    (looks, found)
}

/// `2026-11-20 — tide-gazette`
fn look(bullet: &str, configuration: &Configuration) -> Option<(Date, String)> {
    let (date, source) = bullet.trim().split_once(char::is_whitespace)?;
    let source = source.trim().trim_start_matches(['—', '–', '-']).trim();
    let slug = configuration.source_slug(source);
    Some((date::parse(date).ok()?, slug)).filter(|(_, slug)| !slug.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_reads_dates_and_sources_and_names_other_bullets() {
        let text = "# Looks\n\n- 2026-11-20 — tide-gazette\r\n* 2026-11-23 - Harbour Lab\n- soon\n";
        let document = Document::new("backlogs/2026-looks.md", text);
        let (looks, found) = parse(&document, &Configuration::default());
        let looks: Vec<String> =
            looks.iter().map(|look| format!("{} {}", look.scanned, look.source)).collect();
        assert_eq!(looks, ["2026-11-20 tide-gazette", "2026-11-23 harbour-lab"]);
        assert_eq!(found.len(), 1);
        assert_eq!(document.slice(found[0].span), "- soon");
    }

    #[test]
    fn is_looks_is_true_for_a_year_only() {
        assert!(is_looks("backlogs/2026-looks.md") && is_looks("2026-looks.md"));
        assert!(!is_looks("backlogs/my-looks.md") && !is_looks("backlogs/2026-11-01-looks.md"));
    }
}
