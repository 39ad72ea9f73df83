//! What the reading queue says of each item: the thread is really judged as if it had been read.

use thread_tracker::evaluate::reading_queue::{Queue, queue};
use thread_tracker::evaluate::{CatalogIndex, evaluate};

use super::world::{World, day};

const DAY: &str = "2026-11-23";

/// A thread `slug` with these keys below its level and these bullets of `The Lab`.
fn thread(world: World, slug: &str, keys: &str, bullets: &[&str]) -> World {
    let lines: String = bullets.iter().map(|bullet| format!("- {bullet}\n")).collect();
    let head = format!("---\nripeness: {{level: low, since: 2026-01-01}}\n{keys}---\n# {slug}\n");
    world.with(&format!("threads/{slug}.md"), format!("{head}\n## Evidence\n\n### lab\n\n{lines}"))
}

/// Keys with the set `hits` and one trigger `t` that raises to ripe.
fn keys(hits: &str, when: &str, more: &str) -> String {
    format!(
        "sets: {{hits: {hits}}}\ntriggers:\n  - {{id: t, why: so it is, raise-to: ripe, \
         when: {when}{more}}}\n"
    )
}

fn queued<T>(world: &World, ask: impl FnOnce(&Queue<'_>) -> T) -> T {
    let workspace = world.read();
    assert!(workspace.errors().next().is_none(), "{:#?}", workspace.diagnostics);
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let evaluations: Vec<_> = workspace
        .threads
        .iter()
        .map(|file| evaluate(&file.thread, &index, &workspace.configuration, day(DAY)))
        .collect();
    ask(&queue(&evaluations, &index, &workspace.configuration))
}

/// The queue, an entry a line: the item, then for each thread what a reading settles and counts.
fn told(world: &World) -> Vec<String> {
    queued(world, |queue| {
        let entry = |entry: &thread_tracker::evaluate::reading_queue::Unread<'_>| {
            let mut line = entry.item.id.clone();
            for impact in &entry.impacts {
                line.push_str(&format!(" {}", impact.thread.slug));
                for (verdict, consequences) in &impact.settles {
                    let ready: Vec<&str> =
                        consequences.ready.iter().map(|trigger| trigger.id.as_str()).collect();
                    let verdict = verdict.as_deref().unwrap_or("read");
                    let hold = if consequences.released.is_some() { "+hold" } else { "" };
                    line.push_str(&format!(" {verdict}:{}{hold}", ready.join(",")));
                }
                for trigger in &impact.counts {
                    line.push_str(&format!(" ~{trigger}"));
                }
                for trigger in &impact.counts_once_dated {
                    line.push_str(&format!(" ~{trigger}@dated"));
                }
            }
            line
        };
        queue.items.iter().map(entry).collect()
    })
}

#[test]
fn an_item_that_nothing_asks_for_waits_by_its_age() {
    let bullets = [
        "[ ] [New](https://a.example/new) (2026-11-01)",
        "[ ] [Old](https://a.example/old) (2026-02-01)",
        "[ ] [Came late](https://a.example/late) (2026-01-01) [landed:: 2026-11-20]",
        "[x] [Read](https://a.example/read) (2026-01-01)",
        "[-] [Dropped](https://a.example/dropped) (2026-01-01)",
    ];
    let world = thread(World::new(), "x", "", &bullets);
    assert_eq!(told(&world), ["lab/old x", "lab/new x", "lab/late x"]);
}

#[test]
fn a_reading_that_is_not_enough_brings_nearer() {
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 2}}", "");
    let unread = "[ ] [A](https://a.example/a) (2026-11-01) [tags:: hit]";
    let world = thread(World::new(), "x", &keys, &[unread]);
    assert_eq!(told(&world), ["lab/a x ~t"]);
    let read = "[x] [B](https://a.example/b) (2026-11-01) [tags:: hit]";
    let world = thread(World::new(), "x", &keys, &[unread, read]);
    assert_eq!(told(&world), ["lab/a x read:t"]);
}

#[test]
fn a_reading_counts_although_another_branch_lacks_as_little() {
    let keys = keys(
        "{tag: hit, read: true}",
        "{any: [{count: {of: hits, at-least: 3}}, {attested: {claim: seen}}]}",
        "",
    );
    let world =
        thread(World::new(), "x", &keys, &["[ ] [A](https://a.example/a) (2026-11-01) #hit"]);
    assert_eq!(told(&world), ["lab/a x ~t"]);
}

#[test]
fn the_last_of_the_unread_is_what_a_bound_from_above_waits_for() {
    let keys = keys("{tag: hit, read: false}", "{count: {of: hits, at-most: 0}}", "");
    let bullets = [
        "[ ] [A](https://a.example/a) (2026-11-01) #hit",
        "[ ] [B](https://a.example/b) (2026-11-02) #hit",
    ];
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets)), ["lab/a x ~t", "lab/b x ~t"]);
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets[..1])), ["lab/a x read:t"]);
}

#[test]
fn a_trigger_that_is_off_asks_for_no_reading() {
    for over in [", until: 2026-10-01", ", from: medium"] {
        let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 2}}", over);
        let world =
            thread(World::new(), "x", &keys, &["[ ] [A](https://a.example/a) (2026-11-01) #hit"]);
        assert_eq!(told(&world), ["lab/a x"], "{over}");
    }
}

#[test]
fn a_reading_does_not_date_an_item() {
    let when = "{count: {of: hits, at-least: 1, published-within: 30d}}";
    let undated = |landed: &str| format!("[ ] A [id:: lab/a] [tags:: hit] [landed:: {landed}]");
    let of = |set: &str, landed: &str| {
        told(&thread(World::new(), "x", &keys(set, when, ""), &[&undated(landed)]))
    };
    assert_eq!(of("{tag: hit}", "2026-11-20"), ["lab/a x ~t@dated"]);
    assert_eq!(of("{tag: hit, read: true}", "2026-11-20"), ["lab/a x ~t@dated"]);
    let reason = "it was published no later than it landed, and that is too long ago";
    assert_eq!(of("{tag: hit}", "2026-05-20"), ["lab/a x"], "{reason}");
}

#[test]
fn an_item_that_was_read_is_asked_for_only_where_its_date_is_missing() {
    let when = "{count: {of: hits, at-least: 1, published-within: 30d}}";
    let bullets = [
        "[x] A [id:: lab/a] [tags:: hit] [landed:: 2026-11-20]",
        "[x] B [id:: lab/b] [landed:: 2026-11-20]",
    ];
    let world = thread(World::new(), "x", &keys("{tag: hit}", when, ""), &bullets);
    assert_eq!(told(&world), ["lab/a x ~t@dated"]);
}

#[test]
fn an_item_of_several_threads_is_one_entry_however_they_call_it() {
    let mut world = World::new();
    world = thread(world, "a", "", &["[ ] [One](https://a.example/one) (2026-11-01)"]);
    world = thread(world, "b", "", &["[ ] [Two](https://b.example/two) (2026-11-01)"]);
    world = thread(
        world,
        "c",
        "",
        &["[ ] [Two](https://b.example/two) (2026-11-01) [same-as:: https://a.example/one]"],
    );
    assert_eq!(told(&world), ["lab/one a b c"]);
}

#[test]
fn pages_that_share_only_the_end_of_their_address_are_two_entries() {
    let mut world = World::new();
    world = thread(world, "a", "", &["[ ] [May](https://a.example/may/log) (2026-05-01)"]);
    world = thread(world, "b", "", &["[ ] [June](https://a.example/june/log) (2026-06-01)"]);
    assert_eq!(told(&world), ["lab/log a", "lab/log b"]);
}

#[test]
fn what_has_not_arrived_yet_is_itself_and_no_namesake() {
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", "");
    let world = thread(World::new(), "x", &keys, &[])
        .catalog("2026-11-01", "lab", &["[May](https://a.example/may/log) (2026-05-01)".into()])
        .catalog(
            "2026-11-02",
            "lab",
            &["[June](https://a.example/june/log) (2026-06-01) #hit [thread:: x]".into()],
        );
    assert_eq!(told(&world), ["lab/june-log x read:t"]);
}

#[test]
fn a_trigger_whose_facts_were_weighed_is_armed_again_by_a_new_one() {
    let keys =
        keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", ", weighed: [lab/b]");
    let bullets = [
        "[ ] [A](https://a.example/a) (2026-11-01) #hit",
        "[x] [B](https://a.example/b) (2026-11-01) #hit",
    ];
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets)), ["lab/a x read:t"]);
}

#[test]
fn a_trigger_that_must_hold_for_days_only_comes_nearer() {
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", ", for: 7d");
    let world =
        thread(World::new(), "x", &keys, &["[ ] [A](https://a.example/a) (2026-11-01) #hit"]);
    assert_eq!(told(&world), ["lab/a x ~t"]);
}

#[test]
fn the_world_is_the_same_in_any_order_of_threads() {
    let lines = ["[ ] [A](https://a.example/a) (2026-11-01) #hit"];
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", "");
    let mut world = thread(World::new(), "a", "", &lines);
    world = thread(world, "b", &keys, &lines);
    assert_eq!(told(&world), ["lab/a a b read:t"]);
    let settles = queued(&world, |queue| queue.items[0].settles());
    assert_eq!(settles, 1);
}
