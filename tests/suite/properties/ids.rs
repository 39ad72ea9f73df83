//! Ids and identity of random pages of few sources whose names collide.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use thread_tracker::evaluate::items::thread_items::{ResolvedItem, unclaimed};
use thread_tracker::evaluate::{CatalogIndex, ThreadItems};
use thread_tracker::model::{Date, ItemRecord};

use crate::support::random::cases;
use crate::support::triggers::counting;
use crate::support::world::{World, day};

/// Parts of URLs, so few that many pages share their last part, query or title.
const URLS: [&str; 12] = [
    "https://a.example/item?id=1",
    "https://a.example/item?id=2",
    "https://a.example/item?id=3&page=2",
    "https://b.example/item",
    "https://a.example/item-2",
    "https://a.example/item-2-2",
    "https://a.example/2026/05/item",
    "https://a.example/2026/06/item",
    "https://a.example/log#may",
    "https://a.example/log#june",
    "https://a.example/x/log",
    "https://a.example/log-june",
];

/// A bullet: maybe a label, a title, maybe a URL.
#[derive(Debug, Clone)]
struct Bullet {
    label: Option<u8>,
    title: u8,
    url: Option<usize>,
    written: bool,
    mapped: bool,
}

impl Bullet {
    fn text(&self) -> String {
        let mut text = self.label.map_or(String::new(), |label| format!("**#{label}** "));
        let title = ["Item", "Log", "Item 2"][usize::from(self.title)];
        match self.url {
            Some(at) => text.push_str(&format!("[{title}]({})", URLS[at])),
            None if self.label.is_some() => {}
            None => text.push_str(&format!("\"{title}\"")),
        }
        text.push_str(" (2026-05-01) [tags:: hit]");
        // The same URL always has the same written id.
        if let (true, Some(at)) = (self.written, self.url) {
            text.push_str(&format!(" [id:: one/written-{at}]"));
        }
        if self.mapped {
            text.push_str(" [thread:: x]");
        }
        text
    }
}

fn bullets() -> impl Strategy<Value = Bullet> {
    let label = proptest::option::weighted(0.2, 1..3_u8);
    let url = proptest::option::weighted(0.85, 0..URLS.len());
    let written = proptest::bool::weighted(0.1);
    let mapped = proptest::bool::weighted(0.7);
    (label, 0..3_u8, url, written, mapped).prop_map(|(label, title, url, written, mapped)| Bullet {
        label,
        title,
        url,
        written,
        mapped,
    })
}

/// Catalogs of one source or two on days in May.
fn catalogs() -> impl Strategy<Value = Vec<(u8, u8, Vec<Bullet>)>> {
    let catalog = (1..8_u8, 0..2_u8, proptest::collection::vec(bullets(), 0..5));
    proptest::collection::vec(catalog, 1..5)
}

fn world(catalogs: &[(u8, u8, Vec<Bullet>)]) -> World {
    let mut files: BTreeMap<(u8, u8), Vec<String>> = BTreeMap::new();
    for (date, source, bullets) in catalogs {
        files.entry((*date, *source)).or_default().extend(bullets.iter().map(Bullet::text));
    }
    let mut world = counting("at-least: 2");
    for ((date, source), bullets) in files {
        let source = if source == 0 { "one" } else { "two" };
        world = world.catalog(&format!("2026-05-0{date}"), source, &bullets);
    }
    world
}

/// The items of thread `x`, and what `ask` says of them.
fn with_items<T>(
    world: &World,
    on: &str,
    ask: impl FnOnce(&ThreadItems, &CatalogIndex<'_>) -> T,
) -> T {
    let workspace = world.read();
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let thread = &workspace.threads[0].thread;
    let items = ThreadItems::new(thread, &index, &workspace.configuration, day(on));
    ask(&items, &index)
}

/// The ids of all records of catalogs, by catalog and line.
fn names(world: &World) -> BTreeMap<(String, usize), String> {
    let workspace = world.read();
    let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
    let place = |path: &str, item: &ItemRecord| (path.to_string(), item.span.start);
    let entries = index.all(Date::MAX);
    entries
        .map(|entry| (place(&entry.catalog.path, &entry.listed.item), index.id(&entry).to_string()))
        .collect()
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn item_of_any_catalogs_has_one_page_and_records_of_no_other_item(
        catalogs in catalogs(),
    ) {
        let world = world(&catalogs);
        with_items(&world, "2026-05-09", |items, index| {
            let ids: BTreeSet<&str> = items.items.iter().map(|item| item.id.as_str()).collect();
            prop_assert_eq!(ids.len(), items.items.len(), "ids are unique");
            let mut seen = BTreeSet::new();
            let mut pages: BTreeMap<String, &str> = BTreeMap::new();
            for item in &items.items {
                let mut of_item = BTreeSet::new();
                for &order in &item.records {
                    prop_assert!(seen.insert(order), "a record in two items");
                    let told = &index.entry(order).listed.item;
                    if let Some(url) = told.canonical_url() {
                        of_item.insert(url.to_string());
                    }
                }
                prop_assert!(of_item.len() <= 1, "two pages are one item: {of_item:?}");
                for url in of_item {
                    prop_assert!(pages.insert(url, &item.id).is_none(), "one page is two items");
                }
            }
            let mapped = index.all(Date::MAX).filter(|entry| !entry.listed.threads.is_empty());
            for entry in mapped {
                prop_assert!(items.holds(&entry), "a mapped record is missing");
                if let Some(url) = entry.listed.item.url.as_deref() {
                    let by_url = items.find(url).expect("a URL finds its item");
                    prop_assert!(by_url.records.contains(&entry.order));
                    prop_assert_eq!(items.resolve(&by_url.id), ResolvedItem::One(by_url));
                }
            }
            Ok(())
        })?;
        let workspace = world.read();
        let index = CatalogIndex::new(&workspace.catalogs, &workspace.configuration);
        let threads: Vec<_> = workspace.threads.iter().map(|file| &file.thread).collect();
        let listed = unclaimed(&threads, &index, &workspace.configuration, day("2026-05-09"));
        let listed: Vec<&str> =
            listed.iter().filter_map(|entry| entry.listed.item.canonical_url()).collect();
        let pages: BTreeSet<&str> = listed.iter().copied().collect();
        prop_assert_eq!(listed.len(), pages.len(), "each page is listed once: {:?}", listed);
        let free = index.all(Date::MAX).filter(|entry| {
            with_items(&world, "2026-05-09", |items, _| !items.holds(entry))
        });
        for url in free.filter_map(|entry| entry.listed.item.canonical_url()) {
            prop_assert!(pages.contains(url), "{url} is in no list");
        }
    }

    #[test]
    fn id_of_any_record_stays_after_a_later_catalog(
        catalogs in catalogs(),
        later in proptest::collection::vec(bullets(), 1..6),
    ) {
        let before = world(&catalogs);
        let texts: Vec<String> = later.iter().map(Bullet::text).collect();
        let after = before.clone().catalog("2026-05-09", "one", &texts);
        let (before, after) = (names(&before), names(&after));
        for (place, id) in &before {
            prop_assert_eq!(after.get(place), Some(id), "{:?}", place);
        }
    }

    #[test]
    fn scan_of_any_catalogs_keeps_every_id_and_is_settled(
        catalogs in catalogs(),
    ) {
        let world = world(&catalogs);
        let ids = |world: &World| with_items(world, "2026-05-09", |items, _| {
            let items = items.items.iter();
            items.map(|item| (item.id.clone(), item.records.clone())).collect::<BTreeMap<_, _>>()
        });
        let scanned = world.scan("2026-05-09");
        prop_assert!(scanned.problems.is_empty(), "{:?}", scanned.problems);
        prop_assert_eq!(ids(&world), ids(&scanned.world));
        prop_assert!(scanned.world.scan("2026-05-09").changed.is_empty());
        let step_by_step = (1..=9).fold(world, |world, date| {
            world.scan(&format!("2026-05-0{date}")).world
        });
        let ids_of_pages = |world: &World| with_items(world, "2026-05-09", |items, _| {
            let pages = items.items.iter().filter(|item| item.url.is_some());
            pages.count()
        });
        prop_assert_eq!(ids_of_pages(&step_by_step), ids_of_pages(&scanned.world));
    }
}
