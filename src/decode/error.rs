//! Why a configuration can't be decoded: in Traefik's words, with what helps to mend it beside.

use std::fmt;

use super::typed_list::InvalidList;
use crate::golang::duration::InvalidDuration;
use crate::golang::strconv::InvalidText;

/// The first thing in a configuration that Traefik's decoder stumbles over. Prints in Traefik's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct DecodeError {
    /// What it is about: the whole label (flag, variable) where the key itself is wrong, otherwise the place in the
    /// tree, spelled as the keys spell it: `traefik.http.routers.web.rul`.
    pub path: String,
    /// What is wrong there.
    pub problem: Problem,
}

impl DecodeError {
    /// Whether the value is wrong, and not the name.
    pub fn is_about_a_value(&self) -> bool {
        matches!(self.problem, Problem::Value(_) | Problem::Duration(_) | Problem::List(_))
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key begins with another root than the others: `Traefik.http…`.
    Root {
        /// What it begins with.
        found: String,
    },
    /// Nothing between two dots of a key, or at its end.
    EmptyElement {
        /// The key.
        key: String,
    },
    /// A part of a key begins with a bracket.
    LeadingBracket {
        /// The part.
        part: String,
    },
    /// A part of a key ends with a bracket that nothing opens: Traefik's decoder crashes.
    UnbalancedBracket,
    /// No field is called so.
    UnknownField {
        /// The name.
        name: String,
        /// The known one that may have been meant.
        nearest: Option<String>,
    },
    /// A structure or map has a value of its own, and nothing below.
    Standalone {
        /// Its name, as it is written.
        name: String,
        /// Its type in Go.
        go_type: &'static str,
    },
    /// A plain value has names below it.
    NotNested {
        /// Its name, as it is written.
        name: String,
        /// The kind of its type in Go: `string`, `ptr`.
        kind: &'static str,
    },
    /// An item of a list is given by its list's name alone: `server=…`.
    NoItem {
        /// Its name, as it is written.
        name: String,
    },
    /// A value that is no number or truth value.
    Value(InvalidText),
    /// A value that is no duration.
    Duration(InvalidDuration),
    /// A list in one text that is none.
    List(InvalidList),
    /// Names are nested deeper than anything in Traefik's configuration; Traefik itself would take it.
    TooDeep,
}

impl Problem {
    /// Whether this crashes Traefik instead of being refused.
    pub fn is_panic(&self) -> bool {
        matches!(self, Self::UnbalancedBracket)
    }

    /// The known name that may have been meant.
    pub fn nearest(&self) -> Option<&str> {
        match self {
            Self::UnknownField { nearest, .. } => nearest.as_deref(),
            _ => None,
        }
    }
}

impl DecodeError {
    pub(super) fn new(path: impl Into<String>, problem: Problem) -> Self {
        Self { path: path.into(), problem }
    }

    /// The same, seen from one name further up.
    pub(super) fn below(mut self, name: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{joint}{}", self.path);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root { found } => write!(f, "invalid label root {found}"),
            Self::EmptyElement { key } => write!(f, "invalid element: {key}"),
            Self::LeadingBracket { part } => {
                write!(f, "invalid leading character '[' in field name (bracket is a slice delimiter): {part}")
            }
            Self::UnbalancedBracket => f.write_str("runtime error: slice bounds out of range [:-1]"),
            Self::UnknownField { name, .. } => write!(f, "field not found, node: {name}"),
            Self::Standalone { name, go_type } => write!(f, "{name} cannot be a standalone element (type {go_type})"),
            Self::NotNested { name, kind } => write!(f, "invalid node {name}: {kind}"),
            Self::NoItem { name } => write!(f, "invalid slice: node {name}"),
            Self::Value(error) => error.fmt(f),
            Self::Duration(error) => error.fmt(f),
            Self::List(error) => error.fmt(f),
            Self::TooDeep => f.write_str("nested too deep"),
        }
    }
}
