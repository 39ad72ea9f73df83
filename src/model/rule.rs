//! Every rule that a file can break: the one list of their names, severities and meanings.

use crate::model::Severity;

macro_rules! rules {
    ($($variant:ident $name:literal $severity:ident $summary:literal;)*) => {
        /// A rule of `check`, known by its kebab-case name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $summary] $variant,)*
        }

        impl Rule {
            /// All rules, by subject.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// Its name for people, ignores and JSON.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// How bad it is to break it.
            pub fn severity(self) -> Severity {
                match self { $(Rule::$variant => Severity::$severity,)* }
            }

            /// The rule of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.name() == name)
            }

            /// Why it is there, what breaks it and what does not, as markdown.
            pub fn documentation(self) -> &'static str {
                match self {
                    $(Rule::$variant => include_str!(concat!("../../docs/rules/", $name, ".md")),)*
                }
            }

            /// What it asks for, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Rule::$variant => $summary,)* }
            }
        }
    };
}

rules! {
    UnreadableFile "unreadable-file" Error "A file of the workspace can be opened, is a regular file and is not enormous.";
    HalfWrittenFile "half-written-file" Error "A file that is written in place is complete.";
    NotUtf8 "not-utf8" Error "A file is UTF-8 text.";
    NoFrontMatter "no-front-matter" Error "A thread begins with front matter between `---` lines.";
    UnclosedFrontMatter "unclosed-front-matter" Error "Front matter that is opened by `---` is closed by `---` or `...`.";
    ConflictMarker "conflict-marker" Error "No merge has left its marks in a file.";
    ControlCharacter "control-character" Warning "A file holds no characters that terminals obey or that turn the direction of writing.";
    MixedLineEndings "mixed-line-endings" Warning "The lines of a file end in one way.";
    YamlSyntax "yaml-syntax" Error "Front matter and thread.yaml are valid YAML of a reasonable size.";
    DuplicateKey "duplicate-key" Error "A key stands once in its map.";
    UnknownKey "unknown-key" Error "The maps that the tool reads hold only keys that it knows.";
    SuspectKey "suspect-key" Warning "A top-level key that is nearly a known one is spelled like it.";
    MissingKey "missing-key" Error "Every key that is required is there.";
    WrongType "wrong-type" Error "A value has the shape that its key asks for.";
    BadDate "bad-date" Error "A date is a day of the calendar, written YYYY-MM-DD.";
    BadDuration "bad-duration" Error "A span of time is written in days or weeks.";
    UnknownLevel "unknown-level" Error "A level is a word of the ladder.";
    UnknownWord "unknown-word" Error "A word is among those that its key allows.";
    UnknownSet "unknown-set" Error "A trigger counts a set that the thread defines.";
    UnknownPerson "unknown-person" Error "Whoever attests is among the people of thread.yaml.";
    DuplicateTrigger "duplicate-trigger" Error "The ids of a thread's triggers differ.";
    BadCondition "bad-condition" Error "A condition is one word of the grammar with what that word needs.";
    QuietWithoutSource "quiet-without-source" Error "A set that `quiet` listens to names its sources.";
    DuplicateSection "duplicate-section" Warning "A known section stands once in a thread.";
    DuplicateThread "duplicate-thread" Error "The names of the threads differ, whatever folders they are in.";
    SwallowedItems "swallowed-items" Error "No open comment, code block or HTML hides list items.";
    UnreadMapping "unread-mapping" Error "A line of a catalog with `[thread:: …]` is read as an item.";
    UnreadItem "unread-item" Warning "A line that looks like an item or a log entry is read as one.";
    LinkWithoutItem "link-without-item" Hint "A link in a catalog belongs to an item.";
    MissingTitle "missing-title" Hint "A thread has one `# Title` heading.";
    EvidenceWithoutDate "evidence-without-date" Hint "An Evidence bullet has a date; without one it is a remark and counts nowhere.";
    NestedEvidence "nested-evidence" Hint "An item of the evidence stands in no other item.";
    CountInProse "count-in-prose" Hint "A sentence that counts a list of evidence counts it right.";
    UnclosedField "unclosed-field" Warning "An inline field that is opened is closed.";
    MisspeltField "misspelt-field" Warning "An inline field that is nearly one that is read is spelled like it.";
    ReadingContradiction "reading-contradiction" Warning "A bullet does not call its item both read and unread.";
    UnclearReadState "unclear-read-state" Warning "Words that call an item unread are those that are read as such.";
    AmbiguousItem "ambiguous-item" Error "A reference to an item fits one item.";
    SameTitle "same-title" Hint "Two items of a thread with one title are two items.";
    DuplicateEvidence "duplicate-evidence" Warning "A thread holds each item once.";
    SetNeverMatched "set-never-matched" Hint "Some item has belonged to every set at some time.";
    VerdictUndeclared "verdict-undeclared" Error "A verdict is among the words that `verdicts` declares for the item.";
    VerdictOnUnread "verdict-on-unread" Warning "Only an item that was read carries a verdict.";
    VerdictWithoutConsequence "verdict-without-consequence" Warning "Every declared verdict leads somewhere: some trigger asks for it.";
    LevelDiffersFromLog "level-differs-from-log" Error "The level of the front matter is the one that the log arrived at.";
    LogLevelUnknown "log-level-unknown" Warning "The log moves a thread between levels of the ladder.";
    LogOrder "log-order" Warning "The log is in the order of its dates.";
    LogWithoutDate "log-without-date" Hint "A bullet of the Ripeness section has a date; without one it is prose and logs nothing.";
    UnknownTrigger "unknown-trigger" Hint "A log entry names triggers that the thread still has.";
    UnknownItem "unknown-item" Hint "An item that a condition or `verdicts` names is in the thread or in a catalog.";
    QuotedTriggerMissing "quoted-trigger-missing" Hint "A trigger that the prose quotes is one that the thread has.";
    WatchDone "watch-done" Hint "A Watching line does not ask for what was read.";
    DraftWithoutDate "draft-without-date" Hint "A bullet of the Drafts section has a date; without one it records no draft.";
    MissingDraft "missing-draft" Hint "A draft that is listed in the folder of the drafts is there.";
    DraftBeforeRipe "draft-before-ripe" Hint "A draft is begun when its thread is ripe.";
    DraftAnchorUnknown "draft-anchor-unknown" Warning "A draft rests on items that the thread holds.";
    DraftOnUnread "draft-on-unread" Warning "A draft rests on items that were read.";
    UnknownDraftState "unknown-draft-state" Warning "The state of a draft is among the `draft-states` of thread.yaml.";
    CatalogName "catalog-name" Error "A catalog's name is YYYY-MM-DD-<source>-backlog.md, or its front matter says both, without contradiction.";
    CatalogItemUnnamed "catalog-item-unnamed" Warning "A catalog item or an item of the evidence has a label, a title, an address or an id.";
    UnknownThread "unknown-thread" Error "An item is mapped to threads that exist.";
    UnmappedItems "unmapped-items" Hint "What a scan found belongs to some thread.";
    MissingCatalog "missing-catalog" Warning "A catalog that a thread's prose names exists.";
    DateRevised "date-revised" Hint "Records of one item agree on its date; the later record counts.";
    IgnoreWithoutReason "ignore-without-reason" Error "A comment that ignores a rule names one that there is, and says why.";
    UnusedIgnore "unused-ignore" Warning "A comment that ignores a rule has something to ignore.";
    ClockBehindLog "clock-behind-log" Error "The day of a scan is not before the last entry of the log.";
    TriggerConflict "trigger-conflict" Error "No raise and no lowering are ready at once.";
    UnknownName "unknown-name" Error "A trigger test names a thread, triggers, sets and items that there are.";
    ExpectationFailed "expectation-failed" Error "What a trigger test expects follows from what it gives.";
    UneditableFile "uneditable-file" Error "What is to be written can be written without disturbing anything else.";
    UnwritableFile "unwritable-file" Error "What is to be written can be written: the file, its folder and the disk allow it.";
    FileChanged "file-changed" Error "A file is still what was loaded when it is written.";
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn names_are_kebab_case_and_different() {
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
