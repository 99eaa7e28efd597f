//! What `doctor` found: a line for each thing that must be right first, with a mark and what to do.

use std::fmt::Write as _;

use serde_json::json;

use crate::render::{Mark, Styles, printable};

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// Worth a look.
    Look,
    /// Wrong.
    Bad,
    /// Not looked up, which is no failure.
    Unknown,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Look => "look",
            Self::Bad => "wrong",
            Self::Unknown => "not-looked-up",
        }
    }

    fn mark(self) -> Mark {
        match self {
            Self::Good => Mark::Good,
            Self::Look => Mark::Look,
            Self::Bad => Mark::Bad,
            Self::Unknown => Mark::Aside,
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What: a stable id.
    pub id: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do.
    pub todo: Vec<String>,
}

impl Check {
    /// A thing without anything to do.
    pub fn new(id: &'static str, state: State, found: impl Into<String>) -> Self {
        Self { id, state, found: found.into(), todo: Vec::new() }
    }

    /// What to do about it.
    #[must_use]
    pub fn todo(mut self, what: impl Into<String>) -> Self {
        self.todo.push(what.into());
        self
    }
}

/// For reading.
pub fn text(checks: &[Check], styles: Styles) -> Vec<u8> {
    let width = checks.iter().map(|check| check.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for check in checks {
        let id = format!("{:width$}", check.id);
        let _ = writeln!(text, "{} {id}  {}", styles.mark(check.state.mark()), printable(&check.found));
        for todo in &check.todo {
            let _ = writeln!(text, "  {:width$}  → {}", "", printable(todo));
        }
    }
    text.into_bytes()
}

/// For programs.
pub fn json(checks: &[Check]) -> Vec<u8> {
    let ok = checks.iter().all(|check| check.state != State::Bad);
    let shown: Vec<_> = checks
        .iter()
        .map(|check| json!({ "id": check.id, "state": check.state.name(), "found": check.found, "todo": check.todo }))
        .collect();
    format!("{:#}\n", json!({ "schema": "ecsroute.doctor/1", "ok": ok, "checks": shown })).into_bytes()
}
