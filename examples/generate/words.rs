//! Chance that is the same everywhere, and the words it picks from. All of it is invented.

/// A stream of numbers that depends on nothing but what it was begun with (`SplitMix64`).
pub struct Chance(u64);

impl Chance {
    /// A stream for one thing of one workspace.
    pub fn new(seed: u64, kind: u64, number: usize) -> Self {
        let mut chance = Self(seed ^ (kind << 56));
        chance.0 = chance.next() ^ number as u64;
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("it is below a usize")
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of several.
    pub fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }

    /// A title that a page might have.
    pub fn title(&mut self) -> String {
        let (thing, other) = (self.pick(THINGS), self.pick(THINGS));
        let (place, quality) = (self.pick(PLACES), self.pick(QUALITIES));
        match self.below(6) {
            0 => format!("Why {quality} {thing} fail {place}"),
            1 => format!("{quality} {thing}: first numbers from a trial {place}"),
            2 => format!("What {other} taught us about {thing}"),
            3 => format!("A year of {quality} {thing} {place}"),
            4 => format!("From {other} to {quality} {thing}"),
            _ => format!("Are {thing} “{quality}” enough {place}?"),
        }
    }

    /// A sentence about it.
    pub fn sentence(&mut self) -> String {
        let (thing, place) = (self.pick(THINGS), self.pick(PLACES));
        let (quality, verb) = (self.pick(QUALITIES), self.pick(VERBS));
        let number = self.below(89) + 11;
        format!("They {verb} {number} {quality} {thing} {place} and say how.")
    }
}

/// The words of a title as the last part of an address.
pub fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

pub const THINGS: &[&str] = &[
    "kelp bricks",
    "salt cells",
    "tide mills",
    "night trains",
    "glass roads",
    "heat stores",
    "moss roofs",
    "sand batteries",
    "wind kites",
    "rain tanks",
    "cargo sails",
    "clay pumps",
    "wool panels",
    "reed walls",
    "river turbines",
    "lime mortars",
    "ice houses",
    "cork floors",
    "sun kilns",
    "peat sensors",
    "tram depots",
    "bus ferries",
    "paper pipes",
    "straw beams",
];
const PLACES: &[&str] = &[
    "in a real winter",
    "on the northern coast",
    "under load",
    "in two harbour towns",
    "at scale",
    "after the flood",
    "in the old mill",
    "without subsidies",
    "on an island grid",
    "below freezing",
    "in a school yard",
    "over ten seasons",
];
pub const QUALITIES: &[&str] = &[
    "cheaper",
    "quiet",
    "heavy",
    "self-healing",
    "modular",
    "hand-made",
    "recycled",
    "hollow",
    "certified",
    "reversible",
    "wet",
    "long-lived",
];
const VERBS: &[&str] =
    &["tested", "rebuilt", "measured", "shipped", "broke", "compared", "insured", "counted"];
