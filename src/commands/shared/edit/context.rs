//! Shared context of the edit commands: the workspace, the date, and the acting person.

use crate::check::rules::level_differs_from_log;
use crate::edit::bullet_line::one_line;
use crate::edit::rewrite::{rewrite, rewrite_catalog};
use crate::edit::{Change, Rewrite, bullet_line};
use crate::evaluate::items::thread_items::ResolvedItem;
use crate::evaluate::{CatalogIndex, Evaluation, Item, day_of, evaluate};
use crate::model::reference::Candidate;
use crate::model::{
    Condition, Date, Error, Leaf, LogEntry, Name, PersonKind, Status, Thread, reference,
};
use crate::parse::{CatalogFile, ThreadFile, catalog};
use crate::text::is_control;
use crate::text::suggest::{listed, unknown_name_help};
use crate::workspace::Workspace;

/// Shared context of the edit commands.
pub struct EditContext<'w> {
    /// All files.
    pub workspace: &'w Workspace,
    /// All catalogs.
    pub index: &'w CatalogIndex<'w>,
    /// The local date; [`Self::date`] is the date for a thread.
    pub today: Date,
    /// The acting person or agent, from `THREAD_BY`.
    pub me: Option<&'w str>,
}

impl<'w> EditContext<'w> {
    /// Returns the thread for a reference.
    pub fn thread(&self, word: &str) -> Result<&'w ThreadFile, Error> {
        let slug = self.workspace.slug(word)?;
        let file = self.workspace.threads.iter().find(|file| file.thread.slug == slug);
        file.ok_or_else(|| self.unreadable(slug))
    }

    fn unreadable(&self, slug: &str) -> Error {
        let is_it = |path: &str| crate::model::slug::slug_of_path(path) == slug;
        let mut errors = self.workspace.errors().filter(|finding| is_it(&finding.path));
        match errors.next() {
            Some(finding) => Error::file(finding.clone()),
            None => Error::request(
                format!("the thread `{slug}` cannot be read"),
                "`thread check` shows the reason",
            ),
        }
    }

    /// The date that is today for a thread.
    pub fn date(&self, file: &ThreadFile) -> Date {
        day_of(&file.thread, self.today)
    }

    /// Evaluates a thread on the date that is today for it.
    pub fn evaluate(&self, file: &'w ThreadFile) -> Evaluation<'w> {
        evaluate(&file.thread, self.index, &self.workspace.configuration, self.date(file))
    }

    /// The item of an evaluated thread that a reference means: its id or URL, else its label, the
    /// beginning of its id, or a part of its title.
    pub fn item<'j>(&self, evaluation: &'j Evaluation<'_>, word: &str) -> Result<&'j Item, Error> {
        // Another name of the same item is an exact one.
        match evaluation.items.resolve(word) {
            ResolvedItem::One(item) => return Ok(item),
            ResolvedItem::Several(items) => {
                let items = items.iter().map(|item| (item.id.as_str(), item.url.as_deref()));
                return Err(reference::ambiguous(word, items));
            }
            ResolvedItem::Nothing => self.is_no_other_item(evaluation, word)?,
        }
        Self::one_of(&evaluation.items.items, evaluation.thread, "item", word)
    }

    /// Returns the dropped item of an evaluated thread that a reference means.
    pub fn dropped_item<'j>(evaluation: &'j Evaluation<'_>, word: &str) -> Result<&'j Item, Error> {
        let items = &evaluation.items;
        match (items.find_dropped(word), items.find(word)) {
            (Some(item), _) => Ok(item),
            (None, Some(item)) => {
                let message = format!("`{}` is not dropped", item.id);
                Err(Error::request(message, "nothing is to be undone"))
            }
            (None, None) => Self::one_of(&items.dropped, evaluation.thread, "dropped item", word),
        }
    }

    /// Looks up an item by its label, the beginning of its id, or a part of its title.
    fn one_of<'j>(
        items: &'j [Item],
        thread: &Thread,
        what: &str,
        word: &str,
    ) -> Result<&'j Item, Error> {
        let label = |item: &Item| {
            let mut lines = item.evidence.iter();
            lines.find_map(|&at| thread.evidence[at].item.label.as_deref())
        };
        let candidates: Vec<Candidate<'_>> = items
            .iter()
            .map(|item| Candidate {
                id: &item.id,
                url: item.url.as_deref(),
                label: label(item),
                title: Some(&item.title),
            })
            .collect();
        let what = format!("{what} of `{}`", thread.slug);
        Ok(&items[reference::look_up(word, &what, &candidates)?])
    }

    /// Returns whether a thread of the workspace has a trigger.
    pub fn has_triggers(&self) -> bool {
        self.workspace.threads.iter().any(|file| !file.thread.triggers.is_empty())
    }

    /// Refuses the id or URL of an item that the thread does not have, because it would otherwise
    /// be taken for the start of another id.
    fn is_no_other_item(&self, evaluation: &Evaluation<'_>, word: &str) -> Result<(), Error> {
        let thread = evaluation.thread;
        let slug = &thread.slug;
        if let Some(item) = evaluation.items.find_dropped(word) {
            return Err(dropped(item, slug));
        }
        let message = format!("`{word}` is not an item of `{slug}` yet");
        let name = Name::from_reference(word);
        if !self.index.named(&name, self.today).is_empty() {
            let help = format!("`thread map {word} {slug}` maps it; the next scan adds it");
            return Err(Error::request(message, help));
        }
        let asked = thread.conditions().flat_map(Condition::leaves).filter_map(Leaf::item);
        let mut named = asked.chain(thread.verdicts.keys().map(String::as_str));
        if named.any(|named| Name::from_reference(named) == name) {
            let help = format!("add it to a catalog, or to the thread with `thread add {slug} …`");
            Err(Error::request(message, help))
        } else {
            Ok(())
        }
    }

    /// Returns the index of a level in the ladder.
    pub fn rank(&self, level: &str) -> Result<usize, Error> {
        let ladder = &self.workspace.configuration.ladder;
        ladder.rank(level).ok_or_else(|| {
            let known = ladder.0.iter().map(String::as_str);
            Error::request(
                format!("`{level}` is not a level of the ladder"),
                unknown_name_help("level", level, known),
            )
        })
    }

    /// Returns the person who decides: `by`, else the acting person.
    ///
    /// If `thread.yaml` lists people, the person must be one of them, and an agent can only act in
    /// its own name.
    pub fn who(&self, by: Option<&str>) -> Result<Option<String>, Error> {
        let people = &self.workspace.configuration.people;
        let Some(who) = by.or(self.me) else {
            return Ok(None);
        };
        if !people.is_empty() && !people.contains_key(who) {
            let help = unknown_name_help("person", who, people.keys().map(String::as_str));
            let message = format!("`{who}` is not among the people of thread.yaml");
            return Err(Error::request(message, help));
        }
        if let Some(me) = self.me.filter(|me| *me != who)
            && people.get(me) == Some(&PersonKind::Agent)
        {
            let message = format!("`{me}` is an agent and cannot act for `{who}`");
            let help = format!("{who} must run the command, or use `--by {me}`");
            return Err(Error::request(message, help));
        }
        Ok(Some(who.to_string()))
    }

    /// The people that a message may name.
    pub fn people(&self) -> String {
        listed(self.workspace.configuration.people.keys().map(String::as_str))
    }

    /// Refuses if the log is ahead of today or has another level: an entry of today would hide the
    /// contradiction.
    pub fn may_log(&self, file: &ThreadFile) -> Result<(), Error> {
        let finding = crate::commands::scan::edit::clock_behind_log(file, self.date(file))
            .or_else(|| level_differs_from_log::finding(file));
        finding.map_or(Ok(()), |finding| Err(Error::file(finding)))
    }

    /// Returns the change that adds a log entry, if the parser reads the entry back from its line.
    pub fn log(entry: LogEntry) -> Result<Change, Error> {
        match bullet_line::entry(&entry) {
            Ok(_) => Ok(Change::Log(entry)),
            Err(part) => Err(Error::request(
                format!("the {part} of the log entry would be read differently"),
                "write it without brackets, quotes, commas and backslashes",
            )),
        }
    }

    /// Refuses where a thread is closed.
    pub fn is_open(file: &ThreadFile) -> Result<(), Error> {
        let thread = &file.thread;
        if thread.status == Status::Closed {
            Err(Error::request(
                format!("the thread `{}` is closed", thread.slug),
                format!("run `thread reopen {}` first", thread.slug),
            ))
        } else {
            Ok(())
        }
    }

    /// Makes changes in a thread.
    pub fn rewrite(&self, file: &ThreadFile, changes: Vec<Change>) -> Result<Rewrite, Error> {
        rewrite(file, changes, &self.workspace.configuration)
            .map_err(|refusal| Error::file(refusal.diagnostic(&file.document.path)))
    }

    /// Parses a catalog for an edit.
    pub fn catalog(&self, path: &str) -> Option<CatalogFile> {
        let document = self.workspace.document(path)?.clone();
        catalog::parse_for_edit(document, &self.workspace.configuration).0
    }

    /// Makes changes in a catalog.
    pub fn rewrite_catalog(
        &self,
        file: &CatalogFile,
        changes: Vec<Change>,
    ) -> Result<Rewrite, Error> {
        rewrite_catalog(file, changes, &self.workspace.configuration)
            .map_err(|refusal| Error::file(refusal.diagnostic(&file.document.path)))
    }
}

/// The error for an item that was dropped from a thread.
pub(crate) fn dropped(item: &Item, slug: &str) -> Error {
    let on = item.dropped.as_ref().map(|dropped| format!(" on {}", dropped.on));
    let message = format!("`{}` was dropped from `{slug}`{}", item.id, on.unwrap_or_default());
    Error::request(message, format!("`thread drop {slug} {} --undo` takes it back", item.id))
}

/// A text that the user gave, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OneLine {
    /// The text.
    pub text: String,
    /// A sentence for the user, if line breaks or repeated spaces became one space each.
    pub note: Option<String>,
}

/// Returns the text of an option or argument, named by `what`, without whitespace around it.
///
/// # Errors
/// The text is empty or contains a control character.
pub(crate) fn line(what: &str, given: &str) -> Result<OneLine, Error> {
    let breaks = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    let is_refused = |c: char| is_control(c) && !c.is_whitespace() && !breaks(c) && c != '\u{feff}';
    if let Some(character) = given.chars().find(|&c| is_refused(c)) {
        let message =
            format!("{what} contains the control character U+{:04X}", u32::from(character));
        return Err(Error::request(message, "write the text without it"));
    }
    let text = one_line(given);
    if text.trim().is_empty() {
        return Err(Error::request(format!("{what} is empty"), "write a text of one line"));
    }
    let is_folded = text != given.trim_matches(|c: char| c == ' ' || breaks(c));
    let note = is_folded
        .then(|| format!("{what}: line breaks and repeated spaces were replaced by single spaces"));
    Ok(OneLine { text, note })
}

/// Reads the text of an option that may be left out.
pub(crate) fn optional_line(what: &str, given: Option<&str>) -> Result<Option<OneLine>, Error> {
    given.map(|given| line(what, given)).transpose()
}
