//! Effects of the environment of the process: directory, variables, and the time zone.

use std::path::Path;

use serde_json::Value;

use super::{COMMANDS, GOOD, healthy, with_environment};
use crate::support::scratch::{self, Scratch};

#[test]
fn environment_may_be_empty() {
    let scratch = healthy();
    for arguments in COMMANDS {
        let ran = scratch::run(scratch.command(arguments).env_clear());
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn environment_is_overridden_by_options() {
    let (here, there) = (healthy(), Scratch::new().with("threads/there.md", GOOD));
    let place = there.path("");
    let place = place.to_str().unwrap();
    let by_variable = with_environment(&here, &["status"], &[("THREAD_DIR", place)]);
    assert!(by_variable.stdout.contains("there"), "{}", by_variable.stdout);
    let typed = with_environment(&here, &["status", "-C", "."], &[("THREAD_DIR", place)]);
    assert!(typed.stdout.contains("good"), "{}", typed.stdout);
    let day = here.run(&["status", "--today", "2026-02-28"]);
    assert!(day.stdout.contains("as of 2026-02-28"), "{}", day.stdout);
}

/// The day that the program takes for today in a time zone.
fn today_in(zone: &str) -> String {
    let scratch = healthy();
    let mut command = scratch.command(&["status", "--json"]);
    let ran = scratch::run(command.env_remove("THREAD_TODAY").env("TZ", zone));
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    document["today"].as_str().unwrap().to_string()
}

#[test]
fn today_is_the_date_in_the_local_time_zone() {
    // Twenty-five hours apart: never the same day.
    assert!(today_in("<+14>-14") > today_in("<-11>11"));
    let (east, west) = ("Pacific/Kiritimati", "Pacific/Pago_Pago");
    let zones = Path::new("/usr/share/zoneinfo");
    if zones.join(east).exists() && zones.join(west).exists() {
        assert!(today_in(east) > today_in(west));
    } else {
        scratch::skipped("this machine knows no time zones by name");
    }
}

#[cfg(unix)]
#[test]
fn environment_without_a_working_directory_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let script = r#"cd "$1" && rmdir "$1" && exec "$2" status"#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, "sh"]).arg(directory.path()).arg(env!("CARGO_BIN_EXE_thread"));
    let ran = scratch::run(&mut command);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("working directory"), "{}", ran.stderr);
}
