//! JSON Schemas (draft-07) of the JSON documents and of the YAML files.
//!
//! The schemas of the documents are derived from the report types. Those of the YAML files are
//! written by hand in this directory, because YAML is not parsed through serde; tests compare them
//! with what the parser accepts and rejects.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::commands::adopt::report::{AdoptAllReport, AdoptReport};
use crate::commands::backtest::report::BacktestReport;
use crate::commands::catalog::report::{ScansReport, UnmappedReport};
use crate::commands::check::list_rules::{RuleReport, RulesReport};
use crate::commands::check::report::CheckReport;
use crate::commands::fetch::report::{FetchReport, ImportReport};
use crate::commands::find::report::FindReport;
use crate::commands::hook::report::HookReport;
use crate::commands::init::report::InitReport;
use crate::commands::list::report::ListReport;
use crate::commands::log::report::LogReport;
use crate::commands::merge::report::MergeReport;
use crate::commands::next::report::NextReport;
use crate::commands::scan::report::ScanReport;
use crate::commands::shared::edit::report::EditReport;
use crate::commands::shared::json::{Report, SCHEMA_VERSION, escaped};
use crate::commands::show::report::ShowDocument;
use crate::commands::source::report::SourcesReport;
use crate::commands::status::report::StatusReport;
use crate::commands::test::report::TestReport;
use crate::commands::trigger::report::TriggersReport;
use crate::model::Configuration;

/// The schema of the front matter of a thread.
pub const FRONT_MATTER: &str = "front-matter";

/// The schema of `thread.yaml`.
pub const THREAD_YAML: &str = "thread.yaml";

/// Kind of a JSON document, and the function that makes its schema.
type Kind = (&'static str, fn() -> Schema);

/// The reports of all commands, by kind.
const KINDS: [Kind; 24] = [
    kind::<AdoptReport>(),
    kind::<AdoptAllReport>(),
    kind::<BacktestReport>(),
    kind::<ScansReport>(),
    kind::<CheckReport>(),
    kind::<EditReport>(),
    kind::<FindReport>(),
    kind::<HookReport>(),
    kind::<InitReport>(),
    kind::<LogReport>(),
    kind::<MergeReport>(),
    kind::<NextReport>(),
    kind::<RuleReport>(),
    kind::<RulesReport>(),
    kind::<ScanReport>(),
    kind::<ShowDocument>(),
    kind::<SourcesReport>(),
    kind::<StatusReport>(),
    kind::<TestReport>(),
    kind::<TriggersReport>(),
    kind::<UnmappedReport>(),
    kind::<ListReport>(),
    kind::<FetchReport>(),
    kind::<ImportReport>(),
];

const fn kind<R: Report>() -> Kind {
    (R::KIND, schema_of::<R>)
}

/// The names of all schemas.
pub fn names() -> impl Iterator<Item = &'static str> {
    [FRONT_MATTER, THREAD_YAML].into_iter().chain(KINDS.iter().map(|(kind, _)| *kind))
}

/// Returns the schema with this name as text. In a workspace, levels are those of its ladder.
pub fn named(name: &str, configuration: Option<&Configuration>) -> Option<String> {
    let schema = match name {
        FRONT_MATTER => front_matter(configuration),
        THREAD_YAML => written(include_str!("thread-yaml.json")),
        kind => {
            let (_, make) = KINDS.iter().find(|(known, _)| *known == kind)?;
            document(kind, make())
        }
    };
    Some(escaped(&schema))
}

fn front_matter(configuration: Option<&Configuration>) -> Value {
    let mut schema = written(include_str!("front-matter.json"));
    if let Some(configuration) = configuration {
        schema["definitions"]["level"] =
            json!({ "enum": configuration.ladder.0, "description": "A word of the ladder." });
    }
    schema
}

/// Parses a schema of this directory.
fn written(text: &str) -> Value {
    serde_json::from_str(text).expect("the tests read every schema")
}

fn schema_of<R: Report>() -> Schema {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<R>()
}

/// Returns the schema of a report as a document.
fn document(kind: &str, schema: Schema) -> Value {
    let mut schema = schema.to_value();
    schema["title"] = json!(format!("thread {kind} --json"));
    schema["properties"]["schema-version"] = json!({ "const": SCHEMA_VERSION });
    schema["properties"]["kind"] = json!({ "const": kind });
    if let Some(required) = schema["required"].as_array_mut() {
        required.extend([json!("schema-version"), json!("kind")]);
    } else {
        schema["required"] = json!(["schema-version", "kind"]);
    }
    schema
}
