//! A workspace on disk, and the program run in it as a process.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A command that takes longer than this waits for something: a limit for hangs, not for speed.
const PATIENCE: Duration = Duration::from_mins(5);

/// A workspace in its own directory, removed with the value.
pub struct Scratch {
    directory: TempDir,
}

/// Output and exit code of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
}

impl Ran {
    /// All that was said.
    pub fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

impl Scratch {
    pub fn new() -> Self {
        Self { directory: tempfile::tempdir().expect("a scratch folder") }
    }

    /// The same in memory, where a sync takes no time.
    pub fn in_memory() -> Self {
        let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self { directory: directory.expect("a scratch folder") }
    }

    /// The same with one more file.
    pub fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        write(&self.path(path), content.as_ref());
        self
    }

    /// The path of a file of the workspace.
    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Another workspace next to this one, with the same files.
    pub fn copy(&self) -> Self {
        let files = self.files().into_iter();
        let beside = self.directory.path().parent().expect("a folder above");
        let empty = Self { directory: tempfile::tempdir_in(beside).expect("a scratch folder") };
        files.fold(empty, |copy, (path, content)| copy.with(&path, content))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The regular files, hidden ones too, by their paths.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.directory.path(), "", &mut files);
        files
    }

    /// The program in this workspace on 2026-11-23, in an environment of its own.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thread"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("THREAD_TODAY", "2026-11-23")
            // A cache that cannot be written: no test depends on the one of the user.
            .env("XDG_CACHE_HOME", "/dev/null/cache");
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(&mut self.command(arguments))
    }

    /// The files after a command that succeeds in a copy of this workspace.
    pub fn files_after(&self, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let copy = self.copy();
        let ran = copy.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.said());
        copy.files()
    }

    /// Runs the program under `strace`, which injects a fault such as `error=EIO:when=2` into a
    /// system call. Returns `None`, and says so, if there is no `strace`.
    pub fn run_with_fault(&self, arguments: &[&str], call: &str, fault: &str) -> Option<Ran> {
        if !Path::new("/usr/bin/strace").exists() {
            skipped("there is no `strace`");
            return None;
        }
        let mut command = Command::new("strace");
        command
            .args(["-f", "-qq", "-o", "/dev/null", "-e", "signal=none"])
            .args(["-e", &format!("inject={call}:{fault}"), env!("CARGO_BIN_EXE_thread")])
            .args(arguments)
            .current_dir(self.directory.path())
            .env("THREAD_TODAY", "2026-11-23")
            .env_remove("THREAD_DIR");
        Some(run(&mut command))
    }
}

/// Runs a command to its end, and fails if it does not come to one.
pub fn run(command: &mut Command) -> Ran {
    let piped = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    end(piped.spawn().expect("the command can be started"))
}

/// The end of a process that was started with its output piped.
pub fn end(mut child: Child) -> Ran {
    let stdout = child.stdout.take().map(|stream| thread::spawn(|| all_of(stream)));
    let stderr = child.stderr.take().map(|stream| thread::spawn(|| all_of(stream)));
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the process can be asked") {
            break status;
        }
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("the process did not end");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.map_or_else(String::new, |reader| reader.join().expect("the output can be read"))
    };
    Ran { stdout: text(stdout), stderr: text(stderr), code: status.code() }
}

/// Says why a test looks at nothing on this machine.
#[expect(clippy::print_stderr, reason = "whoever runs the tests is to know")]
pub fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

fn all_of(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the output can be read");
    String::from_utf8(bytes).expect("the output is UTF-8")
}

#[expect(clippy::disallowed_methods, reason = "a scratch file")]
fn write(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().expect("a path below the folder")).expect("a folder");
    fs::write(path, content).expect("a scratch file");
}

fn collect(directory: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(directory).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().into_string().expect("names are UTF-8");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), files);
        } else if kind.is_file() {
            let content = fs::read(entry.path()).expect("a scratch file");
            files.insert(format!("{prefix}{name}"), content);
        }
    }
}
