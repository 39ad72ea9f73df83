//! Ids of items: every page has one of its own, and keeps it.

use crate::support::triggers::counting;
use crate::support::world::World;

/// The items of thread `x`, each with its URL.
pub fn items(world: &World, on: &str) -> Vec<String> {
    world.evaluated("x", on, |evaluation| {
        let items = evaluation.items.items.iter();
        items.map(|item| format!("{} {}", item.id, item.url.as_deref().unwrap_or("-"))).collect()
    })
}

pub fn forum(query: &str, more: &str) -> String {
    format!("[Lamp {query}](https://forum.example/item?id={query}) [tags:: hit] {more}")
}

fn minutes(month: &str, more: &str) -> String {
    format!("[Minutes {month}](https://board.example/2026/{month}/minutes) [tags:: hit] {more}")
}

pub const HERE: &str = "[thread:: x]";

#[test]
fn id_that_is_longer_than_the_short_one_is_written_by_a_scan() {
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
fn id_of_a_later_page_has_the_part_of_the_url_that_differs() {
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
fn id_of_an_earlier_page_is_not_given_again() {
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
fn id_of_a_weighed_page_does_not_cover_a_later_page() {
    // As a scan of old left it: three lines of one derived id, of which two were known at the
    // demotion.
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
fn id_of_a_later_fragment_is_another_and_news() {
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
fn id_of_a_paper_at_many_urls_is_one_and_of_its_preprint_another() {
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
    let hint = "same-title: `arxiv/2611.00001v1` and `journal/jx.3733` have the same title";
    assert_eq!(scanned.findings(), [hint]);
    let line = "(2026-11-01) [tags:: hit] [landed:: 2026-11-20]";
    let joined = scanned.edited(line, &format!("[same-as:: arxiv/2611.00001v1] {line}"));
    assert_eq!(joined.findings(), Vec::<String>::new());
    assert_eq!(joined.have("2026-11-25"), 1);
}

#[test]
fn id_of_a_line_without_a_url_joins_the_first_page_only() {
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
        // The thread names its line: a new item next to it gets another id.
        let scanned = world.after_scan("2026-05-04");
        assert!(scanned.is_settled("2026-05-05"), "{line}: {}", scanned.x());
        assert_eq!(items(&scanned, "2026-05-04").len(), 2, "{line}: {}", scanned.x());
    }
}

#[test]
fn id_in_a_thread_stays_after_a_catalog_of_an_earlier_date() {
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
