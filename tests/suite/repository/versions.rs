//! The version of the package, and other settings, are the same in all files that contain them.

use std::fs;

use crate::support::root;

/// Files with the version, and texts around it, with `{}` for the version itself.
const PLACES: [(&str, &str); 6] = [
    ("CHANGELOG.md", "\n## [{}] - "),
    ("README.md", "additional_dependencies: [thread-tracker=={}]"),
    ("action/action.yml", "    default: {}\n"),
    ("docs/install.md", "thread-tracker/thread/action@v{}\n"),
    ("docs/install.md", "thread-tracker_{}-1_amd64.deb"),
    ("packaging/homebrew/thread-tracker.rb", "/v{}.tar.gz"),
];

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn version_is_the_same_in_all_files() {
    let version = env!("CARGO_PKG_VERSION");
    let missing: Vec<String> = PLACES
        .iter()
        .map(|(path, around)| (path, around.replace("{}", version)))
        .filter(|(path, expected)| !text(path).contains(expected))
        .map(|(path, expected)| format!("{path}: add {expected:?}"))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn version_of_the_wheel_is_that_of_the_crate() {
    let project = text("pyproject.toml");
    assert!(project.contains("dynamic = [\"version\""), "maturin reads it from Cargo.toml");
    assert!(!project.lines().any(|line| line.starts_with("version")), "{project}");
}

#[test]
fn version_at_the_top_of_the_changelog_is_the_current_one() {
    let changelog = text("CHANGELOG.md");
    let versions = changelog.lines().filter_map(|line| line.strip_prefix("## ["));
    let mut versions = versions.filter(|line| !line.starts_with("Unreleased"));
    let newest = versions.next().unwrap_or_default();
    assert!(newest.starts_with(env!("CARGO_PKG_VERSION")), "CHANGELOG.md begins with {newest}");
}

/// Returns the licenses in the list after `key`, such as `allow = ["ISC", "MIT"]`.
fn licenses(path: &str, key: &str) -> Vec<String> {
    let text = text(path);
    let line = text.lines().find_map(|line| line.strip_prefix(key)).expect("a list of licenses");
    line.split('"').skip(1).step_by(2).map(str::to_string).collect()
}

#[test]
fn licenses_that_packages_may_contain_are_those_that_dependencies_may_have() {
    let allowed = licenses("deny.toml", "allow = ");
    assert!(allowed.len() > 3, "{allowed:?}");
    assert_eq!(licenses("packaging/licenses/about.toml", "accepted = "), allowed);
}
