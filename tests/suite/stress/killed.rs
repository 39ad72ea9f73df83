//! Scans that are killed at any moment, and two scans at once.

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::until_written;
use crate::support::scratch::{self, Scratch};

const THREADS: usize = 150;

const ROUNDS: usize = 25;

/// On a slow disk there are fewer rounds.
const BUDGET: Duration = Duration::from_secs(12);

/// The thread that a scan writes first.
const FIRST: &str = "threads/t000.md";

type Files = BTreeMap<String, Vec<u8>>;

/// Many threads, each of which gets an arrival and a promotion.
fn many() -> Scratch {
    let mut scratch = Scratch::in_memory().with("thread.yaml", "sources: {feed: {name: Feed}}\n");
    let mut catalog = String::new();
    for number in 0..THREADS {
        let thread = format!(
            "---\nripeness: {{level: low, since: 2026-01-01}}\nsets: {{hits: {{tag: hit}}}}\n\
             triggers:\n  - {{id: hit, why: it hit, raise-to: ripe, when: {{count: {{of: hits, at-least: 1}}}}}}\n\
             ---\n# Number {number}\n\n{}\n## Evidence\n\n## Ripeness\n",
            "Some prose of a person.\n".repeat(number)
        );
        scratch = scratch.with(&format!("threads/t{number:03}.md"), thread);
        catalog.push_str(&format!(
            "- **#{number}** (2026-10-31) — \"News.\" [tags:: hit] [thread:: t{number:03}]\n"
        ));
    }
    scratch.with("backlogs/2026-11-01-feed-backlog.md", catalog)
}

/// The files after an undisturbed scan, and its duration.
struct Undisturbed {
    files: Files,
    whole: Duration,
    /// From the first file that is replaced to the end.
    writing: Duration,
}

fn undisturbed(original: &Scratch) -> Undisturbed {
    let scratch = original.copy();
    let began = Instant::now();
    let mut child = start(&scratch);
    until_written(&scratch.path(FIRST), &mut child);
    let first = Instant::now();
    let ran = scratch::end(child);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("150 of 150 threads changed"), "{}", ran.stdout);
    Undisturbed { files: scratch.files(), whole: began.elapsed(), writing: first.elapsed() }
}

fn start(scratch: &Scratch) -> Child {
    let mut command = scratch.command(&["scan", "--wait", "60"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Seeded(u64);

impl Seeded {
    /// A part of `whole`.
    fn part_of(&mut self, whole: Duration) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let parts = u32::try_from(bits >> 44).expect("twenty bits");
        whole * parts / (1 << 20)
    }
}

#[test]
fn scan_killed_at_any_moment_leaves_every_file_old_or_new() {
    let original = many();
    let old = original.files();
    let Undisturbed { files: new, whole, writing } = undisturbed(&original);
    let mut seeded = Seeded(20_261_123);
    let mut interrupted = 0;
    let began = Instant::now();
    // On a busy machine, most scans may end before they are killed: one that is must be among them.
    for round in 0..4 * ROUNDS {
        if interrupted > 0 && (round >= ROUNDS || began.elapsed() >= BUDGET) {
            break;
        }
        let scratch = original.copy();
        let mut child = start(&scratch);
        // Most of a scan is reading, so most delays begin with the writing.
        let in_writing = round % 4 != 0;
        if in_writing {
            until_written(&scratch.path(FIRST), &mut child);
        }
        sleep(seeded.part_of(if in_writing { writing / 2 } else { whole }));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = scratch.files();
        let is_torn = |path: &&String| {
            let bytes = &found[*path];
            *bytes != old[*path] && *bytes != new[*path]
        };
        let torn: Vec<_> = old.keys().filter(is_torn).collect();
        assert!(torn.is_empty(), "round {round}: {torn:?}");
        let done = old.keys().filter(|path| found[*path] != old[*path]).count();
        interrupted += usize::from((1..THREADS).contains(&done));
        let ran = scratch.run(&["scan"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "round {round}");
        let after = scratch.files();
        assert_eq!(after.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
        assert!(after == new, "round {round}: the second scan did not complete the first");
    }
    assert!(interrupted > 0, "no scan was killed while it was writing");
}

#[test]
fn scan_twice_at_once_succeeds_and_writes_one_entry_per_thread() {
    let original = many();
    let new = undisturbed(&original).files;
    for _ in 0..3 {
        let scratch = original.copy();
        let (one, two) = (start(&scratch), start(&scratch));
        let changed = [scratch::end(one), scratch::end(two)].map(|ran| {
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
            ran.stdout.lines().filter(|line| line.contains("low → ripe")).count()
        });
        assert_eq!(changed.iter().sum::<usize>(), THREADS, "{changed:?}");
        assert!(scratch.files() == new);
    }
}

#[test]
fn scan_that_may_not_wait_for_another_is_refused() {
    let scratch = many();
    let held = thread_tracker::store::lock::lock(&scratch.path(""), Duration::ZERO).unwrap();
    let before = scratch.files();
    let ran = scratch.run(&["scan", "--wait", "0"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("another run"), "{}", ran.stderr);
    assert_eq!(scratch.run(&["scan", "--dry-run"]).code, Some(0), "reading needs no lock");
    assert!(scratch.files() == before);
    drop(held);
    assert_eq!(scratch.run(&["scan", "--wait", "0"]).code, Some(0));
}
