//! Whose behaviour is played: a release of Traefik.

use std::fmt;
use std::str::FromStr;

/// A release whose behaviour is known; they compare by version number, not by the date they came out.
///
/// v2.11.53 is younger than v3.0.4 to v3.5.6 and has fields that those lack: ask the schema which release has a
/// field, and this type only about behaviour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// v1.7.34, the last of the first generation: another provider altogether.
    V1_7,
    /// v2.11.53.
    V2_11,
    /// v3.0.4.
    V3_0,
    /// v3.1.7.
    V3_1,
    /// v3.2.5.
    V3_2,
    /// v3.3.7.
    V3_3,
    /// v3.4.5.
    V3_4,
    /// v3.5.6.
    V3_5,
    /// v3.6.24.
    V3_6,
    /// v3.7.9, the reference.
    #[default]
    V3_7,
}

impl Release {
    /// Every release, oldest version first.
    pub const ALL: [Self; 10] = [
        Self::V1_7,
        Self::V2_11,
        Self::V3_0,
        Self::V3_1,
        Self::V3_2,
        Self::V3_3,
        Self::V3_4,
        Self::V3_5,
        Self::V3_6,
        Self::V3_7,
    ];

    /// The release in full, as `schema/versions.json` spells it: `v3.7.9`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1_7 => "v1.7.34",
            Self::V2_11 => "v2.11.53",
            Self::V3_0 => "v3.0.4",
            Self::V3_1 => "v3.1.7",
            Self::V3_2 => "v3.2.5",
            Self::V3_3 => "v3.3.7",
            Self::V3_4 => "v3.4.5",
            Self::V3_5 => "v3.5.6",
            Self::V3_6 => "v3.6.24",
            Self::V3_7 => "v3.7.9",
        }
    }

    /// The minor version alone: `v3.7`.
    pub fn minor(self) -> &'static str {
        let name = self.name();
        &name[..name.rfind('.').unwrap_or(name.len())]
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No behaviour is known for the release that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no Traefik release `{given}` is known; known are v3 (3.7), v2 (2.11), v1 (1.7), {}", known())]
pub struct UnknownRelease {
    given: String,
}

fn known() -> String {
    Release::ALL.map(Release::name).join(", ")
}

impl FromStr for Release {
    type Err = UnknownRelease;

    /// Takes `v3`, `v2`, `v1`, a minor (`3.6`) or a full release (`v3.6.24`), with or without the `v`.
    fn from_str(text: &str) -> Result<Self, UnknownRelease> {
        let given = text.trim().trim_start_matches(['v', 'V']);
        match given {
            "3" => return Ok(Self::V3_7),
            "2" => return Ok(Self::V2_11),
            "1" => return Ok(Self::V1_7),
            _ => {}
        }
        let named = |name: &str| name.strip_prefix('v') == Some(given);
        Self::ALL
            .into_iter()
            .find(|release| named(release.name()) || named(release.minor()))
            .ok_or_else(|| UnknownRelease { given: text.to_owned() })
    }
}
