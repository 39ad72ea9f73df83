//! Findings as workflow commands, which GitHub shows as annotations of a pull request.

use crate::commands::shared::findings::Finding;
use crate::model::Severity;
use crate::text::escape_for_terminal;

/// Returns a line for each finding: `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::…`.
pub fn render(findings: &[Finding]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Hint => "notice",
        severity => severity.as_str(),
    };
    let place = &finding.place;
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(&place.path),
        place.line,
        place.end_line,
        place.column,
        place.end_column,
        property(finding.rule),
        data(&format!("{}{help}", finding.message)),
    )
}

/// Escapes a message: `50%` becomes `50%25`.
fn data(text: &str) -> String {
    escape_for_terminal(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// Escapes a value in a list of `key=value`: `a,b` becomes `a%2Cb`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_property_with_delimiters_are_escaped() {
        assert_eq!(data("50%: a,\r\nb\u{1b}"), "50%25: a,%0D%0Ab␛");
        assert_eq!(property("50%: a,\n"), "50%25%3A a%2C%0A");
    }
}
