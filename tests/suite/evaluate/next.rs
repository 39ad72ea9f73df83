//! `next`: the reading queue, with the effect of reading each item.

use thread_tracker::evaluate::reading_queue::{Queue, queue};
use thread_tracker::evaluate::{CatalogIndex, evaluate};

use crate::support::world::{World, day};

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
fn next_orders_items_without_effect_by_age() {
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
fn next_names_a_trigger_that_a_reading_brings_nearer() {
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 2}}", "");
    let unread = "[ ] [A](https://a.example/a) (2026-11-01) [tags:: hit]";
    let world = thread(World::new(), "x", &keys, &[unread]);
    assert_eq!(told(&world), ["lab/a x ~t"]);
    let read = "[x] [B](https://a.example/b) (2026-11-01) [tags:: hit]";
    let world = thread(World::new(), "x", &keys, &[unread, read]);
    assert_eq!(told(&world), ["lab/a x read:t"]);
}

#[test]
fn next_names_a_trigger_although_another_branch_lacks_as_little() {
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
fn next_settles_a_trigger_with_at_most_by_the_last_unread_item() {
    let keys = keys("{tag: hit, read: false}", "{count: {of: hits, at-most: 0}}", "");
    let bullets = [
        "[ ] [A](https://a.example/a) (2026-11-01) #hit",
        "[ ] [B](https://a.example/b) (2026-11-02) #hit",
    ];
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets)), ["lab/a x ~t", "lab/b x ~t"]);
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets[..1])), ["lab/a x read:t"]);
}

#[test]
fn next_names_no_trigger_that_is_off() {
    for over in [", until: 2026-10-01", ", from: medium"] {
        let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 2}}", over);
        let world =
            thread(World::new(), "x", &keys, &["[ ] [A](https://a.example/a) (2026-11-01) #hit"]);
        assert_eq!(told(&world), ["lab/a x"], "{over}");
    }
}

#[test]
fn next_marks_an_undated_item_that_a_window_could_count() {
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
fn next_lists_a_read_item_only_if_its_date_is_missing() {
    let when = "{count: {of: hits, at-least: 1, published-within: 30d}}";
    let bullets = [
        "[x] A [id:: lab/a] [tags:: hit] [landed:: 2026-11-20]",
        "[x] B [id:: lab/b] [landed:: 2026-11-20]",
    ];
    let world = thread(World::new(), "x", &keys("{tag: hit}", when, ""), &bullets);
    assert_eq!(told(&world), ["lab/a x ~t@dated"]);
}

#[test]
fn next_lists_an_item_of_several_threads_once() {
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
fn next_lists_pages_with_the_same_last_part_apart() {
    let mut world = World::new();
    world = thread(world, "a", "", &["[ ] [May](https://a.example/may/log) (2026-05-01)"]);
    world = thread(world, "b", "", &["[ ] [June](https://a.example/june/log) (2026-06-01)"]);
    assert_eq!(told(&world), ["lab/log a", "lab/log b"]);
}

#[test]
fn next_lists_an_item_that_has_not_arrived_by_its_own_id() {
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
fn next_names_a_weighed_trigger_that_a_reading_re_arms() {
    let keys =
        keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", ", weighed: [lab/b]");
    let bullets = [
        "[ ] [A](https://a.example/a) (2026-11-01) #hit",
        "[x] [B](https://a.example/b) (2026-11-01) #hit",
    ];
    assert_eq!(told(&thread(World::new(), "x", &keys, &bullets)), ["lab/a x read:t"]);
}

#[test]
fn next_names_a_trigger_with_for_as_nearer_only() {
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", ", for: 7d");
    let world =
        thread(World::new(), "x", &keys, &["[ ] [A](https://a.example/a) (2026-11-01) #hit"]);
    assert_eq!(told(&world), ["lab/a x ~t"]);
}

#[test]
fn next_does_not_depend_on_the_order_of_threads() {
    let lines = ["[ ] [A](https://a.example/a) (2026-11-01) #hit"];
    let keys = keys("{tag: hit, read: true}", "{count: {of: hits, at-least: 1}}", "");
    let mut world = thread(World::new(), "a", "", &lines);
    world = thread(world, "b", &keys, &lines);
    assert_eq!(told(&world), ["lab/a a b read:t"]);
    let settles = queued(&world, |queue| queue.items[0].settles());
    assert_eq!(settles, 1);
}
