//! A thread `x` with triggers, catalogs of several sources, and decisions, each made in one line.

use thread_tracker::check;
use thread_tracker::commands::shared::phrases;
use thread_tracker::evaluate::decision::acknowledged_facts;
use thread_tracker::evaluate::{Evaluation, Outcome};
use thread_tracker::model::{Rule, RuleLevel, RuleLevels};

use crate::support::world::{World, day};

/// The file of the thread that the cases are about.
pub const X: &str = "threads/x.md";

/// A workspace with one thread, `x`, whose level is low.
pub fn thread(front_matter: &str) -> World {
    let level = "ripeness: {level: low, since: 2026-01-01}";
    World::new().with(X, format!("---\n{level}\n{front_matter}\n---\n\n# X\n"))
}

/// A trigger `id` that does something (`raise-to: ripe`) when its condition holds. More keys may
/// follow the condition, on lines of their own.
pub fn trigger(id: &str, effect: &str, when: &str) -> String {
    format!("  - id: {id}\n    why: {id} has come about\n    {effect}\n    when: {when}\n")
}

/// A thread with these triggers, and with the set `hits` of all items that are tagged `hit`.
pub fn with_triggers(triggers: &[String]) -> World {
    thread(&format!("sets:\n  hits: {{tag: hit}}\ntriggers:\n{}", triggers.concat()))
}

/// A thread with one trigger `t`, which raises to ripe when `when` holds.
pub fn raising(when: &str) -> World {
    with_triggers(&[trigger("t", "raise-to: ripe", when)])
}

/// A thread with one trigger `t`, which counts hits within `bounds`.
pub fn counting(bounds: &str) -> World {
    raising(&format!("{{count: {{of: hits, {bounds}}}}}"))
}

/// A bullet that tells of an item that counts as a hit of thread `x`; its id is `<source>/<name>`.
pub fn hit(name: &str, date: &str) -> String {
    format!("[{name}](https://example.org/{name}) ({date}) [tags:: hit] [thread:: x]")
}

impl World {
    /// The same with a scan of `source` that found these items, each the text of a bullet.
    pub fn catalog(self, date: &str, source: &str, items: &[String]) -> Self {
        let bullets: String = items.iter().map(|item| format!("- {item}\n")).collect();
        let path = format!("backlogs/{date}-{source}-backlog.md");
        self.with(&path, format!("# What {source} had\n\n{bullets}"))
    }

    /// The same with more text at the end of thread `x`.
    pub fn body(self, text: &str) -> Self {
        let before = self.x().to_string();
        self.with(X, format!("{before}\n{text}\n"))
    }

    /// The same with one place of thread `x` edited by hand.
    pub fn edited(self, from: &str, to: &str) -> Self {
        assert_eq!(self.x().matches(from).count(), 1, "`{from}` in\n{}", self.x());
        let text = self.x().replace(from, to);
        self.with(X, text)
    }

    /// The text of thread `x`.
    pub fn x(&self) -> &str {
        &self.files[X]
    }

    /// The same after a scan that met no problem.
    pub fn after_scan(&self, on: &str) -> Self {
        let scanned = self.scan(on);
        assert!(scanned.problems.is_empty(), "{:?}", scanned.problems);
        scanned.world
    }

    /// Returns whether a scan on this date would leave every file alone, without a problem.
    pub fn is_settled(&self, on: &str) -> bool {
        let scanned = self.scan(on);
        scanned.changed.is_empty() && scanned.problems.is_empty()
    }

    /// The level of thread `x` in its front matter.
    pub fn level(&self) -> String {
        self.file_of_x(|evaluation| evaluation.thread.ripeness.level.value.clone())
    }

    /// The log of thread `x`: `2026-05-02 low → ripe`.
    pub fn moves(&self) -> Vec<String> {
        self.file_of_x(|evaluation| {
            let entries = evaluation.thread.log.iter();
            let moves = entries.filter_map(|entry| Some((entry.date, entry.change.as_ref()?)));
            moves
                .map(|(date, change)| {
                    let from = change.from.as_deref().unwrap_or("");
                    format!("{date} {from} → {}", change.to.value)
                })
                .collect()
        })
    }

    /// The `weighed` lists of the triggers of thread `x`, as written in the file.
    pub fn weighed(&self, id: &str) -> Option<Vec<String>> {
        self.file_of_x(|evaluation| {
            let mut triggers = evaluation.thread.triggers.iter();
            triggers.find(|trigger| trigger.id.value == id)?.acknowledged.clone()
        })
    }

    fn file_of_x<T>(&self, ask: impl FnOnce(&Evaluation<'_>) -> T) -> T {
        self.evaluated("x", "2026-12-31", ask)
    }

    /// Returns whether the condition of the trigger `t` of thread `x` is true on a date.
    pub fn is_true(&self, on: &str) -> bool {
        self.evaluated("x", on, |evaluation| {
            evaluation.trigger("t").expect("t is there").outcome.is_true()
        })
    }

    /// The judged condition of the trigger `t` of thread `x`.
    pub fn outcome<T>(&self, on: &str, ask: impl FnOnce(&Outcome<'_>) -> T) -> T {
        self.evaluated("x", on, |evaluation| {
            ask(&evaluation.trigger("t").expect("t is there").outcome)
        })
    }

    /// The number that the trigger `t` has.
    pub fn have(&self, on: &str) -> u32 {
        self.outcome(on, |outcome| outcome.have)
    }

    /// The state of the trigger `t`.
    pub fn t(&self, on: &str) -> &'static str {
        self.state("x", "t", on)
    }

    /// The near misses of the trigger `t` with reasons: `one/a: has no date`.
    pub fn near_misses(&self, on: &str) -> Vec<String> {
        self.outcome(on, |outcome| {
            let near = outcome.near_misses.iter();
            near.map(|near| format!("{}: {}", near.item.fact_id, phrases::near_miss(&near.reason)))
                .collect()
        })
    }

    /// The findings of `check`: `unknown-level: unknown level …`.
    /// Most cases have waiting sets and unmapped items.
    pub fn findings(&self) -> Vec<String> {
        let mut rule_levels = RuleLevels::default();
        for rule in [Rule::SetNeverMatched, Rule::UnmappedItems] {
            rule_levels.set(rule, RuleLevel::Allow).expect("hints may be allowed");
        }
        let found = check::check_by(&self.read(), &rule_levels);
        found.iter().map(|found| format!("{}: {}", found.rule.name(), found.message)).collect()
    }

    /// Returns whether `check` finds something by this rule.
    pub fn breaks(&self, rule: &str) -> bool {
        self.check().iter().any(|found| found.rule.name() == rule)
    }

    /// The thread after a person's `thread promote` or `thread demote`: the level, a line in the
    /// log, and in `weighed` what is on the table.
    pub fn decided(&self, to: &str, on: &str) -> Self {
        let (from, known): (String, Vec<(String, Vec<String>)>) =
            self.evaluated("x", on, |evaluation| {
                let fact_ids = evaluation.acknowledged_triggers().map(|verdict| {
                    let mut fact_ids = verdict.trigger.acknowledged.clone().unwrap_or_default();
                    fact_ids.extend(acknowledged_facts(verdict, &fact_ids, day(on)));
                    (verdict.trigger.id.value.clone(), fact_ids)
                });
                (phrases::level_name(evaluation.level.as_deref()).to_string(), fact_ids.collect())
            });
        let mut text = self.x().replacen(&format!("level: {from}"), &format!("level: {to}"), 1);
        for (id, fact_ids) in &known {
            text = weighed_by_hand(&text, id, fact_ids);
        }
        let line = format!("- {on}: {from} → {to} — a person knows better [by:: alex]");
        self.clone().with(X, with_log_line(&text, &line))
    }
}

/// The text with one more line at the end of its log, which may not be there yet.
fn with_log_line(text: &str, line: &str) -> String {
    let Some((before, log)) = text.split_once("## Ripeness\n") else {
        return format!("{}\n\n## Ripeness\n\n{line}\n", text.trim_end());
    };
    let (log, behind) = match log.find("\n## ") {
        Some(end) => log.split_at(end),
        None => (log, ""),
    };
    let gap = if log.trim().is_empty() { "\n" } else { "" };
    format!("{before}## Ripeness\n{}{gap}\n{line}\n{behind}", log.trim_end())
}

/// The text with another `weighed` list for one trigger, whose keys are on one line each.
pub fn weighed_by_hand(text: &str, id: &str, fact_ids: &[String]) -> String {
    let list =
        fact_ids.iter().map(|fact_id| format!("\"{fact_id}\"")).collect::<Vec<_>>().join(", ");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        inside = match line.strip_prefix("  - id: ") {
            Some(name) => name == id,
            None => inside && line.starts_with("    "),
        };
        if !(inside && line.starts_with("    weighed:")) {
            lines.push(line.to_string());
        }
        if inside && line.starts_with("  - id: ") {
            lines.push(format!("    weighed: [{list}]"));
        }
    }
    lines.join("\n") + "\n"
}
