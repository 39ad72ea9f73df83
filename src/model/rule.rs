//! The table of all rules: names, severities and summaries.

use super::Severity;

macro_rules! rules {
    ($($variant:ident $name:literal $severity:ident $summary:literal;)*) => {
        /// A rule that files can break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $summary] $variant,)*
        }

        impl Rule {
            /// All rules, grouped by subject.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The kebab-case name, such as `bad-date`.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// The severity, unless the workspace changes it.
            pub fn severity(self) -> Severity {
                match self { $(Rule::$variant => Severity::$severity,)* }
            }

            /// Returns the rule with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.name() == name)
            }

            /// The page of the rule, as markdown: reason, an example that breaks it, and one that
            /// does not.
            pub fn documentation(self) -> &'static str {
                match self {
                    $(Rule::$variant => include_str!(concat!("../../docs/rules/", $name, ".md")),)*
                }
            }

            /// The sentence that has to be true of the files.
            pub fn summary(self) -> &'static str {
                match self { $(Rule::$variant => $summary,)* }
            }
        }
    };
}

rules! {
    UnreadableFile "unreadable-file" Error "Every file in the workspace is a readable regular file of at most 16 MiB.";
    HalfWrittenFile "half-written-file" Error "A file that is written in place is complete.";
    NotUtf8 "not-utf8" Error "Every file is UTF-8 text.";
    NoFrontMatter "no-front-matter" Error "A thread begins with front matter between `---` lines.";
    UnclosedFrontMatter "unclosed-front-matter" Error "Front matter that begins with `---` ends with `---` or `...`.";
    ConflictMarker "conflict-marker" Error "A file has no merge conflict markers.";
    ControlCharacter "control-character" Warning "A file has no characters that control a terminal or change the direction of text.";
    MixedLineEndings "mixed-line-endings" Warning "All lines of a file have the same line ending.";
    YamlSyntax "yaml-syntax" Error "Front matter and `thread.yaml` are valid YAML within the size limits.";
    DuplicateKey "duplicate-key" Error "A key occurs once in its map.";
    UnknownKey "unknown-key" Error "The maps that the tool reads have only known keys.";
    SuspectKey "suspect-key" Warning "No unknown top-level key resembles a known one.";
    MissingKey "missing-key" Error "Every required key has a value.";
    WrongType "wrong-type" Error "A value has the type that its key requires.";
    BadDate "bad-date" Error "A date exists and is written YYYY-MM-DD.";
    BadDuration "bad-duration" Error "A duration is a number of days or weeks.";
    BadPattern "bad-pattern" Error "A pattern for titles has a word, or is a valid regular expression.";
    UnknownLevel "unknown-level" Error "A level is on the ladder.";
    UnknownWord "unknown-word" Error "A value is one of those that its key allows.";
    UnknownSet "unknown-set" Error "A set in a condition is defined in the thread.";
    UnknownPerson "unknown-person" Error "A person who attests is listed in `thread.yaml`.";
    DuplicateTrigger "duplicate-trigger" Error "The triggers of a thread have different ids.";
    BadCondition "bad-condition" Error "A condition has exactly one known key with its value.";
    QuietWithoutSource "quiet-without-source" Error "A set in a `quiet` condition names its sources.";
    DuplicateSection "duplicate-section" Warning "A known section occurs once in a thread.";
    DuplicateThread "duplicate-thread" Error "Thread files have different names, in all directories.";
    UnportableName "unportable-name" Warning "The names of files are valid and different on all systems.";
    SwallowedItems "swallowed-items" Error "No open comment, code block or HTML hides list items.";
    UnreadMapping "unread-mapping" Error "A catalog line with `[thread:: …]` is read as an item.";
    UnreadItem "unread-item" Warning "A line that looks like an item or a log entry is read as one.";
    LinkWithoutItem "link-without-item" Hint "A link in a catalog belongs to an item.";
    MissingTitle "missing-title" Hint "A thread has a `# Title` heading.";
    EvidenceWithoutDate "evidence-without-date" Hint "A bullet of the Evidence section has a link or a date; without both it is a remark and is not counted.";
    UnreadDate "unread-date" Hint "The date of an item has one meaning, and is not in the text of a link.";
    NestedEvidence "nested-evidence" Hint "No item of the evidence is nested below another one.";
    CountInProse "count-in-prose" Hint "A number in the text is the length of the list below it.";
    UnclosedField "unclosed-field" Warning "An inline field has its closing bracket.";
    MisspeltField "misspelt-field" Warning "No unknown inline field resembles a known one.";
    ReadingContradiction "reading-contradiction" Warning "A bullet does not mark its item as both read and unread.";
    UnclearReadState "unclear-read-state" Warning "A phrase that means \"not read\" is one that marks the item as unread.";
    AmbiguousItem "ambiguous-item" Error "A reference to an item matches one item.";
    SameTitle "same-title" Hint "Items of a thread with the same title are different items.";
    DuplicateEvidence "duplicate-evidence" Warning "A thread lists each item once.";
    SetNeverMatched "set-never-matched" Hint "Every set has matched at least one item.";
    VerdictUndeclared "verdict-undeclared" Error "A verdict is one that `verdicts` declares for its item.";
    VerdictOnUnread "verdict-on-unread" Warning "An item with a verdict is marked as read.";
    VerdictWithoutConsequence "verdict-without-consequence" Warning "Every declared verdict is used by a trigger.";
    LevelDiffersFromLog "level-differs-from-log" Error "The level in the front matter is that of the last change in the log.";
    LogLevelUnknown "log-level-unknown" Warning "No level in the log is misspelt.";
    LogOrder "log-order" Warning "The log is sorted by date.";
    LogWithoutDate "log-without-date" Hint "A log entry begins with a date; without one it is prose.";
    UnknownTrigger "unknown-trigger" Hint "A trigger in a log entry exists in the thread.";
    UnknownItem "unknown-item" Hint "An item in a condition or in `verdicts` is in the thread or in a catalog.";
    QuotedTriggerMissing "quoted-trigger-missing" Hint "A trigger that the text quotes exists in the thread.";
    WatchDone "watch-done" Hint "No open Watching line asks for an item that was read.";
    DraftWithoutDate "draft-without-date" Hint "A bullet of the Drafts section has a date; without one it records no draft.";
    MissingDraft "missing-draft" Hint "A draft that is listed under the drafts directory exists.";
    DraftBeforeRipe "draft-before-ripe" Hint "A draft is begun when its thread is ripe.";
    DraftAnchorUnknown "draft-anchor-unknown" Warning "An anchor of a draft is in the evidence of the thread.";
    DraftOnUnread "draft-on-unread" Warning "An anchor of a draft is not marked as unread.";
    UnknownDraftState "unknown-draft-state" Warning "The state of a draft is one of `draft-states` in `thread.yaml`.";
    CatalogName "catalog-name" Error "The name or the front matter of a catalog gives its date and source, without contradiction.";
    CatalogItemUnnamed "catalog-item-unnamed" Warning "An item has a label, a title, a URL or an id.";
    UnknownThread "unknown-thread" Error "An item is mapped to threads that exist.";
    UnmappedItems "unmapped-items" Hint "Every item of a catalog belongs to a thread.";
    IdleTagRule "idle-tag-rule" Hint "Every tag rule matches at least one item of a catalog.";
    TagNobodyAsks "tag-nobody-asks" Hint "A thread asks for the tag of every tag rule.";
    MissingCatalog "missing-catalog" Warning "A catalog that the text of a thread names exists.";
    DateRevised "date-revised" Hint "All records of an item have the same date.";
    IgnoreWithoutReason "ignore-without-reason" Error "An ignore comment names an existing rule and gives a reason.";
    UnusedIgnore "unused-ignore" Warning "An ignore comment matches a finding.";
    ClockBehindLog "clock-behind-log" Error "Today is not before the last log entry.";
    TriggerConflict "trigger-conflict" Error "A raise and a lowering are never ready at the same time.";
    UnknownName "unknown-name" Error "A trigger test names threads, triggers, sets and items that exist.";
    ExpectationFailed "expectation-failed" Error "A trigger test has the expected result.";
    UneditableFile "uneditable-file" Error "An edit changes nothing else in the file.";
    UnwritableFile "unwritable-file" Error "The file, its directory and the disk allow the write.";
    FileChanged "file-changed" Error "No other program changes a file between reading and writing.";
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn name_is_unique_and_in_kebab_case() {
        let mut names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        let kebab = |name: &str| {
            name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
        };
        assert!(names.iter().all(|name| kebab(name)));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Rule::ALL.len());
    }
}
