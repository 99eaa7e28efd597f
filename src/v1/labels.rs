//! Reads v1 labels as the provider does: what is missing, empty or wrong has a default, and what is wrong is noted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;

use crate::golang::canonical_header;
use crate::golang::strconv::{InvalidText, parse_bool, parse_int};

/// Labels by full name. A segment's stand under the container's names (`traefik.port`).
pub type Labels = BTreeMap<String, String>;

/// A label that was not taken as it was meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelNote {
    /// Its full name.
    pub label: String,
    /// Its text.
    pub value: String,
    /// What came of it.
    pub problem: LabelProblem,
}

/// What is wrong with a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelProblem {
    /// Not what it should be; the default was used.
    Unparsed {
        /// Why, in Go's words.
        why: String,
        /// What was used.
        fallback: String,
    },
    /// An entry of a map without a colon was passed over.
    EntryWithoutColon(String),
    /// No entry of a map, or of a list, is left.
    NothingLeft,
    /// It still works; another name is meant to be used.
    Deprecated {
        /// That name.
        instead: &'static str,
    },
    /// A regular expression that can't stand between double quotes in Go; the redirection is left out.
    Unquotable,
    /// A name of the right beginning and the wrong form.
    UnknownProperty,
}

impl fmt::Display for LabelProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unparsed { why, fallback } => write!(f, "{why}; `{fallback}` is used"),
            Self::EntryWithoutColon(entry) => write!(f, "the entry `{entry}` has no colon and is passed over"),
            Self::NothingLeft => f.write_str("nothing is left of it, so it does nothing"),
            Self::Deprecated { instead } => write!(f, "deprecated; `{instead}` takes its place"),
            Self::Unquotable => f.write_str("not the inside of a Go string; the redirection is left out"),
            Self::UnknownProperty => f.write_str("no such property"),
        }
    }
}

/// Labels as one instance has them, and the notes of reading them.
#[derive(Debug)]
pub struct Reader<'l> {
    labels: &'l Labels,
    notes: RefCell<Vec<LabelNote>>,
}

impl<'l> Reader<'l> {
    /// Reads these.
    pub fn new(labels: &'l Labels) -> Self {
        Self { labels, notes: RefCell::default() }
    }

    /// What was noted, each thing once.
    pub fn into_notes(self) -> Vec<LabelNote> {
        let mut notes = self.notes.into_inner();
        notes.sort();
        notes.dedup();
        notes
    }

    /// Notes something about a label.
    pub fn note(&self, label: &str, value: &str, problem: LabelProblem) {
        self.notes.borrow_mut().push(LabelNote { label: label.to_owned(), value: value.to_owned(), problem });
    }

    /// All labels.
    pub fn labels(&self) -> &'l Labels {
        self.labels
    }

    /// A label's text, where it isn't empty.
    pub fn filled(&self, label: &str) -> Option<&'l str> {
        self.labels.get(label).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether any label that begins like this isn't empty.
    pub fn any(&self, prefix: &str) -> bool {
        self.beginning(prefix).any(|(_, value)| !value.is_empty())
    }

    /// Every label that begins like this.
    pub fn beginning<'p>(&self, prefix: &'p str) -> impl Iterator<Item = (&'l str, &'l str)> + use<'l, 'p> {
        self.labels
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(name, _)| name.starts_with(prefix))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A truth value in one of Go's spellings.
    pub fn bool(&self, label: &str, default: bool) -> bool {
        self.parsed(label, default, parse_bool)
    }

    /// A decimal integer.
    pub fn int(&self, label: &str, default: i64) -> i64 {
        self.parsed(label, default, |text| parse_int(text, 64))
    }

    /// A list: items between commas, trimmed, empty ones left out.
    pub fn list(&self, label: &str) -> Vec<String> {
        let Some(value) = self.labels.get(label) else { return Vec::new() };
        let items = trimmed_items(value);
        if items.is_empty() {
            self.note(label, value, LabelProblem::NothingLeft);
        }
        items
    }

    /// A map: `Name:value` pairs between `||`, with names in the canonical form of headers.
    pub fn map(&self, label: &str) -> BTreeMap<String, String> {
        let Some(value) = self.labels.get(label) else { return BTreeMap::new() };
        let mut entries = BTreeMap::new();
        for part in value.split("||").filter(|_| !value.is_empty()) {
            match part.split_once(':') {
                Some((name, value)) => {
                    entries.insert(canonical_header(name.trim()), value.trim().to_owned());
                }
                None => self.note(label, value, LabelProblem::EntryWithoutColon(part.to_owned())),
            }
        }
        if entries.is_empty() {
            self.note(label, value, LabelProblem::NothingLeft);
        }
        entries
    }

    fn parsed<T: Copy + fmt::Display>(
        &self,
        label: &str,
        default: T,
        parse: impl Fn(&str) -> Result<T, InvalidText>,
    ) -> T {
        let Some(value) = self.labels.get(label) else { return default };
        parse(value).unwrap_or_else(|error| {
            let problem = LabelProblem::Unparsed { why: error.to_string(), fallback: default.to_string() };
            self.note(label, value, problem);
            default
        })
    }
}

/// Items between commas, trimmed, empty ones left out.
pub(crate) fn trimmed_items(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
