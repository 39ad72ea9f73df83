//! A made-up workspace of a given size: the same bytes for the same seed, on any machine.
//!
//! Every source is scanned once a week. Every thread follows four sources and has five items of
//! each as evidence; its catalogs list them too, mapped by hand or taken in by `collect`. So a scan
//! finds nothing new, until [`Plan::arrivals`] are added.

#[path = "words.rs"]
mod words;

use std::fmt::Write;

use words::{Chance, QUALITIES, THINGS, slug};

/// The number of items of a catalog, apart from those that it repeats from elsewhere.
const ITEMS: usize = 30;
/// The number of sources of a thread, and of its items from each.
const FOLLOWED: usize = 4;
const OF_EACH: usize = 5;
/// Coprime to the number of items of a source, so that multiplying by it scatters them.
const SCATTER: usize = 277;
/// The day of the newest scan: 2026-11-20, counted from 1970-01-01.
const LAST_SCAN: usize = 20_777;

/// The size of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// A person's: 100 threads, 300 catalogs.
    S,
    /// A team's: 1,000 threads, 3,000 catalogs.
    M,
    /// An organisation's: 10,000 threads, 30,000 catalogs.
    L,
    /// As M, but all threads watch one source and one tag, which every item of it has.
    Watched,
}

impl Size {
    /// The size of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "S" => Some(Self::S),
            "M" => Some(Self::M),
            "L" => Some(Self::L),
            "WATCHED" => Some(Self::Watched),
            _ => None,
        }
    }

    /// Threads, and sources.
    fn numbers(self) -> (usize, usize) {
        match self {
            Self::S => (100, 20),
            Self::M | Self::Watched => (1_000, 50),
            Self::L => (10_000, 200),
        }
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the workspace.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// True if `check` must report it.
    pub broken: bool,
}

/// A workspace before it is written.
pub struct Plan {
    seed: u64,
    threads: usize,
    sources: usize,
    watched: bool,
    /// Which item of its source the item is that the n-th follower has.
    scattered: Vec<usize>,
    /// The other way round.
    gathered: Vec<usize>,
}

/// Something published, as catalogs and threads write it down.
struct ItemRecord {
    title: String,
    url: String,
    date: String,
    tags: String,
    about: String,
    scanned: String,
}

impl Plan {
    /// The workspace of a size and a seed.
    pub fn new(size: Size, seed: u64) -> Self {
        let (threads, sources) = size.numbers();
        let number = 3 * threads / sources * ITEMS;
        let scattered: Vec<usize> = (0..number).map(|place| place * SCATTER % number).collect();
        let mut gathered = vec![0; number];
        for (place, &item) in scattered.iter().enumerate() {
            gathered[item] = place;
        }
        Self { seed, threads, sources, watched: size == Size::Watched, scattered, gathered }
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = File> {
        let threads = (0..self.threads).map(|number| self.thread(number));
        let catalogs = (0..3 * self.threads).map(|number| self.catalog(number));
        std::iter::once(self.configuration()).chain(threads).chain(catalogs)
    }

    /// A hundredth as many catalogs more, scanned a day later, each with one new item for a thread.
    pub fn arrivals(&self) -> impl Iterator<Item = File> {
        (0..3 * self.threads / 100).map(|number| {
            let source = number % self.sources;
            let day = date(LAST_SCAN + 1 + number / self.sources);
            let mut chance = Chance::new(self.seed, 4, number);
            let mut text = format!("# {}, scanned {day}\n\n", source_name(source));
            for place in 0..ITEMS {
                let title = chance.title();
                let path = format!("{}-new-{number}-{place}", slug(&title));
                let mapped = match place {
                    7 => format!(" [thread:: {}]", self.slug(number * 33 % self.threads)),
                    _ => String::new(),
                };
                let tags = Self::tag(chance.below(self.tags()));
                let _ = writeln!(
                    text,
                    "- [{title}](https://{}.example/{path}) ({day}) [tags:: {tags}]{mapped}",
                    source_slug(source)
                );
            }
            let path = format!("backlogs/{day}-{}-backlog.md", source_slug(source));
            File { path, bytes: text.into_bytes(), broken: false }
        })
    }

    fn tags(&self) -> usize {
        self.threads / 5
    }

    fn tag(number: usize) -> String {
        let (thing, quality) = (THINGS[number % THINGS.len()], number / THINGS.len());
        let tag = format!("{} {}", QUALITIES[quality % QUALITIES.len()], thing);
        format!("{}-{number}", slug(&tag))
    }

    fn slug(&self, thread: usize) -> String {
        let chance = &mut Chance::new(self.seed, 1, thread);
        format!("{}-{thread:05}", slug(chance.pick(THINGS)))
    }

    /// The four sources of a thread, each with the place of the thread among its followers.
    fn followed(&self, thread: usize) -> [(usize, usize); FOLLOWED] {
        let lap = self.threads / self.sources;
        std::array::from_fn(|nth| {
            ((thread + nth * 3) % self.sources, nth * lap + thread / self.sources)
        })
    }

    /// The thread that has an item of a source, if one has.
    fn follower(&self, source: usize, item: usize) -> Option<usize> {
        let lap = self.threads / self.sources;
        let place = self.gathered[item] / OF_EACH;
        let nth = place / lap;
        let first = (source + self.sources - nth * 3 % self.sources) % self.sources;
        (nth < FOLLOWED).then(|| place % lap * self.sources + first)
    }

    /// The thread takes its items in by a tag of its own, and not by mappings.
    fn collects(thread: usize) -> bool {
        thread.is_multiple_of(5)
    }

    fn item(&self, source: usize, number: usize) -> ItemRecord {
        let scan = number / ITEMS;
        let scans = 3 * self.threads / self.sources;
        let scanned = LAST_SCAN - 7 * (scans - 1 - scan) - source % 7;
        let mut chance = Chance::new(self.seed, 2, source * self.scattered.len() + number);
        let title = chance.title();
        let own = self.follower(source, number).filter(|&thread| Self::collects(thread));
        let mut tags = vec![if self.watched && source == 0 {
            Self::tag(0)
        } else {
            Self::tag(chance.below(self.tags()))
        }];
        tags.extend(own.map(|thread| self.slug(thread)));
        tags.extend(chance.percent(30).then(|| "survey".to_string()));
        ItemRecord {
            url: format!("https://{}.example/{}-{number}", source_slug(source), slug(&title)),
            title,
            date: date(scanned - chance.below(7)),
            tags: tags.join(", "),
            about: chance.sentence(),
            scanned: date(scanned),
        }
    }

    fn configuration(&self) -> File {
        let mut text = String::from("# Made up by a program, down to the last word.\nsources:\n");
        for source in 0..self.sources {
            let (slug, name) = (source_slug(source), source_name(source));
            let org = if source % 3 == 0 { format!(", org: {slug}") } else { String::new() };
            let _ = writeln!(text, "  {slug}: {{name: {name}, every: 7d{org}}}");
        }
        text.push_str("people: {ines: person, tomas: person, scout: agent}\n");
        // Nobody maps all that is found.
        text.push_str("rules: {unmapped-items: allow}\n");
        File { path: "thread.yaml".into(), bytes: text.into_bytes(), broken: false }
    }

    fn catalog(&self, number: usize) -> File {
        let (source, scan) = (number % self.sources, number / self.sources);
        let mut items = String::new();
        for place in 0..ITEMS {
            let item = self.item(source, scan * ITEMS + place);
            let follower = self.follower(source, scan * ITEMS + place);
            let mapped = follower.filter(|&thread| !Self::collects(thread));
            let mapped = mapped
                .map_or_else(String::new, |thread| format!(" [thread:: {}]", self.slug(thread)));
            let ItemRecord { title, url, date, tags, about, .. } = item;
            let _ =
                writeln!(items, "- [{title}]({url}) ({date}) — {about} [tags:: {tags}]{mapped}");
        }
        if number.is_multiple_of(3) {
            // An item of the next source, under another URL.
            let ItemRecord { title, url, date, .. } =
                self.item((source + 1) % self.sources, scan * ITEMS + 3);
            let again = url.replacen("https://", "http://www.", 1);
            let _ = writeln!(items, "- [{title}]({again}/?utm_source=letter) ({date})");
        }
        let scanned = self.item(source, scan * ITEMS).scanned;
        let slug = source_slug(source);
        let (closing, said) = match number % 3_000 {
            97 => ("---", "2026-02-30"),
            197 => ("--", scanned.as_str()),
            297 => ("---", "2001-01-01"),
            _ => ("---", scanned.as_str()),
        };
        let text = format!(
            "---\nsource: {slug}\nscanned: {said}\nurl: https://{slug}.example/\n{closing}\n\n\
             # {}, scanned {scanned}\n\n{items}",
            source_name(source)
        );
        let broken = [97, 197, 297].contains(&(number % 3_000));
        File {
            path: format!("backlogs/{}/{scanned}-{slug}-backlog.md", &scanned[..4]),
            bytes: endings(text, number).into_bytes(),
            broken,
        }
    }

    fn thread(&self, number: usize) -> File {
        let mut chance = Chance::new(self.seed, 3, number);
        let mut text = self.front_matter(number, &mut chance);
        let _ = writeln!(text, "# {}\n", chance.title());
        for _ in 0..4 {
            let _ = writeln!(text, "{} {}", chance.sentence(), chance.sentence());
        }
        text.push_str("\n## Evidence\n");
        for (source, place) in self.followed(number) {
            let _ = writeln!(text, "\n### {}\n", source_name(source));
            for nth in 0..OF_EACH {
                let item = self.item(source, self.scattered[place * OF_EACH + nth]);
                let read = if chance.percent(60) { 'x' } else { ' ' };
                let ItemRecord { title, url, date, tags, about, scanned } = item;
                // A scan writes no words of its own; they are a person's.
                let note = if chance.percent(40) { format!(" — {about}") } else { String::new() };
                let _ = writeln!(
                    text,
                    "- [{read}] [{title}]({url}) ({date}){note} [tags:: {tags}] [landed:: {scanned}]"
                );
            }
        }
        text.push_str("\n## Watching\n\n");
        for _ in 0..3 {
            let _ = writeln!(text, "- [ ] {}", chance.title());
        }
        let why = chance.sentence();
        let _ = write!(text, "\n## Ripeness\n\n- 2026-03-01: low → medium — {why} [by:: ines]\n");
        let (text, broken) = spoilt(endings(text, number), number);
        File { path: format!("threads/{}.md", self.slug(number)), bytes: text, broken }
    }

    fn front_matter(&self, number: usize, chance: &mut Chance) -> String {
        let slug = self.slug(number);
        let [(first, place), (second, _), (third, _), _] = self.followed(number);
        let [second, third] = [second, third].map(source_slug);
        // A set that has at least one item.
        let known = if self.watched { (0, 0) } else { (first, self.scattered[place * OF_EACH]) };
        let tag =
            self.item(known.0, known.1).tags.split(", ").next().unwrap_or_default().to_string();
        let watched = source_slug(known.0);
        let collect = if Self::collects(number) {
            format!("collect: {{tag: {slug}}}\n")
        } else {
            String::new()
        };
        let mut why = || chance.sentence().trim_end_matches('.').to_lowercase();
        format!(
            "---\nopened: 2026-01-05\nripeness: {{level: medium, since: 2026-03-01}}\n\
             tags: [{tag}]\n{collect}sets:\n  \
             trials:   {{source: {watched}, tag: {tag}}}\n  \
             surveys:  {{tag: survey, source: [{second}, {third}]}}\n  \
             rumours:  {{source: {third}, except: {{tag: survey}}}}\n\
             triggers:\n  \
             - id: enough-trials\n    why: {}\n    raise-to: ripe\n    \
             when: {{count: {{of: trials, at-least: 90, distinct: source}}}}\n    \
             next: start a draft\n  \
             - id: two-ways-in\n    why: {}\n    raise-to: medium-high\n    when:\n      all:\n        \
             - {{count: {{of: surveys, at-least: 90}}}}\n        \
             - {{attested: {{claim: connection, by: [ines, tomas]}}}}\n  \
             - id: fallen-silent\n    why: {}\n    lower-to: low\n    \
             when: {{quiet: {{of: rumours, for: 4000d}}}}\n  \
             - id: some-rumours\n    why: {}\n    raise-to: medium\n    \
             when: {{count: {{of: rumours, at-least: 1, published-within: 52w}}}}\n---\n\n",
            why(),
            why(),
            why(),
            why()
        )
    }
}

/// Every twentieth file was saved on another kind of machine.
fn endings(text: String, number: usize) -> String {
    match number % 20 {
        3 => text.replace('\n', "\r\n"),
        7 => format!("\u{feff}{text}"),
        _ => text,
    }
}

/// Of a thousand threads five are broken, each in another way.
fn spoilt(text: String, number: usize) -> (Vec<u8>, bool) {
    let spoilt = match number % 1_000 {
        19 => text.replacen("level: medium", "level: mediun", 1).into_bytes(),
        39 => text.replacen("since: 2026-03-01", "since: 2026-02-30", 1).into_bytes(),
        59 => text.replacen("\n---\n", "\n", 1).into_bytes(),
        69 => text.replacen("at-least: 90", "at-least 90", 1).into_bytes(),
        89 => [text.as_bytes(), b"caf\xe9\n"].concat(),
        _ => return (text.into_bytes(), false),
    };
    (spoilt, true)
}

fn source_slug(source: usize) -> String {
    slug(&source_name(source))
}

fn source_name(source: usize) -> String {
    const KINDS: [&str; 5] = ["Letter", "Lab", "Gazette", "Notes", "Office"];
    let thing = THINGS[source % THINGS.len()];
    let first = thing.split(' ').next().unwrap_or(thing);
    format!("{first} {} {source}", KINDS[source % KINDS.len()])
}

/// A day counted from 1970-01-01, as `YYYY-MM-DD` (Hinnant's `civil_from_days`).
fn date(days: usize) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + usize::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
