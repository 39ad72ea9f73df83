//! The changes of `trigger add` and `trigger remove`.

use std::collections::{BTreeMap, BTreeSet};

use super::preview::preview;
use super::{TriggerAddArgs, TriggerRemoveArgs};
use crate::commands::shared::edit::context::{EditContext, line, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::commands::shared::selection_arg::SelectionArg;
use crate::edit::Change;
use crate::model::erase_spans::EraseSpans;
use crate::model::slug::{free_name, slug_of};
use crate::model::trigger::Bound;
use crate::model::{
    Condition, Count, Distinct, Effect, Error, Leaf, Quiet, Selection, Thread, Trigger,
};
use crate::parse::ThreadFile;
use crate::text::suggest::unknown_name_help;
use crate::text::{Span, Spanned};

/// Adds a trigger, and sets for its selections.
pub fn add(context: &EditContext<'_>, args: &TriggerAddArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let mut sets = NewSets { context, thread: &file.thread, new: Vec::new() };
    let leaves = leaves(context, file, args, &mut sets)?;
    let when = joined(leaves, args.any)?;
    let effect = effect(context, args)?;
    for level in &args.from {
        context.rank(level)?;
    }
    let why = optional_line("--why", args.why.as_deref())?;
    let next = optional_line("--next", args.next.as_deref())?;
    let notes = why.iter().chain(&next).filter_map(|text| text.note.clone()).collect();
    let id = match &args.id {
        Some(id) => given_id(&file.thread, id)?,
        None => free_id(&file.thread, &when),
    };
    let trigger = Trigger {
        span: Span::at(0),
        id: id.clone().into(),
        why: why.map_or_else(|| reason(args), |why| why.text),
        effect,
        when,
        from: args.from.clone(),
        hold_for: None,
        until: args.until,
        next: next.map(|next| next.text),
        acknowledged: None,
    };
    let new_sets = sets.new.into_iter();
    let mut changes: Vec<Change> =
        new_sets.map(|(name, selection)| Change::Set { name, selection }).collect();
    changes.extend(new_verdicts(&file.thread, &trigger.when));
    changes.push(Change::Trigger(Box::new(trigger)));
    let rewrite = context.rewrite(file, changes)?;
    let details = preview(context, &rewrite, &id);
    let next = (!context.has_triggers())
        .then(|| "`thread scan` collects new items and applies what is ready".to_string());
    Ok(EditPlan { rewrites: vec![rewrite], notes, details, next, ..EditPlan::default() })
}

/// Turns a trigger into a comment.
pub fn remove(context: &EditContext<'_>, args: &TriggerRemoveArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    let known = file.thread.triggers.iter().map(|trigger| trigger.id.value.as_str());
    if !known.clone().any(|id| id == args.id) {
        let message = format!("`{}` has no trigger `{}`", file.thread.slug, args.id);
        return Err(Error::request(message, unknown_name_help("trigger", &args.id, known)));
    }
    let change = Change::RemoveTrigger { id: args.id.clone() };
    Ok(EditPlan { rewrites: vec![context.rewrite(file, vec![change])?], ..EditPlan::default() })
}

/// The sets that a new trigger needs.
struct NewSets<'c> {
    context: &'c EditContext<'c>,
    thread: &'c Thread,
    new: Vec<(String, Selection)>,
}

impl NewSets<'_> {
    /// Returns the name of the set with a selection; a new one if the thread has none.
    fn name_of(&mut self, argument: &SelectionArg) -> String {
        let selection = argument.selection(&self.context.workspace.configuration);
        let wanted = vec![selection.clone().without_spans()];
        let mut known = self.thread.sets.iter();
        if let Some((name, _)) = known.find(|(_, set)| set.value.clone().without_spans() == wanted)
        {
            return name.clone();
        }
        if let Some((name, _)) = self.new.iter().find(|(_, known)| *known == selection) {
            return name.clone();
        }
        let taken = |name: &str| {
            self.thread.sets.contains_key(name) || self.new.iter().any(|(known, _)| known == name)
        };
        let name = free_name(&argument.name(), taken);
        self.new.push((name.clone(), selection));
        name
    }
}

fn leaves(
    context: &EditContext<'_>,
    file: &ThreadFile,
    args: &TriggerAddArgs,
    sets: &mut NewSets<'_>,
) -> Result<Vec<Leaf>, Error> {
    let mut leaves = Vec::new();
    if let Some(selection) = &args.count {
        let bound = args.at_most.map_or(Bound::AtLeast(args.at_least.unwrap_or(1)), Bound::AtMost);
        leaves.push(Leaf::Count(Count {
            of: sets.name_of(selection).into(),
            bound,
            distinct: match args.distinct.as_deref() {
                Some("org") => Some(Distinct::Org),
                Some(_) => Some(Distinct::Source),
                None => None,
            },
            published_within: args.within,
            landed_since: args.landed_since,
        }));
    }
    if let (Some(argument), Some(silent_for)) = (&args.quiet, args.for_days) {
        let selection = argument.selection(&context.workspace.configuration);
        if selection.source.is_empty() {
            let message = "`--quiet` needs a source, because only a scanned source can be quiet";
            return Err(Error::request(message, "add `source=SLUG` to the selection"));
        }
        leaves.push(Leaf::Quiet(Quiet { of: sets.name_of(argument).into(), silent_for }));
    }
    for word in &args.read {
        leaves.push(Leaf::Read { item: item(context, file, word)? });
    }
    for text in &args.verdict {
        leaves.push(verdict(context, file, text)?);
    }
    for claim in &args.attested {
        let claim = line("--attested", claim)?.text;
        leaves.push(Leaf::Attested { claim: claim.into(), by: Vec::new(), people: 1 });
    }
    if !args.draft.is_empty() {
        let states = &context.workspace.configuration.draft_states;
        if let Some(unknown) = args.draft.iter().find(|state| !states.contains(state)) {
            let help = unknown_name_help("draft state", unknown, states.iter().map(String::as_str));
            return Err(Error::request(format!("unknown draft state `{unknown}`"), help));
        }
        leaves.push(Leaf::Draft { is: args.draft.iter().cloned().map(Spanned::from).collect() });
    }
    Ok(leaves)
}

/// Returns the condition for `ITEM=WORD`, whose verdict the thread must declare.
/// Returns the declarations of the verdicts of a condition that the thread does not declare.
fn new_verdicts(thread: &Thread, when: &Condition) -> Vec<Change> {
    let mut new: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for leaf in when.leaves() {
        if let Leaf::Verdict { item, is } = leaf {
            let declared = thread.verdicts.get(&item.value).map_or(&[][..], Vec::as_slice);
            for word in is {
                let words = new.entry(&item.value).or_default();
                let is_known = declared.iter().any(|known| known.value == word.value);
                if !is_known && !words.contains(&word.value) {
                    words.push(word.value.clone());
                }
            }
        }
    }
    let new = new.into_iter().filter(|(_, words)| !words.is_empty());
    new.map(|(item, words)| Change::Verdicts { item: item.to_string(), words }).collect()
}

fn verdict(context: &EditContext<'_>, file: &ThreadFile, text: &str) -> Result<Leaf, Error> {
    let Some((word, verdict)) = text.rsplit_once('=') else {
        let message = format!("`{text}` is not ITEM=WORD");
        return Err(Error::request(message, "write the item and its verdict: `lab/a=solid`"));
    };
    let item = item(context, file, word)?;
    Ok(Leaf::Verdict { item, is: vec![verdict.to_string().into()] })
}

/// Returns the item that a condition names. An item that is not known yet is taken as it is written.
fn item(
    context: &EditContext<'_>,
    file: &ThreadFile,
    word: &str,
) -> Result<Spanned<String>, Error> {
    let evaluation = context.evaluate(file);
    match context.item(&evaluation, word) {
        Ok(item) => Ok(item.id.clone().into()),
        Err(_) if word.contains('/') => Ok(word.to_string().into()),
        Err(error) => Err(error),
    }
}

/// Returns the condition in words, as the reason of a trigger without one.
fn reason(args: &TriggerAddArgs) -> String {
    let items =
        |count: u32| if count == 1 { "1 item".to_string() } else { format!("{count} items") };
    let counted = args.count.as_ref().map(|selection| {
        let words = selection.words();
        match args.at_most {
            Some(most) => format!("at most {} with {words}", items(most)),
            None => format!("{} with {words}", items(args.at_least.unwrap_or(1))),
        }
    });
    let quiet = args.quiet.as_ref().zip(args.for_days);
    let quiet =
        quiet.map(|(selection, days)| format!("nothing new for {days} with {}", selection.words()));
    let read = args.read.iter().map(|item| format!("{item} was read"));
    let verdict = args.verdict.iter().map(|text| format!("the reading says {text}"));
    let attested = args.attested.iter().map(|claim| format!("{claim} is attested"));
    let draft = args.draft.iter().map(|state| format!("a draft is {state}"));
    let parts: Vec<String> = counted
        .into_iter()
        .chain(quiet)
        .chain(read)
        .chain(verdict)
        .chain(attested)
        .chain(draft)
        .collect();
    parts.join(if args.any { " or " } else { " and " })
}

fn joined(leaves: Vec<Leaf>, any: bool) -> Result<Condition, Error> {
    let mut parts: Vec<Condition> = leaves.into_iter().map(Condition::Leaf).collect();
    match parts.len() {
        0 => Err(Error::request(
            "the trigger has no condition",
            "add one, such as `--count tag=WORD --at-least 2` or `--attested CLAIM`; \
             `thread trigger add --help` lists all",
        )),
        1 => Ok(parts.remove(0)),
        _ if any => Ok(Condition::Any(parts)),
        _ => Ok(Condition::All(parts)),
    }
}

fn effect(context: &EditContext<'_>, args: &TriggerAddArgs) -> Result<Effect, Error> {
    let level = |level: &String| -> Result<Spanned<String>, Error> {
        context.rank(level)?;
        Ok(level.clone().into())
    };
    if let Some(lower) = &args.lower_to {
        return level(lower).map(Effect::LowerTo);
    }
    if let Some(stay) = &args.stay_at {
        return level(stay).map(Effect::StayAt);
    }
    let last = context.workspace.configuration.ladder.0.last().cloned().unwrap_or_default();
    level(args.raise_to.as_ref().unwrap_or(&last)).map(Effect::RaiseTo)
}

fn given_id(thread: &Thread, id: &str) -> Result<String, Error> {
    if id.is_empty() || id != slug_of(id) {
        let message = format!("`{id}` cannot be the id of a trigger");
        let help = format!("write it in lower case, joined by `-`, such as `{}`", slug_of(id));
        return Err(Error::request(message, help));
    }
    if thread.triggers.iter().any(|trigger| trigger.id.value == id) {
        let message = format!("`{}` already has a trigger `{id}`", thread.slug);
        return Err(Error::request(message, "choose another id"));
    }
    Ok(id.to_string())
}

/// Returns an id made of the first condition that the thread does not have.
fn free_id(thread: &Thread, when: &Condition) -> String {
    let base = match when.leaves().first() {
        Some(Leaf::Count(Count { of, bound: Bound::AtLeast(n), .. })) => {
            format!("{}-{n}", of.value)
        }
        Some(Leaf::Count(Count { of, .. })) => format!("few-{}", of.value),
        Some(Leaf::Quiet(quiet)) => format!("{}-quiet", quiet.of.value),
        Some(Leaf::Read { item }) => format!("read-{}", item.value),
        Some(Leaf::Verdict { item, is }) => {
            let word = is.first().map_or("", |word| word.value.as_str());
            format!("{}-{word}", item.value)
        }
        Some(Leaf::Attested { claim, .. }) => claim.value.clone(),
        Some(Leaf::Draft { is }) => {
            format!("draft-{}", is.first().map_or("", |state| state.value.as_str()))
        }
        None => "trigger".into(),
    };
    let ids: BTreeSet<&str> =
        thread.triggers.iter().map(|trigger| trigger.id.value.as_str()).collect();
    free_name(&slug_of(&base), |name| ids.contains(name))
}
