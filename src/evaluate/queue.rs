//! What to read next, over all threads.
//!
//! What a reading could settle is not guessed from the words of the triggers: for each item that may
//! matter the thread is judged as if the item had been read today, once for each verdict that is
//! declared for it, and the judgements are compared with today's.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{
    Condition, Configuration, Date, Evidence, HoldUntil, Leaf, Reading, Selection, Status, Thread,
    Watch,
};
use crate::parse::condition::leaves;
use crate::text::{Span, Spanned};

use super::archive::{Archive, Name};
use super::judgement::{Judgement, judge};
use super::merged_item::MergedItem;
use super::settlement::Settlement;

/// The reading queue, the most pressing first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue<'t> {
    /// Items to read.
    pub items: Vec<Unread<'t>>,
    /// Lines of watch lists.
    pub watching: Vec<Watched<'t>>,
}

/// An item to read, with all that speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread<'t> {
    /// The item, as the first of its threads knows it.
    pub item: MergedItem,
    /// Why, thread by thread.
    pub stakes: Vec<Stake<'t>>,
}

/// What hangs on a reading in one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// What it could settle, by the verdict it comes to; `None` for a reading without one.
    pub settles: Vec<(Option<String>, Settlement)>,
    /// The triggers that would come nearer, though not become ready.
    pub counts: BTreeSet<String>,
}

/// An open line of a watch list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched<'t> {
    /// The thread.
    pub thread: &'t Thread,
    /// The line.
    pub line: &'t Watch,
}

impl Unread<'_> {
    /// How many different triggers and holds a reading could settle.
    pub fn settles(&self) -> usize {
        let of_thread = |stake: &Stake<'_>| {
            let all = || stake.settles.iter().map(|(_, settlement)| settlement);
            let triggers: BTreeSet<&str> = all()
                .flat_map(|settlement| settlement.ready.iter().map(|trigger| trigger.id.as_str()))
                .collect();
            triggers.len() + usize::from(all().any(|settlement| settlement.released.is_some()))
        };
        self.stakes.iter().map(of_thread).sum()
    }

    /// How many triggers would come nearer.
    pub fn counts(&self) -> usize {
        self.stakes.iter().map(|stake| stake.counts.len()).sum()
    }
}

/// Makes the queue of judged threads.
///
/// First what could settle most, then what would bring most triggers nearer, then the rest, what has
/// waited longest first. Threads that rest or are closed ask for no reading.
pub fn queue<'t>(
    judgements: &[Judgement<'t>],
    archive: &Archive<'_>,
    configuration: &Configuration,
) -> Queue<'t> {
    let mut items: Vec<Unread<'t>> = Vec::new();
    let mut watching = Vec::new();
    let active = judgements.iter().filter(|judgement| judgement.thread.status == Status::Active);
    for judgement in active {
        let thread = judgement.thread;
        let open = thread.watching.iter().filter(|line| !line.done);
        watching.extend(open.map(|line| Watched { thread, line }));
        for item in &judgement.universe.items {
            if matches!(item.reading, Reading::Unread | Reading::Unknown) {
                let stake = stake(judgement, item, archive, configuration);
                add(&mut items, item, stake);
            }
        }
    }
    items.sort_by_cached_key(|entry| {
        let waiting_since = entry.item.landed.or(entry.item.date);
        let age = (waiting_since.is_none(), waiting_since, entry.item.date);
        (Reverse(entry.settles()), Reverse(entry.counts()), age, entry.item.id.clone())
    });
    watching.sort_by_key(|watched| !is_top(&watched.line.text));
    Queue { items, watching }
}

/// Whether a watch line calls itself the top priority.
pub fn is_top(text: &str) -> bool {
    text.to_lowercase().contains("top priority")
}

/// An item of several threads is one entry.
fn add<'t>(items: &mut Vec<Unread<'t>>, item: &MergedItem, stake: Stake<'t>) {
    let same = |known: &&mut Unread<'t>| !known.item.names.is_disjoint(&item.names);
    match items.iter_mut().find(same) {
        Some(known) => known.stakes.push(stake),
        None => items.push(Unread { item: item.clone(), stakes: vec![stake] }),
    }
}

fn stake<'t>(
    judgement: &Judgement<'t>,
    item: &MergedItem,
    archive: &Archive<'_>,
    configuration: &Configuration,
) -> Stake<'t> {
    let thread = judgement.thread;
    let mut stake = Stake { thread, settles: Vec::new(), counts: BTreeSet::new() };
    if !matters(thread, item) {
        return stake;
    }
    for verdict in possible(thread, item) {
        let supposed = supposing(judgement, item, verdict.as_deref(), archive);
        let then = judge(&supposed, archive, configuration, judgement.day);
        stake.counts.extend(nearer(judgement, &then));
        let settlement = Settlement::between(judgement, &then);
        if !settlement.is_empty() {
            stake.settles.push((verdict, settlement));
        }
    }
    let settled = stake.settles.iter().flat_map(|(_, settlement)| &settlement.ready);
    for trigger in settled {
        stake.counts.remove(&trigger.id);
    }
    stake
}

/// What a reading may come to: no verdict, or one of those declared.
fn possible(thread: &Thread, item: &MergedItem) -> Vec<Option<String>> {
    let declared = thread.verdicts.iter().filter(|(name, _)| item.is_named(name));
    let words = declared.flat_map(|(_, words)| words).map(|word| Some(word.value.clone()));
    std::iter::once(None).chain(words).collect()
}

/// Whether anything in the thread asks for readings of this item, or for its date.
fn matters(thread: &Thread, item: &MergedItem) -> bool {
    let hold = thread.hold.iter().filter_map(|hold| match &hold.until {
        HoldUntil::Condition(condition) => Some(condition),
        HoldUntil::Date(_) => None,
    });
    let conditions: Vec<&Condition> =
        thread.triggers.iter().map(|trigger| &trigger.when).chain(hold).collect();
    let mut asked = Vec::new();
    for condition in conditions {
        leaves(condition, &mut asked);
    }
    let looks_at_readings = |set: &Spanned<String>| {
        let selections = thread.sets.get(&set.value).map(|set| set.value.as_slice());
        selections.unwrap_or_default().iter().any(is_about_reading)
    };
    asked.into_iter().any(|leaf| match leaf {
        Leaf::Read { item: name } | Leaf::Verdict { item: name, .. } => item.is_named(&name.value),
        Leaf::Count(count) => {
            looks_at_readings(&count.of)
                || (count.published_within.is_some() && item.date.is_none())
        }
        Leaf::Quiet(quiet) => looks_at_readings(&quiet.of),
        Leaf::Attested { .. } | Leaf::Draft { .. } => false,
    })
}

fn is_about_reading(selection: &Selection) -> bool {
    selection.read.is_some()
        || !selection.verdict.is_empty()
        || selection.except.iter().any(is_about_reading)
}

/// The thread as if an item had been read on the day, and dated if it was not.
fn supposing(
    judgement: &Judgement<'_>,
    item: &MergedItem,
    verdict: Option<&str>,
    archive: &Archive<'_>,
) -> Thread {
    let mut thread = judgement.thread.clone();
    let day = judgement.day;
    let line = match item.evidence.first() {
        Some(&at) => Some(&mut thread.evidence[at]),
        None => {
            let record = archive.named(&Name::Id(item.id.clone()), day).into_iter().next();
            thread.evidence.extend(record.map(|record| Evidence {
                item: record.listed.item.clone(),
                landed: item.landed,
                verdict: None,
            }));
            thread.evidence.last_mut()
        }
    };
    if let Some(line) = line {
        line.item.reading = Reading::Read { on: Some(day) };
        line.item.date.get_or_insert(day);
        line.verdict = verdict.map(|word| Spanned::new(word.to_string(), Span::at(0)));
    }
    thread
}

/// The triggers that lack less than they do today.
fn nearer(now: &Judgement<'_>, then: &Judgement<'_>) -> Vec<String> {
    let lacks_less = |id: &str, missing: u32| {
        now.verdict(id).is_some_and(|today| missing < today.outcome.missing)
    };
    let verdicts = then.verdicts.iter();
    verdicts
        .filter(|verdict| lacks_less(&verdict.trigger.id.value, verdict.outcome.missing))
        .map(|verdict| verdict.trigger.id.value.clone())
        .collect()
}

/// Days that an item has waited, where it is known since when.
pub fn waited(item: &MergedItem, day: Date) -> Option<i64> {
    let since = item.landed.or(item.date)?;
    Some(crate::model::date::days_between(since, day))
}
