//! Result of `thread trigger list`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::shared::json::Report;
use crate::commands::shared::trigger_report::TriggerReport;
use crate::evaluate::Evaluation;
use crate::model::Date;

/// The triggers of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TriggersReport {
    /// The date of the evaluation.
    pub today: Date,
    /// The slug of the thread.
    pub thread: String,
    /// Its triggers, in the order of the file.
    pub triggers: Vec<TriggerReport>,
}

impl Report for TriggersReport {
    const KIND: &'static str = "triggers";
}

impl TriggersReport {
    /// The triggers of an evaluated thread.
    pub(crate) fn new(evaluation: &Evaluation<'_>) -> Self {
        let triggers = evaluation.thread.triggers.iter();
        let states = triggers.filter_map(|trigger| evaluation.trigger(&trigger.id.value));
        Self {
            today: evaluation.date,
            thread: evaluation.thread.slug.clone(),
            triggers: states.map(TriggerReport::new).collect(),
        }
    }
}
