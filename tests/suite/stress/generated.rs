//! The workspaces that the benches run on: the same bytes on every machine.

use std::collections::BTreeSet;

use workspace::{Plan, Size};

use crate::support::scratch::{Scratch, run};

#[path = "../../../examples/generate/workspace.rs"]
mod workspace;

/// FNV-1a, over all paths and contents in order.
fn checksum(plan: &Plan) -> u64 {
    let bytes = plan.files().flat_map(|file| [file.path.into_bytes(), file.bytes].concat());
    bytes.fold(0xCBF2_9CE4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn on_disk(plan: &Plan) -> Scratch {
    plan.files().fold(Scratch::in_memory(), |scratch, file| scratch.with(&file.path, file.bytes))
}

/// The paths at the beginnings of lines of `check --format concise`.
fn named(stdout: &str) -> BTreeSet<&str> {
    stdout.lines().filter_map(|line| line.split(':').next()).collect()
}

#[test]
fn generated_workspace_of_one_seed_has_the_same_bytes() {
    assert_eq!(checksum(&Plan::new(Size::S, 1)), 0xCD52_EC45_59E0_956E);
    assert_ne!(checksum(&Plan::new(Size::S, 1)), checksum(&Plan::new(Size::S, 2)));
}

#[test]
fn generated_thread_has_about_six_kilobytes_at_every_size() {
    for name in ["S", "M", "L", "WATCHED"] {
        let plan = Plan::new(Size::named(name).expect("a size"), 1);
        let thread = plan.files().nth(1).expect("a thread behind thread.yaml");
        assert!((5_500..8_000).contains(&thread.bytes.len()), "{name}: {}", thread.bytes.len());
    }
}

#[test]
fn generated_workspace_has_findings_in_its_broken_files_only() {
    let plan = Plan::new(Size::S, 1);
    let broken: BTreeSet<String> =
        plan.files().filter(|file| file.broken).map(|file| file.path).collect();
    assert_eq!(broken.len(), 8);
    let ran = on_disk(&plan).run(&["check", "--format", "concise", "-A", "same-title"]);
    assert_eq!(named(&ran.stdout), broken.iter().map(String::as_str).collect(), "{}", ran.stdout);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn generated_workspace_has_the_same_output_on_any_number_of_cores() {
    let made = on_disk(&Plan::new(Size::S, 1));
    for arguments in [&["status"][..], &["check", "--json"], &["next", "--json"]] {
        let said = |cores: &str| {
            let ran = run(made.command(arguments).env("RAYON_NUM_THREADS", cores));
            (ran.stdout, ran.stderr, ran.code)
        };
        let alone = said("1");
        assert!(!alone.0.is_empty());
        assert_eq!(alone, said("2"));
        assert_eq!(alone, said("7"));
    }
}

#[test]
fn generated_workspace_is_changed_by_its_arrivals_only() {
    let plan = Plan::new(Size::S, 1);
    let quiet = on_disk(&plan);
    let scanned = quiet.run(&["scan", "--dry-run"]);
    assert_eq!(scanned.stdout, "", "nothing is new");
    let arrived = plan.arrivals().fold(quiet, |scratch, file| scratch.with(&file.path, file.bytes));
    let scanned = arrived.run(&["scan"]);
    assert!(scanned.stdout.ends_with("3 of 95 threads changed.\n"), "{}", scanned.stdout);
    assert!(arrived.run(&["scan"]).stdout.contains("95 threads"));
}
