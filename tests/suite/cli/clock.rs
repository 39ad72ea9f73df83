//! A log that is ahead of the clock: one day is another time zone, two days are an error.

use serde_json::Value;

use super::LOW;
use crate::support::scratch::Scratch;

const TOMORROW: &str = "2026-11-24";

/// A workspace on 2026-11-23 with a log whose last entry is dated `date`.
fn logged_on(date: &str) -> Scratch {
    let thread = format!(
        "---\nripeness: {{level: medium, since: {date}}}\n\
         triggers: [{{id: t, why: w, raise-to: ripe, when: {{attested: {{claim: seen}}}}}}]\n---\n# X\n\n\
         ## Evidence\n\n### Feed\n\n- [ ] [A](https://e.org/a) (2026-11-01)\n\n## Ripeness\n\n\
         - 2026-11-01: opened at low\n- {date}: low → medium — so\n"
    );
    let catalog = format!("- [ ] [B](https://e.org/b) ({date}) [thread:: x]\n");
    Scratch::new()
        .with("threads/x.md", thread)
        .with(&format!("backlogs/{date}-feed-backlog.md"), catalog)
}

#[test]
fn today_with_a_log_one_day_ahead_is_the_date_of_the_log_in_every_report() {
    let scratch = logged_on(TOMORROW);
    for command in [&["status"][..], &["show", "x"], &["next"], &["log"], &["scan", "-n"]] {
        let ran = scratch.run(command);
        assert_eq!(ran.code, Some(0), "{command:?}: {}", ran.said());
        let note = "note: x: today is 2026-11-24 for this thread, ";
        assert!(ran.stderr.starts_with(note), "{command:?}: {}", ran.stderr);
        assert_eq!(ran.stderr.matches("note: ").count(), 1, "{command:?}");
        let ran = scratch.run(&[command, &["--json"]].concat());
        let document: Value = serde_json::from_str(&ran.stdout).unwrap();
        let ahead = serde_json::json!([{"thread": "x", "today": TOMORROW}]);
        assert_eq!((&document["ahead"], ran.stderr.as_str()), (&ahead, ""), "{command:?}");
    }
    let status = scratch.run(&["status"]).stdout;
    assert!(status.contains("medium  2026-11-24") && status.contains("1 new"), "{status}");
    assert!(scratch.run(&["log"]).stdout.contains("2026-11-24"), "the last entry is printed");
}

#[test]
fn today_with_a_log_one_day_ahead_is_the_date_that_edits_write() {
    for (edit, written) in [
        (&["promote", "x", "ripe", "--reason", "so"][..], "- 2026-11-24: medium → ripe — so"),
        (&["demote", "x", "low", "--reason", "so"], "since: 2026-11-24"),
        (&["attest", "x", "seen", "--by", "alex"], "- 2026-11-24: w [attested:: seen]"),
        (&["read", "x", "a"], "[read:: 2026-11-24]"),
        (&["add", "x", "https://e.org/c", "--source", "feed"], "[landed:: 2026-11-24]"),
        (&["scan"], "[landed:: 2026-11-24]"),
    ] {
        let scratch = logged_on(TOMORROW);
        let ran = scratch.run(edit);
        assert_eq!(ran.code, Some(0), "{edit:?}: {}", ran.said());
        assert!(ran.stderr.contains("note: x: today is 2026-11-24"), "{edit:?}: {}", ran.stderr);
        assert!(
            scratch.text("threads/x.md").contains(written),
            "{edit:?}: {}",
            scratch.text("threads/x.md")
        );
        let check = scratch.run(&["check", "--strict"]);
        assert_eq!(check.code, Some(0), "{edit:?}: {}", check.said());
    }
    let scratch = logged_on(TOMORROW);
    let until = |date| ["hold", "x", "--below", "ripe", "--until", date, "--why", "so"];
    assert_eq!(scratch.run(&until(TOMORROW)).code, Some(2), "the hold would have ended");
    assert_eq!(scratch.run(&until("2026-11-25")).code, Some(0));
    assert_eq!(scratch.run(&["release", "x"]).code, Some(0));
    assert!(scratch.text("threads/x.md").contains("until: 2026-11-24"));
    assert_eq!(scratch.run(&["read", "x", "a", "--on", "2026-11-25"]).code, Some(2));
}

#[test]
fn log_two_days_ahead_of_the_clock_takes_no_entry() {
    let scratch = logged_on("2026-11-25");
    let before = scratch.files();
    for command in [
        &["promote", "x", "ripe", "--reason", "so"][..],
        &["attest", "x", "seen", "--by", "alex"],
        &["scan"],
    ] {
        let ran = scratch.run(command);
        assert_eq!(ran.code, Some(1), "{command:?}: {}", ran.said());
        assert!(ran.stderr.contains("clock-behind-log"), "{command:?}: {}", ran.stderr);
    }
    assert_eq!(scratch.files(), before);
}

#[test]
fn as_of_with_a_log_one_day_ahead_is_taken_exactly() {
    let scratch = logged_on(TOMORROW);
    let ran = scratch.run(&["status", "--as-of", "2026-11-23"]);
    assert!(ran.stdout.starts_with("LEVEL") && ran.stdout.contains("\nlow "), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
    let ran = scratch.run(&["status", "--today", "2026-11-23"]);
    assert!(ran.stdout.contains("\nmedium "), "{}", ran.stdout);
    let ran = scratch.run(&["status", "--today", "2026-11-30", "--as-of", "2026-11-23"]);
    assert!(ran.stdout.contains("\nlow "), "{}", ran.stdout);
}

#[test]
fn scan_quiet_without_changes_does_not_mention_the_date() {
    let scratch = logged_on(TOMORROW);
    assert_eq!(scratch.run(&["scan"]).code, Some(0));
    let ran = scratch.run(&["scan", "--quiet"]);
    assert_eq!((ran.code, ran.said().as_str()), (Some(0), ""));
}

#[test]
fn as_of_a_past_date_has_the_same_level_and_since_in_status_and_show() {
    let log = "## Ripeness\n\n- 2026-03-01: low → medium — a\n\
               - 2026-04-10: seen [attested:: seen] [by:: ada]\n- 2026-05-01: medium → ripe — b\n";
    let text = LOW.replace("low, since: 2026-01-01", "ripe, since: 2026-05-01");
    let scratch = Scratch::new().with("threads/x.md", format!("{text}{log}"));
    for (on, show, status) in [
        ("2026-02-28", "\nlow · active", "\nlow    –           x "),
        ("2026-03-01", "\nmedium since 2026-03-01 · ", "\nmedium  2026-03-01  x "),
        ("2026-04-30", "\nmedium since 2026-03-01 · ", "\nmedium  2026-03-01  x "),
        ("2026-05-01", "\nripe since 2026-05-01 · ", "\nripe   2026-05-01  x "),
    ] {
        let shown = scratch.run(&["show", "x", "--as-of", on]).stdout;
        assert!(shown.contains(show) && shown.contains(&format!("as of {on}\n")), "{shown}");
        let row = scratch.run(&["status", "--as-of", on]).stdout;
        assert!(row.contains(status), "{row}");
    }
}
