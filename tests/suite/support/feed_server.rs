//! The feed server of `tests/feeds/server.py`, as a process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::root;
use super::scratch::{Scratch, skipped};

/// A running server with files of its own. It ends with the value.
pub struct FeedServer {
    process: Child,
    files: Scratch,
    url: String,
}

impl FeedServer {
    /// Starts the server with these files. Returns `None`, and says so, if there is no Python.
    pub fn start(files: &[(&str, &str)]) -> Option<Self> {
        let files = files.iter().fold(Scratch::new(), |scratch, (name, content)| {
            scratch.with(&format!("feeds/{name}"), content)
        });
        let started = Command::new("python3")
            .arg(root().join("tests/feeds/server.py"))
            .args([files.path(""), "0".into()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut process) = started else {
            skipped("there is no `python3`");
            return None;
        };
        let mut url = String::new();
        let stdout = process.stdout.take().expect("stdout is piped");
        BufReader::new(stdout).read_line(&mut url).expect("the server prints its URL");
        let url = url.trim().to_string();
        assert!(url.starts_with("http://127.0.0.1:"), "the server started: {url:?}");
        Some(Self { process, files, url })
    }

    /// Returns the URL of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// Replaces a file.
    pub fn put(&mut self, name: &str, content: &str) {
        let files = std::mem::replace(&mut self.files, Scratch::new());
        self.files = files.with(&format!("feeds/{name}"), content);
    }
}

impl Drop for FeedServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
