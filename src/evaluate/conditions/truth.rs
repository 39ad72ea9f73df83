//! Three-valued truth (Kleene's strong logic): a condition that cannot be known is neither true nor false.

/// Truth of a condition on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Known to be false.
    False,
    /// Cannot be known: for example silence of a source that was never scanned.
    Unknown,
    /// Known to be true.
    True,
}

impl Truth {
    /// True only if every part is true; false if one part is false.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().min().unwrap_or(Self::True)
    }

    /// True if one part is true; false only if every part is false.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().max().unwrap_or(Self::False)
    }

    /// True only if every part is known to be false.
    pub fn none(parts: impl IntoIterator<Item = Self>) -> Self {
        match Self::any(parts) {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Returns whether it is [`Truth::True`].
    pub fn is_true(self) -> bool {
        self == Self::True
    }
}

impl From<bool> for Truth {
    fn from(is_true: bool) -> Self {
        if is_true { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn truth_joins_as_kleene_defines_it() {
        for (parts, all, any, none) in [
            ([True, True], True, True, False),
            ([True, Unknown], Unknown, True, False),
            ([True, False], False, True, False),
            ([Unknown, Unknown], Unknown, Unknown, Unknown),
            ([Unknown, False], False, Unknown, Unknown),
            ([False, False], False, False, True),
        ] {
            assert_eq!(Truth::all(parts), all, "all {parts:?}");
            assert_eq!(Truth::any(parts), any, "any {parts:?}");
            assert_eq!(Truth::none(parts), none, "none {parts:?}");
        }
    }
}
