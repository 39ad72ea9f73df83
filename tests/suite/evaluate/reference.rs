//! References to items by id, URL or title.

use thread_tracker::commands::add::AddArgs;
use thread_tracker::commands::add::edit::add;
use thread_tracker::commands::catalog::report::unmapped;
use thread_tracker::commands::map::Mapping;
use thread_tracker::commands::map::edit::map;
use thread_tracker::commands::read::ReadArgs;
use thread_tracker::commands::read::edit::read;
use thread_tracker::commands::shared::new_item::AboutArgs;
use thread_tracker::commands::shared::phrases::outcome_note;
use thread_tracker::evaluate::CatalogIndex;

use super::id::{HERE, forum, items};
use crate::support::triggers::{X, counting, raising, trigger, with_triggers};
use crate::support::world::{World, day};

/// The items that `catalog unmapped` lists.
fn unmapped_ids(world: &World, on: &str) -> Vec<String> {
    let workspace = world.read();
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    unmapped(&workspace, &index, day(on), &[]).into_iter().map(|item| item.id).collect()
}

/// Arguments that map an item to the thread `x`.
fn mapping(item: &str) -> [Mapping; 1] {
    [Mapping { item: item.into(), thread: "x".into() }]
}

#[test]
fn unmapped_of_pages_that_differ_in_the_query_lists_each_by_its_own_id() {
    let bullets = [forum("101", ""), forum("102", ""), forum("103", HERE)];
    let world = counting("at-least: 9").catalog("2026-05-02", "forum", &bullets);
    assert_eq!(unmapped_ids(&world, "2026-05-02"), ["forum/item", "forum/item-102"]);
    for word in ["forum/item-102", "https://forum.example/item?id=102", "Lamp 102"] {
        let catalog = world.in_context("2026-05-02", |context| {
            let plan =
                map(context, &mapping(word)).unwrap_or_else(|error| panic!("{word}: {error}"));
            plan.rewrites[0].after.clone()
        });
        let mapped = format!("- {} {HERE}", forum("102", "").trim());
        assert!(catalog.contains(&mapped), "{word}:\n{catalog}");
        assert_eq!(catalog.matches(HERE).count(), 2, "{word}:\n{catalog}");
    }
    let answer =
        world.in_context("2026-05-02", |context| map(context, &mapping("lamp")).unwrap_err());
    for candidate in [
        "`forum/item` (https://forum.example/item?id=101)",
        "`forum/item-102` (https://forum.example/item?id=102)",
        "`forum/item-103` (https://forum.example/item?id=103)",
    ] {
        assert!(answer.to_string().contains(candidate), "{answer}");
    }
}

#[test]
fn map_of_an_id_shared_with_a_line_without_a_url_maps_the_listed_page() {
    // The line without an address tells of the page with its title, which landed first.
    let world = counting("at-least: 9")
        .catalog("2026-05-02", "forum", &["[Item](https://a.example/lamp)".into()])
        .catalog("2026-05-03", "forum", &["[Oil](https://b.example/item)".into()])
        .catalog("2026-05-04", "forum", &["\"Item\" (2026-05-04)".into()]);
    assert_eq!(unmapped_ids(&world, "2026-05-05"), ["forum/item", "forum/lamp"]);
    let mut mapped = world.clone();
    for word in ["forum/item", "forum/lamp"] {
        mapped = mapped.clone().in_context("2026-05-05", |context| {
            let plan =
                map(context, &mapping(word)).unwrap_or_else(|error| panic!("{word}: {error}"));
            let [rewrite] = plan.rewrites.as_slice() else { panic!("{word} is mapped already") };
            mapped.clone().with(&rewrite.before.path, rewrite.after.as_str())
        });
    }
    assert_eq!(unmapped_ids(&mapped, "2026-05-05"), [""; 0]);
    let expected = ["forum/item https://b.example/item", "forum/lamp https://a.example/lamp"];
    assert_eq!(items(&mapped, "2026-05-05"), expected);
    let scanned = mapped.after_scan("2026-05-05");
    assert_eq!(items(&scanned, "2026-05-05"), expected);
    assert!(scanned.is_settled("2026-05-05"), "{}", scanned.x());
}

#[test]
fn unmapped_of_two_sites_with_one_slug_lists_both() {
    let bullet = |site: &str| format!("[On {site}](https://{site}.example/lamps-go-dark)");
    let bullets = [bullet("paper-a"), bullet("paper-b"), bullet("paper-c")];
    let world = counting("at-least: 9").catalog("2026-05-02", "letter", &bullets);
    assert_eq!(
        unmapped_ids(&world, "2026-05-02"),
        ["letter/lamps-go-dark", "letter/lamps-go-dark-2", "letter/lamps-go-dark-3"]
    );
}

#[test]
fn reference_by_url_is_accepted_wherever_an_id_is() {
    let url = "https://forum.example/item?id=102";
    for word in ["forum/item-102", url, "http://www.forum.example/item?id=102&utm_source=x"] {
        let keys = format!(
            "verdicts: {{\"{word}\": [solid]}}\nhold: {{below: ripe, until: {{read: \"{word}\"}}, why: later}}\nsets:"
        );
        let world = with_triggers(&[
            trigger("read", "raise-to: medium", &format!("{{read: \"{word}\"}}")),
            trigger("says", "raise-to: ripe", "{verdict: {item: forum/item-102, is: solid}}"),
            trigger("one", "raise-to: medium", "{count: {of: one, at-least: 1}}"),
        ])
        .edited("sets:", &keys)
        .edited("  hits:", &format!("  one: {{item: \"{word}\"}}\n  none: {{tag: hit, except: {{item: \"{word}\"}}}}\n  hits:"))
        .catalog("2026-05-02", "forum", &[forum("101", HERE), forum("102", HERE)])
        .after_scan("2026-05-02");
        assert_eq!(world.level(), "medium", "{word}");
        let text = world.in_context("2026-05-03", |context| {
            let request = ReadArgs {
                thread: "x".into(),
                item: word.into(),
                verdict: Some("solid".into()),
                ..Default::default()
            };
            read(context, &request).unwrap_or_else(|error| panic!("{word}: {error}")).rewrites[0]
                .after
                .clone()
        });
        let world = world.with(X, text);
        world.evaluated("x", "2026-05-03", |evaluation| {
            assert!(evaluation.hold.is_none(), "{word}");
            let satisfied = |id: &str| evaluation.trigger(id).unwrap().outcome.is_true();
            assert!(satisfied("read") && satisfied("says") && satisfied("one"), "{word}");
        });
        assert_eq!(world.findings(), Vec::<String>::new(), "{word}");
    }
}

#[test]
fn reference_by_url_in_weighed_covers_that_item_only() {
    let bullets = [forum("101", HERE), forum("102", HERE)];
    let world = |weighed: &str| {
        counting("at-least: 2")
            .edited("    when:", &format!("    weighed: [{weighed}]\n    when:"))
            .catalog("2026-05-02", "forum", &bullets)
    };
    let (first, second) =
        ("\"https://forum.example/item?id=101\"", "\"http://forum.example/item?id=102\"");
    assert_eq!(world(&format!("{first}, {second}")).t("2026-05-02"), "weighed");
    assert_eq!(world(&format!("forum/item, {second}")).t("2026-05-02"), "weighed");
    assert_eq!(world(first).t("2026-05-02"), "ready");
    assert_eq!(world("forum/item").t("2026-05-02"), "ready");
}

#[test]
fn reference_to_several_items_matches_none_and_is_an_error() {
    let bullets = [forum("101", ""), forum("102", HERE), forum("103", HERE)];
    let world = raising("{read: forum/item}").catalog("2026-05-02", "forum", &bullets);
    let note = world.outcome("2026-05-02", |outcome| outcome_note(outcome.note.as_ref().unwrap()));
    assert_eq!(note, "`forum/item` fits several items: `forum/item-102`, `forum/item-103`");
    let found = ["ambiguous-item: `forum/item` fits 2 items of this thread"];
    assert_eq!(world.findings(), found);
    assert_eq!(world.after_scan("2026-05-02").findings(), found);
    let error = world.in_context("2026-05-02", |context| {
        let request =
            ReadArgs { thread: "x".into(), item: "forum/item".into(), ..Default::default() };
        read(context, &request).unwrap_err().to_string()
    });
    assert!(error.contains("`forum/item-103` (https://forum.example/item?id=103)"), "{error}");
    // If the thread has the first page, the id is that of the first page.
    let clear = world.catalog("2026-05-03", "forum", &[forum("101", HERE)]);
    assert_eq!(clear.findings(), Vec::<String>::new());
}

#[test]
fn add_of_a_page_whose_short_id_is_taken_writes_its_id() {
    let world = counting("at-least: 9").catalog("2026-05-02", "forum", &[forum("101", HERE)]);
    let new = AddArgs {
        what: "https://forum.example/item?id=102".into(),
        thread: "x".into(),
        source: Some("forum".into()),
        about: AboutArgs { title: Some("Second lamp".into()), ..Default::default() },
        ..Default::default()
    };
    let text = world
        .in_context("2026-05-02", |context| add(context, &new).unwrap().rewrites[0].after.clone());
    assert!(text.contains("[id:: forum/item-102]"), "{text}");
    let again = world
        .with(X, text)
        .in_context("2026-05-02", |context| add(context, &new).unwrap_err().to_string());
    assert!(again.contains("`forum/item-102` already belongs to `x`"), "{again}");
}
