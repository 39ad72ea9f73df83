//! Clock, working directory, variables and terminal, queried once and passed as values.

use std::ffi::OsString;
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use chrono::{DateTime, Utc};
use clap::ValueEnum;

use crate::fetch::Proxies;
use crate::model::Date;

/// Variable by which a shell requests completions.
pub const COMPLETING: &str = "COMPLETE";

/// When to use a feature of terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal that has them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The environment of a run.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Environment {
    /// The civil date in the local zone.
    pub today: Date,
    /// The time, in UTC.
    pub now: DateTime<Utc>,
    /// The working directory.
    pub working_directory: PathBuf,
    /// Columns of the terminal of stdout; `None` if stdout is not a terminal.
    pub width: Option<usize>,
    /// Lines of the terminal of stdout; `None` if stdout is not a terminal.
    pub height: Option<usize>,
    /// The program that shows long output, with its arguments, from `THREAD_PAGER` or `PAGER`.
    pub pager: Option<String>,
    /// True if stdout gets colours and styles.
    pub styled: bool,
    /// True if titles and paths in stdout are links.
    pub hyperlinks: bool,
    /// True if stderr is a terminal, on which progress is shown.
    pub shows_progress: bool,
    /// True if stdin and stderr are terminals, so that the user can be asked.
    pub asks: bool,
    /// The programs that open URLs, from `BROWSER`.
    pub browser: Option<String>,
    /// The editor with its arguments, from `VISUAL` or `EDITOR`.
    pub editor: Option<String>,
    /// The acting person or agent, from `THREAD_BY`.
    pub me: Option<String>,
    /// The start directory, from `THREAD_DIR`; the command line overrides it.
    pub directory: Option<String>,
    /// The user's directory for caches; `None` if the user has no home directory.
    pub cache: Option<PathBuf>,
    /// The proxies, from `https_proxy` and similar variables.
    pub proxies: Proxies,
    /// The arguments to complete, if a shell requests completions.
    pub completing: Option<Vec<OsString>>,
}

impl Environment {
    /// Queries the environment. The time zone is that of `TZ`, else the one of the machine.
    ///
    /// # Errors
    /// There is no working directory.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where they are allowed")]
    pub fn ask(color: ColorChoice, hyperlinks: When) -> anyhow::Result<Self> {
        use std::io::IsTerminal;

        use anyhow::Context;
        let now = chrono::Local::now();
        Ok(Self {
            today: now.date_naive(),
            now: now.to_utc(),
            working_directory: std::env::current_dir()
                .context("the working directory cannot be read")?,
            styled: is_styled(color),
            hyperlinks: match hyperlinks {
                When::Always => true,
                When::Never => false,
                When::Auto => {
                    std::io::stdout().is_terminal()
                        && is_known_terminal(|name| std::env::var(name).ok())
                }
            },
            shows_progress: std::io::stderr().is_terminal(),
            asks: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            browser: std::env::var("BROWSER").ok().filter(|browser| !browser.is_empty()),
            editor: ["VISUAL", "EDITOR"]
                .iter()
                .filter_map(|name| std::env::var(name).ok())
                .find(|editor| !editor.trim().is_empty()),
            me: std::env::var("THREAD_BY").ok().filter(|me| !me.is_empty()),
            directory: std::env::var("THREAD_DIR").ok(),
            cache: user_cache(
                std::env::consts::OS,
                &|name| std::env::var_os(name),
                std::env::home_dir(),
            ),
            proxies: proxies(),
            completing: completing(std::env::var_os(COMPLETING)),
            width: side_of_terminal(std::env::var("COLUMNS").ok().as_deref(), |width, _| width),
            height: side_of_terminal(std::env::var("LINES").ok().as_deref(), |_, height| height)
                .filter(|_| std::io::stdout().is_terminal()),
            pager: ["THREAD_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok()),
        })
    }
}

/// Returns whether a terminal is known to have hyperlinks, by its environment variables.
fn is_known_terminal(variable: impl Fn(&str) -> Option<String>) -> bool {
    const PROGRAMS: [&str; 6] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby"];
    const TERMINALS: [&str; 5] =
        ["xterm-kitty", "foot", "foot-extra", "alacritty", "xterm-ghostty"];
    let is = |name: &str, known: &[&str]| {
        variable(name).is_some_and(|value| known.contains(&value.as_str()))
    };
    let vte = variable("VTE_VERSION").and_then(|version| version.parse().ok());
    !is("TERM", &["dumb"])
        && (is("TERM_PROGRAM", &PROGRAMS)
            || is("TERM", &TERMINALS)
            || vte.is_some_and(|version: u32| version >= 5000)
            || ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION"]
                .iter()
                .any(|name| variable(name).is_some_and(|value| !value.is_empty())))
}

/// Shows a text on the current line of stderr, in place of the one before.
pub fn show_progress(text: &str) {
    use std::io::Write;
    let mut stderr = std::io::stderr().lock();
    // Progress that cannot be shown is not needed.
    let _ = write!(stderr, "\r\x1b[K{text}").and_then(|()| stderr.flush());
}

/// Arguments of this process, the name of the program first.
pub fn words() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}

/// Finds the path of this program, by the name under which it was called: a link in a directory of
/// the PATH survives an update that moves the file it leads to.
///
/// # Errors
/// The system does not say which program this is.
pub fn program() -> std::io::Result<PathBuf> {
    let real = std::env::current_exe()?.canonicalize()?;
    let called = PathBuf::from(words().next().unwrap_or_default());
    let places = match called.components().count() {
        1 => std::env::var_os("PATH").unwrap_or_default(),
        _ => OsString::from("."),
    };
    let places = std::env::split_paths(&places).map(|directory| directory.join(&called));
    let mut places = places.filter_map(|place| std::path::absolute(place).ok());
    let found = places.find(|place| place.canonicalize().is_ok_and(|place| place == real));
    Ok(found.unwrap_or(real))
}

/// Returns the arguments to complete; the value `0` turns completions off.
fn completing(asked: Option<OsString>) -> Option<Vec<OsString>> {
    let is_asked = asked.is_some_and(|shell| !shell.is_empty() && shell != "0");
    is_asked.then(|| words().collect())
}

/// Returns whether stdout is styled: by `--color`, the terminal, `NO_COLOR` and similar variables.
fn is_styled(color: ColorChoice) -> bool {
    let choice = match color {
        ColorChoice::Auto => AutoStream::choice(&std::io::stdout()),
        chosen => chosen,
    };
    choice != ColorChoice::Never
}

/// Returns the user's directory for caches: `XDG_CACHE_HOME` if it is absolute, else the usual one
/// of the system.
fn user_cache(
    system: &str,
    variable: &dyn Fn(&str) -> Option<OsString>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    let usual = match system {
        "windows" => variable("LOCALAPPDATA").map(PathBuf::from),
        "macos" => home.map(|home| home.join("Library/Caches")),
        _ => home.map(|home| home.join(".cache")),
    };
    let chosen = variable("XDG_CACHE_HOME").map(PathBuf::from);
    [chosen, usual].into_iter().flatten().find(|directory| directory.is_absolute())
}

/// Returns the values of the proxy variables. A name in lower case comes before the same name in
/// upper case.
#[expect(clippy::disallowed_methods, reason = "this is the one place where they are allowed")]
fn proxies() -> Proxies {
    let value = |name: &str| {
        let names = [name.to_string(), name.to_uppercase()];
        let mut values = names.iter().filter_map(|name| std::env::var(name).ok());
        values.find(|value| !value.is_empty())
    };
    Proxies {
        http: value("http_proxy"),
        https: value("https_proxy"),
        all: value("all_proxy"),
        none: value("no_proxy"),
    }
}

/// A side of the terminal of stdout; the variable `COLUMNS` or `LINES`, here `given`, overrides it. A
/// size of 0 means unknown, not narrow.
fn side_of_terminal(given: Option<&str>, side: impl Fn(u16, u16) -> u16) -> Option<usize> {
    use std::io::IsTerminal;
    let given = given.and_then(|given| given.parse().ok()).filter(|&size| size > 0);
    given.or_else(|| {
        let stdout = std::io::stdout();
        let size = stdout.is_terminal().then(|| terminal_size::terminal_size_of(stdout));
        let (terminal_size::Width(width), terminal_size::Height(height)) = size.flatten()?;
        Some(usize::from(side(width, height))).filter(|&size| size > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_known_terminal_depends_on_versions_and_names() {
        let with = |name: &'static str, value: &'static str| {
            is_known_terminal(move |asked| (asked == name).then(|| value.to_string()))
        };
        assert!(with("VTE_VERSION", "7200") && with("TERM_PROGRAM", "WezTerm"));
        assert!(with("TERM", "foot") && with("WT_SESSION", "1"));
        assert!(!with("VTE_VERSION", "4999") && !with("TERM", "xterm-256color"));
        let dumb = |name: &str| Some(if name == "TERM" { "dumb" } else { "7200" }.to_string());
        assert!(!is_known_terminal(dumb));
    }

    #[cfg(unix)]
    #[test]
    fn user_cache_without_an_absolute_xdg_cache_home_is_that_of_the_system() {
        let on = |system: &str, xdg: &str| {
            let variable = |name: &str| match name {
                "LOCALAPPDATA" => Some("/local".into()),
                _ => Some(xdg.into()),
            };
            user_cache(system, &variable, Some("/home/me".into())).expect("a directory")
        };
        assert_eq!(on("linux", "/caches"), PathBuf::from("/caches"));
        assert_eq!(on("linux", ""), PathBuf::from("/home/me/.cache"));
        assert_eq!(on("linux", "caches"), PathBuf::from("/home/me/.cache"));
        assert_eq!(on("macos", ""), PathBuf::from("/home/me/Library/Caches"));
        assert_eq!(on("windows", ""), PathBuf::from("/local"));
        assert_eq!(user_cache("linux", &|_| None, None), None);
    }
}
