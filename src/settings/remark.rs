//! Something about settings that is worth a word, although Traefik starts with them.

use std::fmt;

use super::report::Notice;

/// Every remark there is, whoever makes it.
pub const IDS: [&str; 17] = [
    "another-region",
    "bool-with-a-space",
    "clusters-beside-discovery",
    "constraint-broken",
    "default-rule-broken",
    "dynamic-in-static",
    "external-without-anywhere",
    "flag-by-chance",
    "half-a-key",
    "ignored-form",
    "logged",
    "other-release",
    "provider-off",
    "refresh-impossible",
    "refresh-too-short",
    "static-in-dynamic",
    "unknown-root",
];

/// A remark on settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Which remark it is: a stable id, one of [`IDS`], or of those about 1.7 alone.
    pub id: &'static str,
    /// What kind of thing it is.
    pub kind: RemarkKind,
    /// The option of the provider that it is about, where it is about one.
    pub option: Option<&'static str>,
    /// The file and the line, from 1, where it stands at one.
    pub place: Option<(String, usize)>,
    /// What is to be said.
    pub message: String,
}

/// What kind of thing a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// Traefik itself logs it: most often an option that is deprecated.
    Logged,
    /// Traefik's document tells not to use it, and Traefik takes it without a word.
    Deprecated,
    /// It was written and has no effect.
    Ignored,
    /// It reads otherwise than it looks.
    Misread,
    /// The ECS provider is not switched on.
    ProviderOff,
    /// It is wrong in itself; Traefik plays it as it can.
    Broken,
    /// It depends on where this program runs, too, or on the fleet.
    Surroundings,
}

impl Remark {
    /// Remarks on the whole.
    pub fn new(id: &'static str, kind: RemarkKind, message: impl Into<String>) -> Self {
        Self { id, kind, option: None, place: None, message: message.into() }
    }

    /// Says which option of the provider it is about.
    #[must_use]
    pub fn about(mut self, option: &'static str) -> Self {
        self.option = Some(option);
        self
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, path: &str, line: usize) -> Self {
        self.place = Some((path.to_owned(), line));
        self
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((path, line)) = &self.place {
            write!(f, "{path}:{line}: ")?;
        }
        if self.kind == RemarkKind::Logged {
            f.write_str("Traefik says: ")?;
        }
        f.write_str(&self.message)
    }
}

impl From<Notice> for Remark {
    fn from(notice: Notice) -> Self {
        Self::new("logged", RemarkKind::Logged, notice.message)
    }
}
