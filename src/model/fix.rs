//! What would mend a finding: edits of its file.

use crate::text::Edit;

/// Edits that mend one finding, all in the finding's own file. None of them promotes, changes a
/// date or takes a person's words away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as in "write `medium`".
    pub title: String,
    /// The edits; they belong together.
    pub edits: Vec<Edit>,
    /// Whether it may be made without a person's look.
    pub safety: Safety,
}

/// Whether a fix may be made without a person's look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// It can only be what was meant.
    Safe,
    /// It is probably what was meant; or it states what only a person can know.
    Unsafe,
}

impl Safety {
    /// The word for people and for JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

impl Fix {
    /// A fix of this safety.
    pub fn new(safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), edits, safety }
    }

    /// A fix that can only be what was meant.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(Safety::Safe, title, edits)
    }
}
