//! Options of `status` that choose and sort threads.

use clap::{Args, ValueEnum};

use super::report::StatusRow;
use crate::evaluate::Evaluation;
use crate::model::{Configuration, Status};

/// Options that choose and sort threads. A thread is shown if it fits all of them.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub struct FilterArgs {
    /// Show only threads at the last level of the ladder
    #[arg(long)]
    pub ripe: bool,
    /// Show only threads on which the next scan acts
    #[arg(long)]
    pub ready: bool,
    /// Show only threads with unread items
    #[arg(long)]
    pub unread: bool,
    /// Show only threads with drafts
    #[arg(long)]
    pub drafts: bool,
    /// Show only threads whose newest item is at least DAYS old, or that have none
    #[arg(long, value_name = "DAYS")]
    pub stale: Option<i64>,
    /// Show only threads at this level; may be repeated
    #[arg(long, value_name = "LEVEL")]
    pub level: Vec<String>,
    /// Show only threads with this tag; may be repeated
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Show only threads with items of this source; may be repeated
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,
    /// Show only threads with this status; may be repeated
    #[arg(long, value_name = "STATUS", value_parser = ["active", "dormant", "closed"])]
    pub status: Vec<String>,
    /// Order of the threads
    #[arg(long, value_name = "KEY", default_value = "level")]
    pub sort: SortKey,
    /// Show at most N threads
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// The order of the threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum SortKey {
    /// Ripe threads first, then down the ladder
    #[default]
    Level,
    /// Threads with the newest items first
    Newest,
    /// Threads with most unread items first
    Unread,
    /// By slug
    Name,
}

impl FilterArgs {
    /// Returns whether a thread is shown.
    pub(super) fn keeps(
        &self,
        row: &StatusRow,
        evaluation: &Evaluation<'_>,
        configuration: &Configuration,
    ) -> bool {
        let is_any_of = |wanted: &[String], has: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|word| has(word))
        };
        let is_stale = self.stale.is_none_or(|days| {
            row.status == Status::Active && row.newest_age_days.is_none_or(|age| age >= days)
        });
        let items = &evaluation.items.items;
        let has_source = |name: &str| {
            let slug = configuration.source_slug(name);
            items.iter().any(|item| item.sources.contains(&slug))
        };
        (!self.ripe || row.ripe)
            && (!self.ready || row.is_ready())
            && (!self.unread || row.unread > 0)
            && (!self.drafts || !row.drafts.is_empty())
            && is_stale
            && is_any_of(&self.level, &|level| row.level.as_deref() == Some(level))
            && is_any_of(&self.tag, &|tag| evaluation.thread.tags.iter().any(|known| known == tag))
            && is_any_of(&self.source, &has_source)
            && is_any_of(&self.status, &|status| row.status.as_str() == status)
    }

    /// Sorts and shortens rows, which are sorted by level.
    pub(super) fn sort(&self, rows: &mut Vec<StatusRow>) {
        match self.sort {
            SortKey::Level => {}
            SortKey::Newest => rows.sort_by_key(|row| std::cmp::Reverse(row.newest)),
            SortKey::Unread => rows.sort_by_key(|row| std::cmp::Reverse(row.unread)),
            SortKey::Name => rows.sort_by(|a, b| a.thread.cmp(&b.thread)),
        }
        rows.truncate(self.limit.unwrap_or(usize::MAX));
    }
}
