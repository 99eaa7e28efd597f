//! The two matchers, and what they found.

use std::collections::BTreeMap;
use std::fmt;

use crate::golang::expression::{Call, ExpressionError, Problem};
use crate::golang::regexp::{Regexp, RegexpError};
use crate::model::Text;

pub(super) const LABEL: &str = "Label";
pub(super) const LABEL_REGEX: &str = "LabelRegex";

/// A matcher: a label, and what its value must be.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    /// Escapes can make it something that no label is called.
    key: Vec<u8>,
    value: Pattern,
}

#[derive(Debug, Clone)]
enum Pattern {
    Equal(Vec<u8>),
    /// Searched, not anchored.
    Matching(Regexp),
    Uncompilable(RegexpError),
}

/// What a matcher looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The label's name; names are compared exactly.
    pub key: String,
    /// What its value had to be.
    pub wanted: Wanted,
    /// Its value; a label that is absent counts as one with an empty value.
    pub found: Option<Text>,
}

/// What a label's value had to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This text.
    Equal(String),
    /// One in which this regular expression finds something.
    Matching(String),
    /// Nothing can match: the regular expression doesn't compile. Traefik says nothing of it.
    Uncompilable(RegexpError),
}

impl Matcher {
    /// The matcher of a call that has two arguments.
    ///
    /// # Errors
    /// Where its regular expression is too large to be compiled here, though not for Go.
    pub(super) fn new(call: &Call) -> Result<Self, ExpressionError> {
        let argument = |index: usize| call.arguments.get(index).map(|found| found.value.clone()).unwrap_or_default();
        let value = if call.name == LABEL_REGEX {
            match Regexp::compile_bytes(&argument(1)) {
                Ok(regexp) => Pattern::Matching(regexp),
                Err(error) if error.is_unknown() => {
                    let span = call.arguments.get(1).map_or(call.name_span, |argument| argument.span);
                    return Err(ExpressionError { span, problem: Problem::BeyondBounds });
                }
                Err(error) => Pattern::Uncompilable(error),
            }
        } else {
            Pattern::Equal(argument(1))
        };
        Ok(Self { key: argument(0), value })
    }

    /// What asking it may cost at most, in nanoseconds or so, about a value of so many bytes.
    pub(super) fn effort(&self, bytes: usize) -> u64 {
        match &self.value {
            Pattern::Matching(regexp) => regexp.effort(bytes),
            Pattern::Equal(_) | Pattern::Uncompilable(_) => 0,
        }
    }

    /// The same about the value that it has among these labels.
    pub(super) fn effort_on(&self, labels: &BTreeMap<Text, Text>) -> u64 {
        self.effort(self.found(labels).map(|text| text.len()).unwrap_or_default())
    }

    fn found<'l>(&self, labels: &'l BTreeMap<Text, Text>) -> Option<&'l Text> {
        labels.get(std::str::from_utf8(&self.key).ok()?)
    }

    pub(super) fn holds(&self, labels: &BTreeMap<Text, Text>) -> bool {
        let value = self.found(labels).map(|text| text.as_bytes()).unwrap_or_default();
        match &self.value {
            Pattern::Equal(wanted) => wanted == value,
            Pattern::Matching(regexp) => regexp.is_match(value),
            Pattern::Uncompilable(_) => false,
        }
    }

    pub(super) fn evidence(&self, labels: &BTreeMap<Text, Text>) -> Evidence {
        Evidence {
            key: String::from_utf8_lossy(&self.key).into_owned(),
            wanted: match &self.value {
                Pattern::Equal(wanted) => Wanted::Equal(String::from_utf8_lossy(wanted).into_owned()),
                Pattern::Matching(regexp) => Wanted::Matching(regexp.source().to_owned()),
                Pattern::Uncompilable(error) => Wanted::Uncompilable(error.clone()),
            },
            found: self.found(labels).cloned(),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        match &self.found {
            Some(value) => write!(f, "the label `{key}` is `{value}`")?,
            None => write!(f, "there is no label `{key}`, which counts as an empty one")?,
        }
        match &self.wanted {
            Wanted::Uncompilable(error) => write!(f, "; {error}: matches nothing, and Traefik doesn't say so"),
            Wanted::Equal(_) | Wanted::Matching(_) => Ok(()),
        }
    }
}
