//! Limits on what one command prints, writes and guesses.

use crate::support::scratch::Scratch;

const FRONT: &str = "---\nopened: 2026-01-01\nripeness: {level: low, since: 2026-01-01}\n";

fn lines(number: usize, line: impl Fn(usize) -> String) -> String {
    (0..number).map(line).collect()
}

#[test]
fn check_of_a_file_with_many_findings_shows_500_and_counts_the_rest() {
    let bullets = lines(501, |at| format!("- [I](https://lab.example/{at}) (2026-02-30)\n"));
    let thread = format!("{FRONT}---\n# T\n\n## Evidence\n\n### Lab\n\n{bullets}");
    let world = Scratch::new().with("threads/t.md", thread);
    let ran = world.run(&["check"]);
    assert_eq!(ran.stdout.matches("error[bad-date]").count(), 500);
    let more =
        "1 more finding in threads/t.md; `thread check --format concise` lists all of them\n";
    assert!(ran.stdout.contains(more), "{}", ran.stdout);
    assert!(ran.stdout.contains("Found 501 errors in 1 file."), "{}", ran.stdout);
    let concise = world.run(&["check", "--format", "concise"]);
    assert_eq!(concise.stdout.matches("error[bad-date]").count(), 501);
}

#[test]
fn scan_of_more_facts_than_front_matter_can_hold_is_refused_with_help() {
    let trigger = "{id: t, why: a hit, raise-to: ripe, when: {count: {of: hits, at-least: 1}}}";
    let thread =
        format!("{FRONT}sets: {{hits: {{source: lab}}}}\ntriggers: [{trigger}]\n---\n# T\n");
    let items =
        lines(20_001, |at| format!("- [I](https://lab.example/{at}) (2026-01-01) [thread:: t]\n"));
    let world = Scratch::new()
        .with("threads/t.md", thread)
        .with("backlogs/2026-01-02-lab-backlog.md", items);
    let before = world.files();
    let ran = world.run(&["scan"]);
    assert!(ran.stderr.contains("narrow the sets that its triggers count"), "{}", ran.said());
    assert_eq!((ran.code, world.files()), (Some(1), before));
}

#[test]
fn check_of_many_unknown_threads_suggests_names_for_the_first_200() {
    let mut world = Scratch::new();
    let items = lines(300, |at| {
        format!("- [I](https://lab.example/{at}) (2026-01-01) [thread:: about-{at:03}x]\n")
    });
    for at in 0..300 {
        world = world.with(&format!("threads/about-{at:03}.md"), format!("{FRONT}---\n# T\n"));
    }
    let world = world.with("backlogs/2026-01-02-lab-backlog.md", items);
    let ran = world.run(&["check", "--json"]);
    assert_eq!(ran.stdout.matches("did you mean").count(), 200);
    assert_eq!(ran.stdout.matches("map it to an existing thread").count(), 100);
}
