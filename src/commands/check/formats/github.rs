//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use crate::commands::shared::findings::report::Finding;
use crate::text::escape_for_terminal;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, a line each.
pub fn render(findings: &[Finding]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let word = match finding.severity {
        "hint" => "notice",
        severity => severity,
    };
    let place = &finding.place;
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!(
        "::{word} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&place.path),
        place.line,
        place.end_line,
        place.column,
        place.end_column,
        property(finding.rule),
        data(&format!("{}{help}", finding.message)),
    )
}

/// A text behind `::`, where only `%` and line endings mean something.
fn data(text: &str) -> String {
    escape_for_terminal(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// A text in a list of `key=value`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        assert_eq!(data("50%: a,\r\nb\u{1b}"), "50%25: a,%0D%0Ab␛");
        assert_eq!(property("50%: a,\n"), "50%25%3A a%2C%0A");
    }
}
