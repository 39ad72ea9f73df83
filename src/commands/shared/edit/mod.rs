//! Edits of the workspace: the context of an edit, its plan, and the writing of it.

pub mod context;
pub mod plan;
pub mod report;
pub mod run;
pub mod text;
