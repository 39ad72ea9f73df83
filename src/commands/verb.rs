//! The verbs: what was typed becomes a request, and what comes of it is written.

use anyhow::Result;

use crate::cli::{
    AboutArgs, AddArgs, AttestArgs, DraftArgs, HoldArgs, LevelArgs, MapArgs, NewArgs, ReadArgs,
    ThreadArgs,
};
use crate::model::Status;
use crate::verbs::{
    self, Attestation, Direction, DraftRequest, HoldRequest, LevelRequest, NewItem, NewThread,
    ReadRequest, Until,
};

use super::edit::edit;
use super::{Output, Run};

pub(super) fn new(run: &Run, args: NewArgs) -> Result<Output> {
    let NewArgs { title, slug, level, writing } = args;
    let request = NewThread { title, slug, level };
    edit(run, &writing, true, |desk| verbs::new(desk, &request))
}

pub(super) fn read(run: &Run, args: ReadArgs) -> Result<Output> {
    let request = ReadRequest {
        thread: args.thread,
        item: args.item,
        verdict: args.verdict,
        note: args.note,
        on: args.on,
        undo: args.undo,
    };
    edit(run, &args.writing, !args.no_scan, |desk| verbs::read(desk, &request))
}

pub(super) fn set_level(run: &Run, args: LevelArgs, direction: Direction) -> Result<Output> {
    let LevelArgs { thread, level, reason, by, writing } = args;
    let request = LevelRequest { thread, level, reason, by };
    edit(run, &writing, true, |desk| verbs::set_level(desk, &request, direction))
}

pub(super) fn hold(run: &Run, args: HoldArgs) -> Result<Output> {
    // The command line demands one of the two.
    let until = match (args.until, args.until_read) {
        (Some(day), _) => Until::Date(day),
        (None, word) => Until::Read(word.unwrap_or_default()),
    };
    let HoldArgs { thread, below, only, why, writing, .. } = args;
    let request = HoldRequest { thread, below, only, until, why };
    edit(run, &writing, true, |desk| verbs::hold(desk, &request))
}

pub(super) fn release(run: &Run, args: &ThreadArgs) -> Result<Output> {
    edit(run, &args.writing, true, |desk| verbs::release(desk, &args.thread))
}

pub(super) fn attest(run: &Run, args: AttestArgs) -> Result<Output> {
    let AttestArgs { thread, claim, by, note, withdraw, writing } = args;
    let request = Attestation { thread, claim, by, note, withdraw };
    edit(run, &writing, true, |desk| verbs::attest(desk, &request))
}

pub(super) fn draft(run: &Run, args: DraftArgs) -> Result<Output> {
    let DraftArgs { thread, path, state, title, writing } = args;
    let request = DraftRequest { thread, path, state, title };
    edit(run, &writing, true, |desk| verbs::draft(desk, &request))
}

pub(super) fn add(run: &Run, args: AddArgs) -> Result<Output> {
    let AddArgs { thread, what, source, about, writing } = args;
    let item = new_item(what, about);
    edit(run, &writing, true, |desk| verbs::add(desk, &thread, source.as_deref(), &item))
}

/// An item as it was typed.
pub(super) fn new_item(what: String, about: AboutArgs) -> NewItem {
    let AboutArgs { title, date, org, tags } = about;
    NewItem { what, title, date, org, tags }
}

pub(super) fn map(run: &Run, args: &MapArgs) -> Result<Output> {
    edit(run, &args.writing, true, |desk| verbs::map(desk, &args.item, &args.thread))
}

pub(super) fn unmap(run: &Run, args: &MapArgs) -> Result<Output> {
    edit(run, &args.writing, true, |desk| verbs::unmap(desk, &args.item, &args.thread))
}

pub(super) fn set_status(run: &Run, args: &ThreadArgs, status: Status) -> Result<Output> {
    edit(run, &args.writing, true, |desk| verbs::set_status(desk, &args.thread, status))
}
