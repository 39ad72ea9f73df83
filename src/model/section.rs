//! The known sections of a thread and the headings that begin them.

/// A known section of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// The items of the thread, grouped by source.
    Evidence,
    /// The log of the changes of level.
    Ripeness,
    /// Notes on what to read or to look for next.
    Watching,
    /// The drafts of the thread.
    Drafts,
    /// The user's notes, which are not read.
    Notes,
}

impl SectionKind {
    /// All known sections.
    pub const ALL: [Self; 5] =
        [Self::Evidence, Self::Ripeness, Self::Watching, Self::Drafts, Self::Notes];

    /// The heading with which the tool creates the section, if the workspace declares no other.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Evidence => "Evidence",
            Self::Ripeness => "Ripeness",
            Self::Watching => "Watching",
            Self::Drafts => "Drafts",
            Self::Notes => "Notes",
        }
    }

    /// The key of the section in `sections:`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Ripeness => "ripeness",
            Self::Watching => "watching",
            Self::Drafts => "drafts",
            Self::Notes => "notes",
        }
    }

    /// The headings, in lower case, that begin the section without a declaration: English, German,
    /// French, Spanish, Italian, Portuguese and Dutch.
    fn known_headings(self) -> &'static [&'static str] {
        match self {
            Self::Evidence => &[
                "evidence",
                "belege",
                "preuves",
                "evidencia",
                "pruebas",
                "prove",
                "evidenze",
                "evidências",
                "bewijs",
            ],
            Self::Ripeness => {
                &["ripeness", "reife", "maturité", "madurez", "maturità", "maturidade", "rijpheid"]
            }
            Self::Watching => &[
                "watching",
                "what i'm watching for",
                "watch list",
                "watchlist",
                "reading queue",
                "beobachten",
                "leseliste",
                "à surveiller",
                "por vigilar",
                "da seguire",
                "a acompanhar",
                "te volgen",
            ],
            Self::Drafts => &[
                "drafts",
                "entwürfe",
                "brouillons",
                "borradores",
                "bozze",
                "rascunhos",
                "concepten",
            ],
            Self::Notes => &["notes", "notizen", "notas", "notities"],
        }
    }
}

/// The headings that begin known sections, as `sections:` declares them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionNames {
    /// Kinds with their headings, as written. A kind may have several headings.
    pub declared: Vec<(SectionKind, String)>,
}

impl SectionNames {
    /// Returns the section with this heading: `What I’m watching for (soon):` gives `Watching`.
    ///
    /// A declared heading is compared as a whole first, so that `Links (2026)` can be declared.
    pub fn kind_of(&self, heading: &str) -> Option<SectionKind> {
        let whole = normalized(heading);
        let named = |name: &str| {
            self.declared.iter().find(|(_, known)| normalized(known) == name).map(|(kind, _)| *kind)
        };
        if let Some(kind) = named(&whole) {
            return Some(kind);
        }
        let text = normalized(heading.split('(').next().unwrap_or(heading));
        named(&text).or_else(|| {
            SectionKind::ALL.into_iter().find(|kind| kind.known_headings().contains(&text.as_str()))
        })
    }

    /// Returns whether `sections:` has this heading, as a whole.
    pub fn declares(&self, heading: &str) -> bool {
        let whole = normalized(heading);
        self.declared.iter().any(|(_, known)| normalized(known) == whole)
    }

    /// Returns the heading with which the tool creates a section.
    pub fn heading(&self, kind: SectionKind) -> &str {
        let declared = self.declared.iter().find(|(known, _)| *known == kind);
        declared.map_or(kind.heading(), |(_, heading)| heading)
    }

    /// Returns these names, and those of `others` for kinds that these do not declare.
    #[must_use]
    pub fn or(mut self, others: &Self) -> Self {
        let own: Vec<SectionKind> = self.declared.iter().map(|(kind, _)| *kind).collect();
        let rest = others.declared.iter().filter(|(kind, _)| !own.contains(kind));
        self.declared.extend(rest.cloned());
        self
    }
}

fn normalized(heading: &str) -> String {
    heading.trim().trim_end_matches(':').trim_end().replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_of_a_declared_heading_is_its_kind() {
        let names = SectionNames {
            declared: vec![
                (SectionKind::Evidence, "Links (2026)".into()),
                (SectionKind::Notes, "Evidence".into()),
            ],
        };
        assert_eq!(names.kind_of("Links (2026):"), Some(SectionKind::Evidence));
        assert_eq!(names.kind_of("Links"), None);
        assert_eq!(names.kind_of("Evidence"), Some(SectionKind::Notes));
        assert_eq!(names.kind_of("Entwürfe"), Some(SectionKind::Drafts));
        assert_eq!(names.heading(SectionKind::Evidence), "Links (2026)");
    }
}
