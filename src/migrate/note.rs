//! What a migration has to say.

use std::fmt;

/// Something that is to be known about a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The v1 label.
    pub label: String,
    /// Its value.
    pub value: String,
    /// What is to be known.
    pub said: Said,
}

/// What is to be known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// v3 has nothing that does this; the label is gone.
    NoEquivalent(String),
    /// It is migrated, and means something else in some cases.
    Changed(String),
    /// v1 did nothing with it.
    NoEffect(String),
    /// Something has to be done by hand.
    ByHand(String),
}

impl Said {
    /// A stable name for programs.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NoEquivalent(_) => "no-equivalent",
            Self::Changed(_) => "changed",
            Self::NoEffect(_) => "no-effect",
            Self::ByHand(_) => "by-hand",
        }
    }

    /// The reason, for people.
    pub fn reason(&self) -> &str {
        match self {
            Self::NoEquivalent(reason) | Self::Changed(reason) | Self::NoEffect(reason) | Self::ByHand(reason) => {
                reason
            }
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self {
            Self::NoEquivalent(_) => "has no equivalent",
            Self::Changed(_) => "changes",
            Self::NoEffect(_) => "had no effect",
            Self::ByHand(_) => "needs a hand",
        };
        write!(f, "{what}: {}", self.reason())
    }
}
