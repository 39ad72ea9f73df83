//! Whole runs of `thread` on a made-up workspace, as ratios to programs that only read the same bytes:
//! `cargo bench --bench whole -- [S|M|L] [ROUNDS]`.
//!
//! The programs take turns and the median counts, so that what else the machine does hits all of them.
//! CPU time and memory are read from `/proc`; where there is none they are left out.

#![expect(clippy::print_stdout, reason = "a program for a person")]

#[path = "../examples/generate/workspace.rs"]
mod workspace;

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use walkdir::WalkDir;

use workspace::{File, Plan, Size};

/// The day of all runs: after the newest of the scans that arrive.
const TODAY: &str = "2026-11-30";
const THREAD: &str = env!("CARGO_BIN_EXE_thread");

/// Something that is measured.
struct Program {
    name: &'static str,
    command: Vec<String>,
    /// The scan of what arrives, which is put there before and taken away afterwards.
    arrivals: bool,
    runs: Vec<Run>,
}

/// One run of a program.
#[derive(Clone, Copy, Default)]
struct Run {
    wall: f64,
    cpu: f64,
    kilobytes: u64,
}

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [flag, directory] = &words[..]
        && flag == "--read"
    {
        println!("{} bytes", read(Path::new(directory)));
        return Ok(());
    }
    let name = words.first().map_or("M", String::as_str);
    let Some(size) = Size::named(name) else {
        println!("usage: cargo bench --bench whole -- [S|M|L|WATCHED] [ROUNDS]");
        return Ok(());
    };
    let rounds = words.get(1).and_then(|word| word.parse().ok());
    let rounds = rounds.unwrap_or(if name == "L" { 3 } else { 7 });
    let (large, small) = (Made::new(size)?, Made::new(Size::S)?);
    println!("{name}, {rounds} rounds, medians; ratios to reading the same files in parallel\n");
    let programs = measured(&large, programs(&large), rounds)?;
    table(&programs, "read in parallel");
    println!(
        "\nStart-up, and the check of one file of S as a hook runs it; ratios to `--version`\n"
    );
    let programs = measured(&small, starts(&small), 4 * rounds)?;
    table(&programs, "thread --version");
    Ok(())
}

/// The cost that every program has: all files found, opened and read, by all cores.
fn read(directory: &Path) -> usize {
    let files = WalkDir::new(directory).into_iter().filter_map(Result::ok);
    let files: Vec<_> = files.filter(|entry| entry.file_type().is_file()).collect();
    files.par_iter().filter_map(|entry| fs::read(entry.path()).ok()).map(|bytes| bytes.len()).sum()
}

/// A workspace on disk.
struct Made {
    plan: Plan,
    directory: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "files that nobody has yet")]
impl Made {
    fn new(size: Size) -> io::Result<Self> {
        let made = Self { plan: Plan::new(size, 1), directory: tempfile::tempdir()? };
        made.plan.files().try_for_each(|file| made.write(&file))?;
        Ok(made)
    }

    fn write(&self, file: &File) -> io::Result<()> {
        let path = self.directory.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, &file.bytes)
    }

    fn arrive(&self) -> io::Result<()> {
        self.plan.arrivals().try_for_each(|file| self.write(&file))
    }

    /// Everything as it was before [`Made::arrive`].
    fn restore(&self) -> io::Result<()> {
        for file in self.plan.arrivals() {
            fs::remove_file(self.directory.path().join(file.path))?;
        }
        let mut files = self.plan.files().take_while(|file| !file.path.starts_with("backlogs/"));
        files.try_for_each(|file| {
            if fs::read(self.directory.path().join(&file.path))? == file.bytes {
                Ok(())
            } else {
                self.write(&file)
            }
        })
    }

    fn path(&self) -> String {
        self.directory.path().to_string_lossy().into_owned()
    }

    /// The first thread, which is a sound one.
    fn thread(&self) -> String {
        self.plan.files().nth(1).map(|file| file.path).unwrap_or_default()
    }

    fn command(&self, words: &[&str]) -> Vec<String> {
        let path = self.path();
        let all = [&[THREAD, "-C", &path, "--today", TODAY], words].concat();
        all.into_iter().map(str::to_string).collect()
    }
}

fn programs(made: &Made) -> Vec<Program> {
    let (path, thread) = (made.path(), made.thread());
    let own = std::env::current_exe().map(|path| path.to_string_lossy().into_owned());
    let cat = format!("find '{path}' -name '*.md' -print0 | xargs -0 cat");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer.py");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_string()).collect();
    let hold = ["hold", &thread, "--below", "ripe", "--until", "2027-01-01", "--why", "a trial"];
    let mut programs = vec![
        Program::new("read in parallel", words(&[&own.unwrap_or_default(), "--read", &path])),
        Program::new("find and cat", words(&["sh", "-c", &cat])),
        Program::new("status", made.command(&["status"])),
        Program::new("check", made.command(&["check"])),
        Program::new("scan, nothing new", made.command(&["scan"])),
        Program { arrivals: true, ..Program::new("scan, 1 % new", made.command(&["scan"])) },
        Program::new("show", made.command(&["show", &thread])),
        Program::new("hold --dry-run", made.command(&[&hold[..], &["--dry-run"]].concat())),
    ];
    if is_there("rumdl", &["--version"]) {
        programs.push(Program::new("rumdl check", words(&["rumdl", "check", &path])));
    } else {
        println!("rumdl is not there: pip install rumdl");
    }
    if is_there("python3", &["-c", "import frontmatter"]) {
        programs.push(Program::new("python-frontmatter", words(&["python3", script, &path])));
    } else {
        println!("python-frontmatter is not there: pip install python-frontmatter");
    }
    programs
}

fn starts(made: &Made) -> Vec<Program> {
    let thread = made.thread();
    vec![
        Program::new("true", vec!["true".into()]),
        Program::new("thread --version", vec![THREAD.into(), "--version".into()]),
        Program::new("check of one file", made.command(&["check", &thread])),
    ]
}

fn is_there(program: &str, words: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(words).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn measured(made: &Made, mut programs: Vec<Program>, rounds: usize) -> io::Result<Vec<Program>> {
    for _ in 0..rounds {
        for program in &mut programs {
            if program.arrivals {
                made.arrive()?;
            }
            let run = program.run()?;
            program.runs.push(run);
            if program.arrivals {
                made.restore()?;
            }
        }
    }
    Ok(programs)
}

impl Program {
    fn new(name: &'static str, command: Vec<String>) -> Self {
        Self { name, command, arrivals: false, runs: Vec::new() }
    }

    fn run(&self) -> io::Result<Run> {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).stdout(Stdio::null()).stderr(Stdio::null());
        let before = cpu_of_children();
        let start = Instant::now();
        let mut child = command.spawn()?;
        let mut kilobytes = 0;
        // A process that ends within two milliseconds uses too little memory to measure.
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            kilobytes = kilobytes.max(peak_memory(child.id()));
            if start.elapsed() > Duration::from_millis(20) {
                std::thread::sleep(Duration::from_millis(2));
            }
        };
        let wall = start.elapsed().as_secs_f64();
        assert_ne!(status.code(), Some(2), "{} cannot run", self.command.join(" "));
        Ok(Run { wall, cpu: cpu_of_children() - before, kilobytes })
    }

    fn median(&self, of: impl Fn(&Run) -> f64) -> f64 {
        let mut values: Vec<f64> = self.runs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    }
}

/// Seconds that the children that have ended were at work: fields 16 and 17 of `/proc/self/stat`, in
/// hundredths of a second.
fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        behind_name.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    fields.get(13..15).map_or(0.0, |times| times.iter().sum::<f64>() / 100.0)
}

/// The most memory that a process has had so far, in KB.
fn peak_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

fn table(programs: &[Program], base: &str) {
    let base = programs.iter().find(|program| program.name == base);
    let (wall, cpu) =
        base.map_or((1.0, 1.0), |base| (base.median(|run| run.wall), base.median(|run| run.cpu)));
    println!("| program | wall ms | CPU ms | wall ratio | CPU ratio | peak MB |");
    println!("|---|--:|--:|--:|--:|--:|");
    for program in programs {
        let own_wall = program.median(|run| run.wall);
        let own_cpu = program.median(|run| run.cpu);
        let kilobytes = program.runs.iter().map(|run| run.kilobytes).max().unwrap_or(0);
        println!(
            "| {} | {:.1} | {:.0} | {:.1} | {} | {} |",
            program.name,
            own_wall * 1000.0,
            own_cpu * 1000.0,
            own_wall / wall,
            // A clock of hundredths of a second says nothing of a start.
            if cpu < 0.02 { "–".to_string() } else { format!("{:.1}", own_cpu / cpu) },
            kilobytes / 1024
        );
    }
}
