//! Ids of items: no id hides a page, and what was named once keeps its name.

use thread_tracker::commands::add::args::AddArgs;
use thread_tracker::commands::add::edit::add;
use thread_tracker::commands::catalog::report::unmapped;
use thread_tracker::commands::map::args::MapArgs;
use thread_tracker::commands::map::edit::map;
use thread_tracker::commands::read::args::ReadArgs;
use thread_tracker::commands::read::edit::read;
use thread_tracker::commands::shared::new_item::AboutArgs;
use thread_tracker::evaluate::CatalogIndex;

use super::edge_cases::{X, counting, raising, trigger, with_triggers};
use super::world::{World, day};

/// The items of thread `x`, each with its URL.
fn items(world: &World, on: &str) -> Vec<String> {
    world.evaluated("x", on, |evaluation| {
        let items = evaluation.items.items.iter();
        items.map(|item| format!("{} {}", item.id, item.url.as_deref().unwrap_or("-"))).collect()
    })
}

/// What `catalog unmapped` lists.
fn unmapped_ids(world: &World, on: &str) -> Vec<String> {
    let workspace = world.read();
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    unmapped(&workspace, &index, day(on), &[]).into_iter().map(|item| item.id).collect()
}

fn forum(query: &str, more: &str) -> String {
    format!("[Lamp {query}](https://forum.example/item?id={query}) [tags:: hit] {more}")
}

fn minutes(month: &str, more: &str) -> String {
    format!("[Minutes {month}](https://board.example/2026/{month}/minutes) [tags:: hit] {more}")
}

const HERE: &str = "[thread:: x]";

/// Arguments that map an item to the thread `x`.
fn mapping(item: &str) -> MapArgs {
    MapArgs { item: item.into(), thread: "x".into(), ..Default::default() }
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
fn map_of_an_id_that_a_line_without_an_address_gives_too_means_the_page_that_is_listed() {
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
fn scan_of_an_item_whose_short_id_is_taken_writes_its_id_and_names_it_as_before() {
    let bullets = [forum("101", ""), forum("102", HERE)];
    let world = counting("at-least: 1").catalog("2026-05-02", "forum", &bullets);
    let before = items(&world, "2026-05-02");
    assert_eq!(before, ["forum/item-102 https://forum.example/item?id=102"]);
    let scanned = world.after_scan("2026-05-02");
    assert!(scanned.x().contains("[id:: forum/item-102]"), "{}", scanned.x());
    assert_eq!(scanned.weighed("t").unwrap(), ["forum/item-102"]);
    assert_eq!(items(&scanned, "2026-05-02"), before);
    assert!(scanned.is_settled("2026-05-02"));
    // Without the catalogs the line alone gives the same id.
    let alone = scanned.without("backlogs/2026-05-02-forum-backlog.md");
    assert_eq!(items(&alone, "2026-05-02"), before);
}

#[test]
fn ids_of_later_pages_are_told_apart_by_what_differs() {
    let cases = [
        (["https://b.example/item?id=1", "https://b.example/item?id=2"], "one/item-2"),
        (["https://b.example/i?a=1&id=1", "https://b.example/i?a=1&id=2"], "one/i-2"),
        (["https://b.example/log#may", "https://b.example/log#june"], "one/log-june"),
        (["https://b.example/x/same", "https://b.example/y/same"], "one/y-same"),
        (["https://b.example/2026/11/min", "https://b.example/2026/12/min"], "one/2026-12-min"),
        (["https://b.example/a/x/s", "https://b.example/b/x/s"], "one/b-x-s"),
        (["https://b.example/s", "https://c.example/s"], "one/s-2"),
    ];
    for (urls, expected) in cases {
        let bullets = urls.map(|url| format!("[Same]({url}) {HERE}"));
        let world = counting("at-least: 9").catalog("2026-05-02", "one", &bullets);
        let found = items(&world, "2026-05-02");
        assert!(found.contains(&format!("{expected} {}", urls[1])), "{urls:?}: {found:?}");
        assert_eq!(found.len(), 2, "{urls:?}: {found:?}");
    }
}

#[test]
fn longer_id_that_an_earlier_page_has_is_not_given() {
    let plain = format!("[Plain](https://forum.example/item-102) {HERE}");
    let first = counting("at-least: 9").catalog("2026-05-02", "forum", &[forum("101", HERE)]);
    let earlier = first
        .clone()
        .catalog("2026-05-03", "forum", std::slice::from_ref(&plain))
        .catalog("2026-05-04", "forum", &[forum("102", HERE)]);
    let found = items(&earlier, "2026-05-04");
    assert!(found.contains(&"forum/item-102 https://forum.example/item-102".into()), "{found:?}");
    assert!(found.contains(&"forum/item-2 https://forum.example/item?id=102".into()), "{found:?}");
    let later = first.catalog("2026-05-03", "forum", &[forum("102", HERE)]).catalog(
        "2026-05-04",
        "forum",
        &[plain],
    );
    let found = items(&later, "2026-05-04");
    assert!(
        found.contains(&"forum/item-102 https://forum.example/item?id=102".into()),
        "{found:?}"
    );
    assert!(found.contains(&"forum/item-102-2 https://forum.example/item-102".into()), "{found:?}");
}

#[test]
fn page_of_a_weighed_id_that_landed_later_is_news() {
    // As a scan of old left it: three lines of one derived id, of which two were known at the demotion.
    let line = |month: &str, landed: &str| {
        format!("- [ ] {} [landed:: {landed}]\n", minutes(month, "").trim_end())
    };
    let body = format!(
        "## Evidence\n\n### Board\n\n{}{}{}\n## Ripeness\n\n\
         - 2026-11-20: low → ripe — two [trigger:: t] [on:: board/minutes]\n\
         - 2026-11-21: ripe → low — not enough [by:: ann]",
        line("12", "2026-11-24"),
        line("11", "2026-11-20"),
        line("10", "2026-11-20"),
    );
    let world = counting("at-least: 2")
        .body(&body)
        .edited("    when:", "    weighed: [board/minutes]\n    when:")
        .catalog("2026-11-20", "board", &[minutes("10", HERE), minutes("11", HERE)])
        .catalog("2026-11-24", "board", &[minutes("12", HERE)]);
    assert_eq!(
        items(&world, "2026-11-25"),
        [
            "board/2026-11-minutes https://board.example/2026/11/minutes",
            "board/2026-12-minutes https://board.example/2026/12/minutes",
            "board/minutes https://board.example/2026/10/minutes",
        ]
    );
    assert_eq!((world.have("2026-11-25"), world.t("2026-11-25")), (3, "ready"));
    let scanned = world.after_scan("2026-11-25");
    assert_eq!(scanned.level(), "ripe");
    assert!(scanned.is_settled("2026-11-26"));
}

#[test]
fn pages_that_differ_in_the_fragment_are_two_items_of_which_the_later_is_news() {
    let log = |month: &str| {
        format!(
            "[Log of {month}](https://lab.example/log#{month}) (2026-05-01) [tags:: hit] {HERE}"
        )
    };
    let world = counting("at-least: 1")
        .catalog("2026-05-02", "lab", &[log("may")])
        .after_scan("2026-05-02")
        .decided("low", "2026-05-03");
    assert_eq!(world.t("2026-05-03"), "weighed");
    let world = world.catalog("2026-06-02", "lab", &[log("may"), log("june")]);
    assert_eq!((world.have("2026-06-02"), world.t("2026-06-02")), (2, "ready"));
    let scanned = world.after_scan("2026-06-02");
    assert!(scanned.x().contains("[id:: lab/log-june]"), "{}", scanned.x());
    assert_eq!(scanned.weighed("t").unwrap(), ["lab/log", "lab/log-june"]);
    assert!(scanned.is_settled("2026-06-02"));
}

#[test]
fn paper_at_many_urls_is_one_item_and_its_preprint_another() {
    let paper = |url: &str| format!("[Bone thickness]({url}) (2026-11-01) [tags:: hit] {HERE}");
    let urls = [
        "https://sub.publisher.example/doi/abs/10.1000/jx.3733?af=R",
        "https://publisher.example/doi/full/10.1000/JX.3733",
        "http://dx.doi.org/10.1000/jx.3733",
        "https://doi.org/10.1000/jx.3733",
    ];
    let preprints = [
        "https://arxiv.org/abs/2611.00001v1",
        "https://arxiv.org/pdf/2611.00001v2.pdf",
        "https://doi.org/10.48550/arXiv.2611.00001",
    ];
    let by_field = "\"Bone thickness\" (2026-11-01) [doi:: 10.1000/JX.3733] [thread:: x] #hit";
    let world = counting("at-least: 2")
        .catalog("2026-11-20", "journal", &urls.map(paper))
        .catalog("2026-11-19", "arxiv", &preprints.map(paper))
        .catalog("2026-11-21", "letter", &[by_field.into()]);
    assert_eq!(
        items(&world, "2026-11-25"),
        [format!("arxiv/2611.00001v1 {}", preprints[0]), format!("journal/jx.3733 {}", urls[0]),]
    );
    let scanned = world.after_scan("2026-11-25");
    let hint = "same-title: `arxiv/2611.00001v1` and `journal/jx.3733` have one title";
    assert_eq!(scanned.findings(), [hint]);
    let line = "(2026-11-01) [tags:: hit] [landed:: 2026-11-20]";
    let joined = scanned.edited(line, &format!("[same-as:: arxiv/2611.00001v1] {line}"));
    assert_eq!(joined.findings(), Vec::<String>::new());
    assert_eq!(joined.have("2026-11-25"), 1);
}

#[test]
fn line_without_a_url_joins_only_the_first_page_of_its_label_or_title() {
    for line in ["**#7** (2026-05-01)", "\"Weekly news\" (2026-05-01)"] {
        let page = |part: &str| {
            format!("**#7** [Weekly news](https://one.example/{part}/7) (2026-05-01) {HERE}")
        };
        let world = counting("at-least: 9")
            .body(&format!("## Evidence\n\n### One\n\n- [x] {line} [landed:: 2026-05-03]"))
            .catalog("2026-05-02", "one", &[page("a"), page("b")]);
        let found = items(&world, "2026-05-04");
        assert_eq!(found.len(), 2, "{line}: {found:?}");
        world.evaluated("x", "2026-05-04", |evaluation| {
            let first = evaluation.items.find("https://one.example/a/7").unwrap();
            assert_eq!(first.evidence, [0], "{line}");
            let other = evaluation.items.find("https://one.example/b/7").unwrap();
            assert_eq!(other.evidence, Vec::<usize>::new(), "{line}");
        });
        // The thread names its line: what arrives beside it gets another id.
        let scanned = world.after_scan("2026-05-04");
        assert!(scanned.is_settled("2026-05-05"), "{line}: {}", scanned.x());
        assert_eq!(items(&scanned, "2026-05-04").len(), 2, "{line}: {}", scanned.x());
    }
}

#[test]
fn url_means_an_item_wherever_its_id_does() {
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
            let satisfied = |id: &str| evaluation.verdict(id).unwrap().outcome.is_true();
            assert!(satisfied("read") && satisfied("says") && satisfied("one"), "{word}");
        });
        assert_eq!(world.findings(), Vec::<String>::new(), "{word}");
    }
}

#[test]
fn weighed_by_url_covers_the_item_of_that_url_only() {
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
fn reference_that_fits_several_items_satisfies_nothing_and_is_named() {
    let bullets = [forum("101", ""), forum("102", HERE), forum("103", HERE)];
    let world = raising("{read: forum/item}").catalog("2026-05-02", "forum", &bullets);
    let note = world.outcome("2026-05-02", |outcome| outcome.note.clone().unwrap());
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
    // Where the thread has the first page, the id is that of the first page.
    let clear = world.catalog("2026-05-03", "forum", &[forum("101", HERE)]);
    assert_eq!(clear.findings(), Vec::<String>::new());
}

#[test]
fn add_of_a_page_whose_short_id_is_taken_writes_its_id() {
    let world = counting("at-least: 9").catalog("2026-05-02", "forum", &[forum("101", HERE)]);
    let new = AddArgs {
        thread: "x".into(),
        what: "https://forum.example/item?id=102".into(),
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
    assert!(again.contains("`forum/item-102` belongs to `x` already"), "{again}");
}

#[test]
fn ids_that_were_noted_stay_after_a_later_catalog() {
    let world = counting("at-least: 1")
        .catalog("2026-05-02", "forum", &[forum("101", HERE)])
        .after_scan("2026-05-02");
    assert!(!world.x().contains("[id::"), "{}", world.x());
    // A catalog of an earlier day comes to light: its page has the short id among the catalogs, the
    // thread keeps its own name for the line that it has.
    let late = world.catalog("2026-05-01", "forum", &[forum("100", HERE)]);
    assert_eq!(
        items(&late, "2026-05-03"),
        [
            "forum/item https://forum.example/item?id=101",
            "forum/item-100 https://forum.example/item?id=100"
        ]
    );
    let scanned = late.decided("low", "2026-05-03").after_scan("2026-05-04");
    assert!(scanned.x().contains("[id:: forum/item-100]"), "{}", scanned.x());
    assert!(scanned.is_settled("2026-05-05"));
}
