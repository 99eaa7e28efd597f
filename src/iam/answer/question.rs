//! What is asked, and what is known of the request.

use std::collections::BTreeSet;

use super::super::glob::{Glob, Token};
use super::super::key::Key;
use super::super::request::Context;

/// What is asked, with what is known of it.
#[derive(Debug, Clone)]
pub struct Question {
    /// The action with its service's prefix.
    pub action: String,
    /// On what.
    pub resource: Asked,
    /// What is known of the request.
    pub knowledge: Knowledge,
}

/// On which resource an action is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// This one, or `*`.
    One(String),
    /// Every resource whose ARN is this text followed by an id.
    EveryIdAfter(String),
}

/// What is known of a request.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// Keys with their values.
    pub known: Context,
    /// Of which keys nothing is known.
    pub unknown: Unknown,
}

/// Of which keys nothing is known.
#[derive(Debug, Clone)]
pub enum Unknown {
    /// These; each may be absent or have any value. All others are absent.
    Only(BTreeSet<Key>),
    /// All but these, which are absent. Keys that every request has are not taken for absent.
    AllBut(BTreeSet<Key>),
}

impl Default for Unknown {
    fn default() -> Self {
        Self::Only(BTreeSet::new())
    }
}

/// How many digits the id of a task or a container instance has.
const ID_LENGTH: usize = 32;

impl Asked {
    /// Every ARN that is asked for, as a pattern; `None` where it is one.
    pub(in super::super) fn domain(&self) -> Option<Glob> {
        let Self::EveryIdAfter(start) = self else { return None };
        let mut tokens: Vec<Token> = start.chars().map(Token::Exactly).collect();
        tokens.extend([Token::Digit; ID_LENGTH]);
        Some(Glob::new(tokens, false))
    }
}

impl Knowledge {
    /// Takes every key that isn't known for absent.
    pub(in super::super) fn absent_otherwise(&mut self) {
        self.unknown = Unknown::Only(BTreeSet::new());
    }

    /// Whether a key is unknown, and if so whether it may be absent.
    pub(in super::super) fn is_unknown(&self, key: &Key, action: &str) -> Option<bool> {
        if self.known.values(key).is_some() || !key.applies_to(action) {
            return None;
        }
        match &self.unknown {
            _ if key.is_resource() || key.computed_from().is_some() => Some(false),
            Unknown::Only(keys) => keys.contains(key).then_some(true),
            Unknown::AllBut(absent) => (!absent.contains(key)).then(|| !key.is_always_there()),
        }
    }
}
