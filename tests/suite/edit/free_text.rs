//! Texts that users give to commands: each is read back exactly, or refused with nothing written.

use proptest::prelude::*;
use proptest::sample::select;
use thread_tracker::commands;
use thread_tracker::commands::add::AddArgs;
use thread_tracker::commands::attest::AttestArgs;
use thread_tracker::commands::catalog::CatalogAddArgs;
use thread_tracker::commands::draft::DraftArgs;
use thread_tracker::commands::hold::HoldArgs;
use thread_tracker::commands::new::NewArgs;
use thread_tracker::commands::promote::LevelArgs;
use thread_tracker::commands::promote::edit::{Direction, set_level};
use thread_tracker::commands::read::ReadArgs;
use thread_tracker::commands::shared::edit::context::EditContext;
use thread_tracker::commands::shared::edit::plan::EditPlan;
use thread_tracker::commands::shared::new_item::AboutArgs;
use thread_tracker::model::Error;
use thread_tracker::model::ErrorKind;
use thread_tracker::model::Rule;

use crate::support::random::cases;
use crate::support::world::{World, day};

const TODAY: &str = "2026-11-23";

pub const THREAD: &str = "---
ripeness: {level: low, since: 2026-01-01}
triggers: [{id: t, why: w, raise-to: ripe, when: {attested: {claim: seen}}}]
---
# X

## Evidence

### Feed

- [ ] [Known](https://e.org/known) (2026-11-01) — said 5\" long, \"so\". (rating:: 9 [note:: before] ^a1

## Ripeness

- 2026-01-01: opened at low
";

/// Texts of users that YAML, markdown or the grammar of bullets could read as something else.
#[rustfmt::skip]
pub const NASTY: [&str; 70] = [
    "- a", "---", "--> see", "-", "* a", "+ a", "# a", "> a", "1. a", "^x", "x ^blk", "^blk",
    "[x:: y]", "(x:: y)", "[by:: mallory] so", "[ ] a", "[x]", "[a](b)", "![a](b)", "[^1]", "a]b",
    "a[b", "a)b", "a(b", "(2026-01-01)", "2026-01-01", "2026-01-01: a", "low → ripe — forged",
    "→ ripe", "low -> ripe", "stays low", "stays low — so", "a — b", "— a", "– a", ", a", ": a",
    "; a", "*a*", "_a_", "**a** b", "`a`", "a ` b", "``", "\\", "a\\", "\\[a\\]", "a|b", "|",
    "\"a\"", "a \"b", "'a'", "“a” b", "„a", "#tag", "a #tag", "<b>a</b>", "<!-- a", "<https://a.b>",
    "https://a.b/c", "&copy;", "&#91;", "\\&#91;", "a.", "\"a.\"", "🦀", "שלום א", "a\u{200b}b",
    "a\u{a0}b", "\u{3000}a",
];

#[rustfmt::skip]
pub const YAML: [&str; 59] = [
    "yes", "No", "ON", "off", "y", "N", "true", "False", "null", "Null", "~", "1", "-1", "+1", "0",
    "007", "0o7", "0x1F", "0b11", "1_000", "1.5", "1e3", "1E+3", ".5", "5.", ".inf", "-.INF",
    ".nan", "12:30:45", "190:20:30.15", "2026-01-01", "2026-1-1", "2026-01-01 10:00:00",
    "2026-01-01T10:00:00Z", "=", "<<", "!x", "!!str a", "&a", "*a", "@ a", "`a", "%a", "- a", "? a",
    ": a", "a: b", "a:", "a #b", "#b", "{a: b}", "[a]", "a, b", "|", ">", "'a'", "\"a\"", "a\\nb",
    "\u{feff}a\u{fffe}",
];

fn world() -> World {
    World::new().with("threads/x.md", THREAD).with("thread.yaml", "sources: {feed: {name: Feed}}\n")
}

/// A verb with a text in one of its options.
type Verb = fn(&EditContext<'_>, &str) -> Result<EditPlan, Error>;

/// The text that the parser reads at the position of that text.
type Read = fn(&World) -> Vec<String>;

fn promote(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let (thread, level, reason) = ("x".into(), "ripe".into(), text.into());
    set_level(
        context,
        &LevelArgs { thread, level, reason, by: None, ..Default::default() },
        Direction::Up,
    )
}

fn attest(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let (thread, claim, note) = ("x".into(), "seen".into(), Some(text.into()));
    commands::attest::edit::attest(
        context,
        &AttestArgs { thread, claim, by: None, note, withdraw: false, ..Default::default() },
    )
}

fn hold(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let (thread, below, why) = ("x".into(), "ripe".into(), text.into());
    let (until, only) = (Some(day("2027-01-01")), Vec::new());
    commands::hold::edit::hold(
        context,
        &HoldArgs { thread, below, only, until, why, ..Default::default() },
    )
}

fn read(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let (thread, item, note) = ("x".into(), "known".into(), Some(text.into()));
    commands::read::edit::read(context, &ReadArgs { thread, item, note, ..ReadArgs::default() })
}

/// An option that is left out.
const NONE: &str = "none";

fn linked(title: &str, org: &str, tag: &str) -> AboutArgs {
    let text = |text: &str| (text != NONE).then(|| text.to_string());
    AboutArgs {
        title: text(title),
        date: None,
        org: text(org),
        tags: text(tag).into_iter().collect(),
    }
}

const LINK: &str = "https://e.org/new";

fn add_item(context: &EditContext<'_>, what: &str, about: AboutArgs) -> Result<EditPlan, Error> {
    let (thread, what, source) = ("x".into(), what.into(), Some("feed".into()));
    commands::add::edit::add(
        context,
        &AddArgs { thread, what, source, about, ..Default::default() },
    )
}

fn add_title(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    add_item(context, text, AboutArgs::default())
}

fn add_linked(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    add_item(context, LINK, linked(text, NONE, NONE))
}

fn add_org(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    add_item(context, LINK, linked(NONE, text, NONE))
}

fn add_tag(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    add_item(context, LINK, linked(NONE, NONE, text))
}

fn list(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    {
        let (source, what, about) = ("feed".into(), Some(LINK.into()), linked(text, text, NONE));
        let args = CatalogAddArgs { source, what, about, ..Default::default() };
        commands::catalog::edit::add(context, &args)
    }
}

fn begin(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let slug = Some("new".into());
    commands::new::edit::new(context, &NewArgs { title: text.into(), slug, ..Default::default() })
}

fn draft(context: &EditContext<'_>, text: &str) -> Result<EditPlan, Error> {
    let (path, title) = (Some("drafts/x.md".into()), Some(text.into()));
    commands::draft::edit::draft(
        context,
        &DraftArgs { thread: "x".into(), path, title, ..DraftArgs::default() },
    )
}

fn last_reason(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        evaluation.thread.log.iter().skip(1).map(|entry| entry.reason.clone()).collect()
    })
}

fn why(world: &World) -> Vec<String> {
    let text = &world.files["threads/x.md"];
    let front = text.split("---\n").nth(1).unwrap();
    let value: serde_yaml::Value = serde_yaml::from_str(front).unwrap();
    let read =
        world.evaluated("x", TODAY, |evaluation| evaluation.hold.map(|hold| hold.why.clone()));
    assert_eq!(value["hold"]["why"].as_str(), read.as_deref(), "two readers of YAML");
    read.into_iter().collect()
}

fn last_note(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        let notes = &evaluation.thread.evidence[0].notes;
        assert_eq!(notes[0], "before", "the earlier note stays");
        notes[1..].to_vec()
    })
}

fn titles(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        let lines = evaluation.thread.evidence.iter().filter(|line| line.notes.is_empty());
        lines.filter_map(|line| line.item.title.clone()).collect()
    })
}

fn orgs(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        evaluation.thread.evidence.iter().filter_map(|line| line.item.org.clone()).collect()
    })
}

fn tags(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        evaluation.thread.evidence.iter().flat_map(|line| line.item.tags.iter().cloned()).collect()
    })
}

fn listed(world: &World) -> Vec<String> {
    let workspace = world.read();
    let item = &workspace.catalogs[0].items[0].item;
    assert_eq!(item.title, item.org);
    item.title.iter().cloned().collect()
}

fn draft_title(world: &World) -> Vec<String> {
    world.evaluated("x", TODAY, |evaluation| {
        evaluation.thread.drafts.iter().filter_map(|draft| draft.title.clone()).collect()
    })
}

fn title(world: &World) -> Vec<String> {
    world.evaluated("new", TODAY, |evaluation| vec![evaluation.thread.title.clone()])
}

const VERBS: [(&str, Verb, Read); 11] = [
    ("promote --reason", promote, last_reason),
    ("attest --note", attest, last_reason),
    ("hold --why", hold, why),
    ("read --note", read, last_note),
    ("add TITLE", add_title, titles),
    ("add --title", add_linked, titles),
    ("add --org", add_org, orgs),
    ("add --tag", add_tag, tags),
    ("catalog add --title --org", list, listed),
    ("new TITLE", begin, title),
    ("draft --title", draft, draft_title),
];

/// The number of findings of `check` that report a misread text.
fn misread(world: &World) -> usize {
    let rules = [Rule::UnclosedField, Rule::ControlCharacter, Rule::UnreadItem];
    world.check().iter().filter(|finding| rules.contains(&finding.rule)).count()
}

/// A text as it is to be read back: blanks and line breaks are one blank each.
fn folded(text: &str) -> String {
    let blank = |c: char| " \t\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}".contains(c);
    text.split(blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns whether a command accepts a text, which is then read back.
fn is_taken(name: &str, verb: Verb, read: Read, text: &str) -> bool {
    if name == "add TITLE" && text.starts_with("http") {
        // A URL is not a title.
        return false;
    }
    let plan = match world().in_context(TODAY, |context| verb(context, text)) {
        Ok(plan) => plan,
        Err(error) => {
            assert_eq!(error.kind, ErrorKind::Request, "{name} {text:?}: {error}");
            let help = error.help.unwrap_or_default();
            assert!(!help.is_empty() && !help.contains("report"), "{name} {text:?}: {help}");
            return false;
        }
    };
    let mut after = world();
    let rewritten = plan.rewrites.iter().map(|rewrite| (&rewrite.before.path, &rewrite.after));
    let created = plan.new_files.iter().map(|file| (&file.path, &file.text));
    for (path, text) in rewritten.chain(created) {
        after = after.with(path, text.clone());
    }
    assert_eq!(read(&after), [folded(text)], "{name} {text:?}: {:#?}", after.files);
    assert_eq!(misread(&after), misread(&world()), "{name} {text:?}: {:#?}", after.files);
    let is_folded = folded(text) != text.trim_matches(|c| " \t\n\r\u{b}\u{c}\u{85}".contains(c));
    assert_eq!(!plan.notes.is_empty(), is_folded, "{name} {text:?}: {:?}", plan.notes);
    true
}

#[test]
fn free_text_that_looks_like_markup_is_read_back_or_refused() {
    for (name, verb, read) in VERBS {
        let texts = NASTY.iter().chain(&YAML);
        let error: Vec<_> = texts.filter(|text| !is_taken(name, verb, read, text)).collect();
        let allowed: &[&str] = match name {
            // An address, which is no title; a title without a letter or digit, which gives no
            // name.
            "add TITLE" => &["https://a.b/c", "<https://a.b>"],
            // Commas separate tags, and `#` begins one.
            "add --tag" => &["#tag", "a, b"],
            _ => &[],
        };
        let has_name = |text: &str| text.chars().any(char::is_alphanumeric);
        let unexpected = |text: &&&&str| match name {
            "add TITLE" => has_name(text) && !allowed.contains(text),
            "add --tag" => {
                has_name(text)
                    && text.trim() == ***text
                    && !text.contains(|c: char| "#,[]<>`&".contains(c))
            }
            // Blanks of any kind around a title or a value are no part of it.
            "add --title" | "add --org" | "catalog add --title --org" | "draft --title" => {
                text.trim() == ***text
            }
            _ => true,
        };
        let unexpected: Vec<_> = error.iter().filter(unexpected).collect();
        assert!(unexpected.is_empty(), "{name} refuses {unexpected:?}");
    }
}

#[test]
fn free_text_with_line_breaks_is_folded_and_with_control_characters_refused() {
    for (name, verb, read) in VERBS {
        assert!(is_taken(name, verb, read, "a\nb"), "{name}");
        assert!(is_taken(name, verb, read, " a  b\tc "), "{name}");
        for text in ["a\u{1b}[31m", "a\0", "a\u{9b}b", "a\u{202e}b", "a\u{200f}", "", " \n"] {
            assert!(!is_taken(name, verb, read, text), "{name} {text:?}");
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let pieces = NASTY.iter().chain(&YAML).copied().collect::<Vec<&str>>();
    let marks =
        vec![" ", "  ", "\n", "[", "]", "(", ")", "`", "\"", "\\", "^", "::", "—", "→", "a", ""];
    let piece = prop_oneof![
        3 => select(pieces).prop_map(str::to_string),
        3 => select(marks).prop_map(str::to_string),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn free_text_of_any_kind_is_read_back_or_refused(text in text()) {
        for (name, verb, read) in VERBS {
            is_taken(name, verb, read, &text);
        }
    }
}
