//! Fixes of findings.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Edit;

/// Edits that resolve a finding, all in the finding's file. A fix never changes a level or a date,
/// and never deletes the user's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// A description, such as "write `medium`".
    pub title: String,
    /// The edits, which are made together or not at all.
    pub edits: Vec<Edit>,
    /// Its certainty.
    pub safety: Safety,
}

/// The certainty of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Safety {
    /// The only possible correction; applied by `check --fix`.
    Safe,
    /// A probable correction, or one that states a fact which only the user can know; applied by
    /// `check --fix --unsafe-fixes`.
    Unsafe,
}

impl Safety {
    /// The name, for display and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

impl Fix {
    /// Creates a fix.
    pub fn new(safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), edits, safety }
    }

    /// Creates a safe fix.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(Safety::Safe, title, edits)
    }
}
