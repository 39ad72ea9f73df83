//! Tables.

use crate::parse::markdown::Inline;
use crate::text::Span;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The cells of its header.
    pub header: Vec<Cell>,
    /// Its other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its content without the whitespace around it.
    pub span: Span,
    /// Its links and opaque spans.
    pub inline: Inline,
}
