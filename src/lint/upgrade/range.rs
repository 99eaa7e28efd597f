//! From which release to which: `v2.11..v3.7`.

use std::fmt;
use std::str::FromStr;

use crate::model::{Release, UnknownRelease};

/// Two releases, the first older than the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// What runs now.
    pub from: Release,
    /// What is to run.
    pub to: Release,
}

/// Why a text is no range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRange {
    /// No `..` in it.
    #[error("`{0}` names no two releases: it takes FROM..TO")]
    NoDots(String),
    /// One side names no release.
    #[error("{error}")]
    Unknown {
        /// Why not.
        error: UnknownRelease,
        /// Where that side stands, in bytes.
        span: std::ops::Range<usize>,
    },
    /// The second is not newer than the first.
    #[error("{from} is not older than {to}")]
    NotOlder {
        /// The first.
        from: Release,
        /// The second.
        to: Release,
    },
    /// Traefik 1 is another provider altogether.
    #[error("v1 labels mean nothing to later releases, so there is no pass to compare with")]
    V1,
}

impl Range {
    /// Every release from the one to the other, both included.
    pub fn releases(self) -> impl Iterator<Item = Release> {
        Release::ALL.into_iter().filter(move |release| (self.from..=self.to).contains(release))
    }

    /// Whether something that came with a release lies on the way.
    pub fn passes(self, release: Release) -> bool {
        self.from < release && release <= self.to
    }
}

impl FromStr for Range {
    type Err = InvalidRange;

    fn from_str(text: &str) -> Result<Self, InvalidRange> {
        let Some(at) = text.find("..") else { return Err(InvalidRange::NoDots(text.to_owned())) };
        let side = |span: std::ops::Range<usize>| {
            text[span.clone()].parse::<Release>().map_err(|error| InvalidRange::Unknown { error, span })
        };
        let (from, to) = (side(0..at)?, side(at + 2..text.len())?);
        if from == Release::V1_7 || to == Release::V1_7 {
            return Err(InvalidRange::V1);
        }
        if from < to { Ok(Self { from, to }) } else { Err(InvalidRange::NotOlder { from, to }) }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRange, Range};
    use crate::model::Release;

    #[test]
    fn two_releases_the_older_first() {
        let range: Range = "v2.11..v3.1".parse().expect("it is a range");
        assert_eq!(range.releases().collect::<Vec<_>>(), [Release::V2_11, Release::V3_0, Release::V3_1]);
        assert!(range.passes(Release::V3_0) && !range.passes(Release::V2_11) && !range.passes(Release::V3_2));
        assert!(matches!("v3".parse::<Range>(), Err(InvalidRange::NoDots(_))));
        assert!(matches!("v2..v9".parse::<Range>(), Err(InvalidRange::Unknown { span, .. }) if span == (4..6)));
        assert!(matches!("v3..v2".parse::<Range>(), Err(InvalidRange::NotOlder { .. })));
        assert!(matches!("v3.7..v3.7.9".parse::<Range>(), Err(InvalidRange::NotOlder { .. })));
        assert!(matches!("v1..v3".parse::<Range>(), Err(InvalidRange::V1)));
    }
}
