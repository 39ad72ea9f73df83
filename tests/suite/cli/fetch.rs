//! `thread fetch` with the feed server, and `catalog import` of all test feeds.

use std::fs;

use serde_json::Value;

use crate::support::feed_server::FeedServer;
use crate::support::root;
use crate::support::scratch::{Ran, Scratch, run};

/// An RSS feed with items of these numbers.
fn feed(numbers: &[u32]) -> String {
    let item = |number: &u32| {
        format!(
            "<item><title>Post {number}</title><link>https://lab.example/{number}</link>\
             <pubDate>Mon, {} Nov 2026 10:00:00 GMT</pubDate></item>",
            number % 20 + 1
        )
    };
    let items: String = numbers.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>x</title>{items}</channel></rss>")
}

/// A workspace with sources by their slugs and the paths of their feeds on a server.
fn workspace(server: &FeedServer, sources: &[(&str, &str)]) -> Scratch {
    let source = |(slug, path): &(&str, &str)| {
        let url = server.at(path);
        format!("  {slug}: {{feed: \"{url}\", allow-private: true}}\n")
    };
    let sources: String = sources.iter().map(source).collect();
    Scratch::new()
        .with("thread.yaml", format!("sources:\n{sources}"))
        .with("threads/x.md", "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n")
        .with("cache/placeholder", "")
}

/// Runs `thread fetch` with a cache in the workspace.
fn fetch(scratch: &Scratch, arguments: &[&str]) -> Ran {
    let mut command = scratch.command(&[&["fetch"], arguments].concat());
    command.env("XDG_CACHE_HOME", scratch.path("cache"));
    run(&mut command)
}

/// The lines of items in the catalogs, in the order of the files.
fn items(scratch: &Scratch) -> Vec<String> {
    let files = scratch.files();
    let catalogs = files.iter().filter(|(path, _)| path.ends_with("-backlog.md"));
    let texts = catalogs.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    let lines = texts.flat_map(|text| text.lines().map(str::to_string).collect::<Vec<_>>());
    lines.filter(|line| line.starts_with("- [")).collect()
}

#[test]
fn fetch_writes_new_items_once_and_again_nothing() {
    let Some(mut server) = FeedServer::start(&[("a.xml", &feed(&[1, 2]))]) else { return };
    let scratch = workspace(&server, &[("lab", "/feeds/a.xml")]);
    let ran = fetch(&scratch, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert_eq!(items(&scratch).len(), 2, "{}", ran.said());
    let before = scratch.files();
    let again = fetch(&scratch, &[]);
    assert!(again.stdout.starts_with("lab: 0 new of 2, not due\n"), "{}", again.said());
    let forced = fetch(&scratch, &["--force"]);
    assert_eq!(forced.code, Some(0), "{}", forced.said());
    let is_catalog = |(path, _): &(&String, &Vec<u8>)| path.starts_with("backlogs/");
    assert!(before.iter().filter(is_catalog).eq(scratch.files().iter().filter(is_catalog)));
    server.put("a.xml", &feed(&[3, 1, 2]));
    let later = fetch(&scratch, &["--force", "--today", "2026-11-24"]);
    assert!(later.stdout.starts_with("lab: 1 new of 3 "), "{}", later.said());
    assert_eq!(items(&scratch).len(), 3);
}

#[test]
fn fetch_of_one_failing_source_writes_the_others_and_exits_with_1() {
    let Some(server) = FeedServer::start(&[("a.xml", &feed(&[1])), ("b.xml", &feed(&[2]))]) else {
        return;
    };
    let sources = [("a", "/feeds/a.xml"), ("b", "/feeds/b.xml"), ("c", "/status/404")];
    let scratch = workspace(&server, &sources);
    let ran = fetch(&scratch, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.said());
    assert!(ran.stderr.starts_with("error: c: 404 Not Found"), "{}", ran.said());
    assert_eq!(items(&scratch).len(), 2);
    let patient = fetch(&scratch, &["--force", "--quiet", "--patience", "3d"]);
    assert_eq!((patient.code, patient.stderr.as_str()), (Some(0), ""), "{}", patient.said());
    let late = ["--force", "--quiet", "--patience", "3d", "--today", "2036-11-27"];
    let late = fetch(&scratch, &late);
    assert_eq!(late.code, Some(1), "{}", late.said());
}

#[test]
fn fetch_of_a_feed_that_becomes_empty_or_html_is_a_failure() {
    let Some(mut server) = FeedServer::start(&[("a.xml", &feed(&[1]))]) else { return };
    let scratch = workspace(&server, &[("lab", "/feeds/a.xml")]);
    assert_eq!(fetch(&scratch, &[]).code, Some(0));
    for (content, message) in [
        (feed(&[]), "the feed has no entries, although it had some"),
        ("<html><body>Checking your browser</body></html>".into(), "it is an HTML page"),
    ] {
        server.put("a.xml", &content);
        let ran = fetch(&scratch, &["--force"]);
        assert_eq!(ran.code, Some(1), "{}", ran.said());
        assert!(ran.stderr.contains(message), "{}", ran.said());
    }
}

#[test]
fn fetch_of_a_quiet_source_records_a_look_when_its_scan_is_old() {
    let Some(server) = FeedServer::start(&[("a.xml", &feed(&[1]))]) else { return };
    let scratch = workspace(&server, &[("lab", "/feeds/a.xml")]);
    assert_eq!(fetch(&scratch, &[]).code, Some(0));
    for (today, looks) in [("2026-11-29", None), ("2026-11-30", Some(1)), ("2026-12-01", Some(1))] {
        let ran = fetch(&scratch, &["--force", "--today", today]);
        assert_eq!(ran.code, Some(0), "{}", ran.said());
        let files = scratch.files();
        let text = files.get("backlogs/2026-looks.md").map(|text| String::from_utf8_lossy(text));
        assert_eq!(text.map(|text| text.matches("- 2026").count()), looks, "{today}");
    }
    let look = "# Looks that found nothing new, 2026\n\n- 2026-11-30 — lab\n";
    assert_eq!(scratch.text("backlogs/2026-looks.md"), look);
    let list = scratch.run(&["catalog", "list", "--today", "2026-12-01"]);
    assert!(list.stdout.contains("2026-11-30  lab  0 items"), "{}", list.said());
    assert_eq!(scratch.run(&["check", "--today", "2026-12-01"]).code, Some(0));
}

#[test]
fn fetch_with_scan_moves_a_thread_in_one_run() {
    let Some(server) = FeedServer::start(&[("a.xml", &feed(&[1, 2]))]) else { return };
    let thread = "---\nripeness: {level: low, since: 2026-01-01}\ncollect: {source: lab}\n\
                  sets: {lab: {source: lab}}\ntriggers:\n  - {id: two, why: two posts, raise-to: ripe, \
                  when: {count: {of: lab, at-least: 2}}}\n---\n# X\n\n## Evidence\n\n## Ripeness\n";
    let scratch = workspace(&server, &[("lab", "/feeds/a.xml")]).with("threads/x.md", thread);
    let ran = fetch(&scratch, &["--scan", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert!(ran.stdout.contains("low → ripe by two"), "{}", ran.said());
}

#[test]
fn fetch_offline_reads_the_cache_without_a_connection() {
    let scratch = {
        let Some(server) = FeedServer::start(&[("a.xml", &feed(&[1]))]) else { return };
        let scratch = workspace(&server, &[("lab", "/feeds/a.xml")]);
        assert_eq!(fetch(&scratch, &["-n"]).code, Some(0));
        assert!(items(&scratch).is_empty());
        scratch
    };
    // The server has ended.
    let ran = fetch(&scratch, &["--offline"]);
    assert_eq!(ran.code, Some(0), "{}", ran.said());
    assert_eq!(items(&scratch).len(), 1);
}

#[test]
fn import_of_all_test_feeds_writes_the_expected_lines_and_check_finds_no_error() {
    let text = fs::read_to_string(root().join("tests/feeds/expected.json")).expect("expected.json");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let mut wrong = Vec::new();
    for case in expected["cases"].as_array().expect("cases") {
        let file = case["file"].as_str().expect("a file");
        let path = root().join("tests/feeds").join(file);
        let path = path.to_string_lossy();
        let thread = "---\nripeness: {level: low, since: 2026-01-01}\n---\n# Kelp bricks\n";
        let scratch = Scratch::new().with("threads/kelp-bricks.md", thread);
        let format = case["format"].as_str().unwrap_or("auto");
        let base = case["base"].as_str().expect("a base");
        let command =
            ["catalog", "import", "tide-gazette", &path, "--format", format, "--url", base];
        let ran = scratch.run(&command);
        let code = i32::from(matches!(case["outcome"].as_str(), Some("damaged" | "not-a-feed")));
        let count = case["items"].as_array().map_or(0, Vec::len) as u64;
        let count = case["import-new"].as_u64().unwrap_or(count);
        let lines = items(&scratch);
        if ran.code != Some(code) || lines.len() as u64 != count {
            wrong.push(format!("{file}: {} lines, not {count}: {}", lines.len(), ran.said()));
        }
        let again = scratch.run(&command);
        if items(&scratch) != lines {
            wrong.push(format!("{file}: the second import wrote {}", again.said()));
        }
        let check = scratch.run(&["check"]);
        if check.stdout.contains("error[") || check.stdout.contains("warning[") {
            wrong.push(format!("{file}: {}", check.said()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn commands_other_than_fetch_open_no_socket() {
    let feed = feed(&[1]);
    let scratch = Scratch::new()
        .with("thread.yaml", "sources: {lab: {feed: \"https://lab.example/feed.xml\"}}\n")
        .with("threads/x.md", "---\nripeness: {level: low, since: 2026-01-01}\n---\n# X\n")
        .with("feed.xml", feed);
    for arguments in [
        &["catalog", "import", "lab", "feed.xml"][..],
        &["fetch", "--offline"],
        &["status"],
        &["scan"],
        &["check"],
        &["next"],
        &["source", "list"],
        &["show", "x"],
    ] {
        let fault = scratch.run_with_fault(arguments, "socket", "signal=KILL");
        let Some(ran) = fault else { return };
        assert!(matches!(ran.code, Some(0 | 1)), "{arguments:?}: {:?} {}", ran.code, ran.said());
    }
}
