//! The steps of a run, each alone, on the files of a made-up workspace of a person's size:
//! `cargo bench --bench steps`.
//!
//! Every step that reads texts says how many bytes of them it takes in a second; the first does nothing
//! but count line endings in the same texts, so the ratio to it holds on any machine. Allocations are
//! counted too. Set `RAYON_NUM_THREADS=1` for the work of all cores together.

#[path = "../examples/generate/workspace.rs"]
#[expect(dead_code, reason = "only one size is made here")]
mod generated;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};

use thread_tracker::check;
use thread_tracker::commands::scan::edit as scan;
use thread_tracker::evaluate::{CatalogIndex, evaluate};
use thread_tracker::model::{Configuration, Date};
use thread_tracker::parse::fence;
use thread_tracker::parse::fence::{Fenced, Parts};
use thread_tracker::parse::markdown;
use thread_tracker::parse::{catalog, configuration, thread, yaml};
use thread_tracker::text::Document;
use thread_tracker::workspace::{Documents, Workspace};

use generated::{File, Plan, Size};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The files of a workspace and what its thread.yaml says.
struct Made {
    documents: Documents,
    configuration: Configuration,
}

impl Made {
    fn new() -> Self {
        let mut documents = Documents::default();
        for File { path, bytes, .. } in Plan::new(Size::S, 1).files() {
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let document = Document::new(&path, text);
            match path.split_once('/') {
                Some(("threads", _)) => documents.threads.push(document),
                Some(_) => documents.catalogs.push(document),
                None => documents.configuration = Some(document),
            }
        }
        let written = documents.configuration.as_ref().map(configuration::parse);
        let configuration = written.map(|(configuration, _)| configuration).unwrap_or_default();
        Self { documents, configuration }
    }

    fn directory(&self, name: &str) -> &[Document] {
        match name {
            "threads" => &self.documents.threads,
            _ => &self.documents.catalogs,
        }
    }

    fn read(&self) -> Workspace {
        Workspace::read(self.documents.clone())
    }
}

const FOLDERS: [&str; 2] = ["threads", "catalogs"];

/// Does something with each of some documents, and counts their bytes.
fn each(bencher: Bencher<'_, '_>, documents: &[Document], step: impl Fn(&Document) + Sync) {
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| documents.iter().for_each(&step));
}

fn parts(document: &Document) -> Option<Parts> {
    match fence::split(&document.text) {
        Fenced::Parts(parts) => Some(parts),
        _ => None,
    }
}

/// The input: the base of the others.
#[divan::bench(args = FOLDERS)]
fn line_endings(bencher: Bencher<'_, '_>, directory: &str) {
    each(bencher, Made::new().directory(directory), |document| {
        black_box(document.text.bytes().filter(|byte| *byte == b'\n').count());
    });
}

/// The tree of the front matter, with places.
#[divan::bench(args = FOLDERS)]
fn front_matter(bencher: Bencher<'_, '_>, directory: &str) {
    each(bencher, Made::new().directory(directory), |document| {
        if let Some(parts) = parts(document) {
            black_box(yaml::parse(document, parts.front_matter, &mut Vec::new()));
        }
    });
}

/// The blocks of bodies: line by line where all lines are plain.
#[divan::bench(args = FOLDERS)]
fn outline(bencher: Bencher<'_, '_>, directory: &str) {
    each(bencher, Made::new().directory(directory), |document| {
        if let Some(parts) = parts(document) {
            black_box(markdown::parse(document, parts.body));
        }
    });
}

/// The same by the markdown parser alone.
#[divan::bench(args = FOLDERS)]
fn outline_as_markdown(bencher: Bencher<'_, '_>, directory: &str) {
    each(bencher, Made::new().directory(directory), |document| {
        if let Some(parts) = parts(document) {
            black_box(markdown::parse_as_markdown(document, parts.body));
        }
    });
}

/// Whole files, from text to model.
#[divan::bench(args = FOLDERS)]
fn whole_file(bencher: Bencher<'_, '_>, directory: &str) {
    let made = Made::new();
    each(bencher, made.directory(directory), |document| match directory {
        "threads" => drop(black_box(thread::parse(document.clone(), &made.configuration))),
        _ => drop(black_box(catalog::parse(document, &made.configuration))),
    });
}

/// All files, by all cores.
#[divan::bench]
fn workspace(bencher: Bencher<'_, '_>) {
    let made = Made::new();
    bencher.with_inputs(|| made.documents.clone()).bench_values(Workspace::read);
}

/// All catalogs filed.
#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    let workspace = Made::new().read();
    bencher.bench(|| {
        black_box(CatalogIndex::new(&workspace.catalogs, &workspace.configuration));
    });
}

/// All threads judged, and their rewrites planned, one after the other.
#[divan::bench]
fn judge_and_plan(bencher: Bencher<'_, '_>) {
    let workspace = Made::new().read();
    let configuration = &workspace.configuration;
    let index = CatalogIndex::new(&workspace.catalogs, configuration);
    let day = Date::from_ymd_opt(2026, 11, 30).unwrap_or_default();
    bencher.bench(|| {
        for file in &workspace.threads {
            let evaluation = evaluate(&file.thread, &index, configuration, day);
            black_box(scan::plan(file, &evaluation, &index, configuration));
        }
    });
}

/// All rules, over files that are read.
#[divan::bench]
fn rules(bencher: Bencher<'_, '_>) {
    let workspace = Made::new().read();
    bencher.bench(|| black_box(check::check(&workspace)));
}
