//! `attest`: logs that a person attests a claim, or withdraws it.

use super::AttestArgs;
use crate::commands::shared::edit::context::{EditContext, optional_line};
use crate::commands::shared::edit::plan::EditPlan;
use crate::evaluate::conditions::attesters;
use crate::model::{Condition, Date, Error, HoldUntil, Leaf, LogEntry, Thread};
use crate::text::Spanned;
use crate::text::suggest::{listed, unknown_name_help};

/// Logs that a person attests a claim, or withdraws it.
pub fn attest(context: &EditContext<'_>, args: &AttestArgs) -> Result<EditPlan, Error> {
    let file = context.thread(&args.thread)?;
    EditContext::is_open(file)?;
    let asked = asked(&file.thread, &args.claim)?;
    let by = context.who(args.by.as_deref())?;
    if by.is_none() && !context.workspace.configuration.people.is_empty() {
        let help = format!("add `--by NAME`, or set THREAD_BY; people: {}", context.people());
        return Err(Error::request("the person who attests this is missing", help));
    }
    check_asked(&asked, &args.claim, by.as_deref())?;
    let date = context.date(file);
    check_news(date, &file.thread, args, by.as_deref())?;
    context.may_log(file)?;
    let note = optional_line("--note", args.note.as_deref())?;
    let reason = match (&note, args.withdraw) {
        (Some(note), _) => note.text.clone(),
        (None, true) => format!("withdraws {}", args.claim),
        (None, false) => asked[0].why.to_string(),
    };
    let claim = Some(args.claim.clone());
    let (attested, withdrawn) = if args.withdraw { (None, claim) } else { (claim, None) };
    let by = by.map(Spanned::from);
    let entry = LogEntry { by, attested, withdrawn, ..LogEntry::new(date, reason) };
    let rewrite = context.rewrite(file, vec![EditContext::log(entry)?])?;
    let notes = note.and_then(|note| note.note).into_iter().collect();
    Ok(EditPlan { rewrites: vec![rewrite], notes, ..EditPlan::default() })
}

/// A condition on a claim.
struct ClaimCondition<'t> {
    why: &'t str,
    /// The people whose attestation counts; empty for all.
    by: Vec<&'t str>,
}

/// The conditions of triggers and of the hold that ask for a claim; at least one.
fn asked<'t>(thread: &'t Thread, claim: &str) -> Result<Vec<ClaimCondition<'t>>, Error> {
    let triggers = thread.triggers.iter().map(|trigger| (&trigger.when, trigger.why.as_str()));
    let hold = thread.hold.iter().filter_map(|hold| match &hold.until {
        HoldUntil::Condition(condition) => Some((condition, hold.why.as_str())),
        HoldUntil::Date(_) => None,
    });
    let all: Vec<(&str, ClaimCondition<'t>)> =
        triggers.chain(hold).flat_map(|(condition, why)| claims(condition, why)).collect();
    let mut claims: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
    claims.sort_unstable();
    let asked: Vec<ClaimCondition<'t>> =
        all.into_iter().filter(|(known, _)| *known == claim).map(|(_, asked)| asked).collect();
    if asked.is_empty() {
        Err(Error::request(
            format!("no trigger of `{}` waits for the claim `{claim}`", thread.slug),
            unknown_name_help("claim", claim, claims.into_iter()),
        ))
    } else {
        Ok(asked)
    }
}

fn claims<'t>(condition: &'t Condition, why: &'t str) -> Vec<(&'t str, ClaimCondition<'t>)> {
    let claims = condition.leaves().into_iter().filter_map(|leaf| match leaf {
        Leaf::Attested { claim, by, .. } => {
            let by = by.iter().map(|person| person.value.as_str()).collect();
            Some((claim.value.as_str(), ClaimCondition { why, by }))
        }
        _ => None,
    });
    claims.collect()
}

/// Checks that a trigger waits for the claim, and that the person's attestation counts.
fn check_asked(asked: &[ClaimCondition<'_>], claim: &str, by: Option<&str>) -> Result<(), Error> {
    let counts = |asked: &ClaimCondition<'_>| {
        asked.by.is_empty() || by.is_some_and(|by| asked.by.contains(&by))
    };
    if asked.iter().any(counts) {
        return Ok(());
    }
    let mut wanted: Vec<&str> = asked.iter().flat_map(|asked| asked.by.iter().copied()).collect();
    wanted.sort_unstable();
    let who = by.map_or("nobody".to_string(), |by| format!("`{by}`"));
    let message = format!("an attestation of `{claim}` by {who} does not count");
    let help = format!("it must be attested by {}", listed(wanted.into_iter()));
    Err(Error::request(message, help))
}

/// Checks that an attestation is new, and that a withdrawn one exists.
fn check_news(
    date: Date,
    thread: &Thread,
    args: &AttestArgs,
    by: Option<&str>,
) -> Result<(), Error> {
    let who = by.unwrap_or("somebody");
    let level_state = attesters(thread, &args.claim, date);
    let attests = level_state.get(who).is_some_and(|said| said.in_force);
    match (attests, args.withdraw) {
        (true, false) => {
            let message = format!("{who} already attests `{}`", args.claim);
            Err(Error::request(message, "`--withdraw` withdraws it"))
        }
        (false, true) => {
            let message = format!("{who} does not attest `{}`", args.claim);
            Err(Error::request(message, "nothing is to be withdrawn"))
        }
        _ => Ok(()),
    }
}
