//! Clock, working directory, variables and terminal, queried once and passed as values.

use std::ffi::OsString;
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};

use crate::model::Date;

/// Variable by which a shell requests completions.
pub const COMPLETING: &str = "COMPLETE";

/// The environment of a run.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The civil date in the local zone.
    pub today: Date,
    /// The working directory.
    pub working_directory: PathBuf,
    /// Columns of the terminal of stdout; `None` if stdout is not a terminal.
    pub width: Option<usize>,
    /// True if stdout gets colours and styles.
    pub styled: bool,
    /// True if stdin and stderr are terminals, so that the user can be asked.
    pub asks: bool,
    /// The programs that open URLs, from `BROWSER`.
    pub browser: Option<String>,
    /// The acting person or agent, from `THREAD_BY`.
    pub me: Option<String>,
    /// The start directory, from `THREAD_DIR`; the command line overrides it.
    pub directory: Option<String>,
    /// The arguments to complete, if a shell requests completions.
    pub completing: Option<Vec<OsString>>,
}

impl Environment {
    /// Queries the environment. The time zone is that of `TZ`, else the one of the machine.
    ///
    /// # Errors
    /// There is no working directory.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where they are allowed")]
    pub fn ask(color: ColorChoice) -> anyhow::Result<Self> {
        use std::io::IsTerminal;

        use anyhow::Context;
        Ok(Self {
            today: chrono::Local::now().date_naive(),
            working_directory: std::env::current_dir()
                .context("the working directory cannot be read")?,
            styled: is_styled(color),
            asks: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            browser: std::env::var("BROWSER").ok().filter(|browser| !browser.is_empty()),
            me: std::env::var("THREAD_BY").ok().filter(|me| !me.is_empty()),
            directory: std::env::var("THREAD_DIR").ok(),
            completing: completing(std::env::var_os(COMPLETING)),
            width: terminal_width(std::env::var("COLUMNS").ok().as_deref()),
        })
    }
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

/// The width of the terminal; `COLUMNS` overrides it. A width of 0 means unknown, not narrow.
fn terminal_width(columns: Option<&str>) -> Option<usize> {
    let given = columns.and_then(|columns| columns.parse().ok()).filter(|&width| width > 0);
    let asked = || {
        use std::io::IsTerminal;
        let stdout = std::io::stdout();
        let size = stdout.is_terminal().then(|| terminal_size::terminal_size_of(stdout));
        let (terminal_size::Width(width), _) = size.flatten()?;
        (width > 0).then_some(usize::from(width))
    };
    given.or_else(asked)
}
