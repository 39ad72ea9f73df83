//! Findings as SARIF 2.1.0, the exchange format of static analysis tools.

use serde_json::{Value, json};

use crate::commands::shared::findings::report::{
    FileRange, Finding, PlacedEdit, PlacedFix, RelatedRange,
};
use crate::commands::shared::json;
use crate::model::{Rule, Severity};

/// Returns a SARIF log of one run, with all rules and these findings.
pub fn render(findings: &[Finding]) -> String {
    let rules: Vec<Value> = Rule::ALL.iter().map(|rule| rule_object(*rule)).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "thread",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    json::escaped(&log)
}

fn rule_object(rule: Rule) -> Value {
    json!({
        "id": rule.name(),
        "shortDescription": {"text": rule.summary()},
        "defaultConfiguration": {"level": level(rule.severity())},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "note",
        severity => severity.as_str(),
    }
}

fn result(finding: &Finding) -> Value {
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let fixes: Vec<Value> = finding.fix.iter().map(|fix| fixed(fix, &finding.place.path)).collect();
    let related: Vec<Value> = finding.related.iter().map(related).collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": Rule::ALL.iter().position(|rule| rule.name() == finding.rule),
        "level": level(finding.severity),
        "message": {"text": format!("{}{help}", finding.message)},
        "locations": [{"physicalLocation": location(&finding.place)}],
        "relatedLocations": related,
        "fixes": fixes,
    })
}

fn related(related: &RelatedRange) -> Value {
    json!({
        "physicalLocation": location(&related.place),
        "message": {"text": related.label},
    })
}

fn fixed(fix: &PlacedFix, path: &str) -> Value {
    let replacement = |edit: &PlacedEdit| {
        json!({
            "deletedRegion": region(&edit.place),
            "insertedContent": {"text": edit.text},
        })
    };
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact(path), "replacements": replacements}],
        "properties": {"safety": fix.safety},
    })
}

fn location(place: &FileRange) -> Value {
    json!({"artifactLocation": artifact(&place.path), "region": region(place)})
}

fn artifact(path: &str) -> Value {
    json!({"uri": uri(path), "uriBaseId": "%SRCROOT%"})
}

fn region(place: &FileRange) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// Returns a path as a relative URI: `a b.md` becomes `a%20b.md`.
fn uri(path: &str) -> String {
    path.bytes().map(percent_encoded).collect()
}

fn percent_encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn uri_of_a_path_is_relative_and_encoded() {
        assert_eq!(uri("threads/a b:é.md"), "threads/a%20b%3A%C3%A9.md");
    }
}
