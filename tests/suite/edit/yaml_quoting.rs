//! Quoting of YAML values: other readers of YAML find the same texts.

use std::process::Command;

use super::free_text::{NASTY, YAML};
use crate::support::scratch::{self, Scratch, run};

/// Prints the values of a list of documents, one JSON text a line.
const READERS: [(&str, &str, &str); 3] = [
    (
        "PyYAML",
        "python3",
        "import sys, json, yaml\nfor d in json.load(sys.stdin): print(json.dumps(yaml.safe_load(d), default=repr))",
    ),
    (
        "ruamel.yaml",
        "python3",
        "import sys, json\nfrom ruamel.yaml import YAML\nfor d in json.load(sys.stdin): print(json.dumps(YAML(typ='safe', pure=True).load(d), default=repr))",
    ),
    (
        "js-yaml",
        "node",
        "const y = require('js-yaml'); for (const d of JSON.parse(require('fs').readFileSync(0))) console.log(JSON.stringify(y.load(d)))",
    ),
];

#[test]
fn yaml_quoting_of_any_text_is_read_back_by_other_readers() {
    use thread_tracker::edit::yaml_edit::quoted;
    use thread_tracker::parse::yaml::Style;
    let texts: Vec<&str> =
        NASTY.iter().chain(&YAML).copied().chain(["ripe", "metr/rd-1", "a@b"]).collect();
    let styles = [Style::Plain, Style::Single, Style::Double];
    let documents: Vec<String> = texts
        .iter()
        .flat_map(|text| styles.map(|style| quoted(text, style)))
        .map(|value| format!("block: {value}\nflow: {{a: {value}, b: [{value}, {value}]}}\n"))
        .collect();
    for (name, program, script) in READERS {
        let flag = if program == "node" { "-e" } else { "-c" };
        let directory =
            Scratch::new().with("documents.json", serde_json::to_string(&documents).unwrap());
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$@\" < documents.json", "sh", program, flag, script]);
        let ran = run(command.current_dir(directory.path("")));
        if ran.code != Some(0) && (ran.stderr.contains("odule") || ran.stderr.contains("not found"))
        {
            scratch::skipped(&format!("{name} is not installed"));
            continue;
        }
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.stderr);
        let found =
            ran.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let found: Vec<_> = found.collect();
        assert_eq!(found.len(), documents.len());
        for (at, (value, document)) in found.iter().zip(&documents).enumerate() {
            let text = texts[at / styles.len()];
            let expected =
                serde_json::json!({"block": text, "flow": {"a": text, "b": [text, text]}});
            assert_eq!(*value, expected, "{name} reads {document}");
        }
    }
}
