//! The answer over all that a request may be: always allowed, never, or only if.
//!
//! What isn't known is not absent. Every key that a policy asks about and that isn't known takes each of its choices in
//! turn; together they stand for all requests, so the answer is exact: "the team is edge" or "the team is not edge" is
//! always. A branch is left as soon as its outcome no longer hangs on what is open.

use std::collections::BTreeMap;

use super::choices::Choices;
use super::evaluate::{Layer, Policies};
use super::key::Key;
use super::request::Context;
use super::statement::{Effect, Statement};

mod part;
mod question;
mod spaces;

use part::Part;
pub use question::{Asked, Knowledge, Question, Unknown};

/// The most branches that are tried.
const MOST_BRANCHES: usize = 20_000;

/// The answer, with a request that shows each side of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether some request is allowed: what it knows beside what was known.
    pub allowed_when: Option<Context>,
    /// Whether some request is denied.
    pub denied_when: Option<Context>,
    /// The keys that the policies ask about and that aren't known.
    pub open: Vec<Key>,
    /// Whether every request was covered. If not, "always" and "never" are not proved, and it says "it depends".
    pub exact: bool,
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Whatever the request is.
    Always,
    /// Never, whatever the request is.
    Never,
    /// It depends.
    Conditional,
}

impl Answer {
    /// The answer in one word.
    pub fn outcome(&self) -> Outcome {
        match (&self.allowed_when, &self.denied_when) {
            (Some(_), None) if self.exact => Outcome::Always,
            (None, Some(_)) if self.exact => Outcome::Never,
            _ => Outcome::Conditional,
        }
    }
}

/// Answers a question.
pub fn answer(policies: &Policies, question: &Question) -> Answer {
    let mut search = Search::new(policies, question);
    search.descend(0);
    let open = search.keys.iter().map(|(key, _)| key.clone()).collect();
    Answer {
        allowed_when: search.allowed,
        denied_when: search.denied,
        open,
        exact: search.complete && search.branches < MOST_BRANCHES,
    }
}

/// A statement with what must hold for it, in places of the list of tests.
struct Candidate {
    layer: Layer,
    effect: Effect,
    tests: Vec<usize>,
}

struct Search<'a> {
    question: &'a Question,
    layers: Vec<Layer>,
    candidates: Vec<Candidate>,
    /// Each test with the number of keys that must be chosen before it can be decided.
    tests: Vec<(Part<'a>, usize)>,
    truth: Vec<Option<bool>>,
    keys: Vec<(Key, Choices)>,
    context: Context,
    complete: bool,
    branches: usize,
    allowed: Option<Context>,
    denied: Option<Context>,
}

impl<'a> Search<'a> {
    fn new(policies: &'a Policies, question: &'a Question) -> Self {
        let base = question.knowledge.known.supplied_for(&question.action);
        let mut search = Self {
            question,
            layers: policies.layers().into_iter().map(|(layer, _)| layer).collect(),
            candidates: Vec::new(),
            tests: Vec::new(),
            truth: Vec::new(),
            keys: Vec::new(),
            context: base,
            complete: true,
            branches: 0,
            allowed: None,
            denied: None,
        };
        for deciding in policies.statements() {
            search.consider(deciding.place.layer, deciding.statement);
        }
        let parts: Vec<Part<'a>> = search.tests.iter().map(|(part, _)| *part).collect();
        search.keys = spaces::choices_of(question, &search.context, &parts);
        search.complete = search.keys.iter().all(|(_, choices)| choices.complete);
        search.keys.sort_by_key(|(key, choices)| (choices.values.len(), key.clone()));
        for (part, needed) in &mut search.tests {
            let depth = |key: Key| search.keys.iter().position(|(known, _)| *known == key).map_or(0, |at| at + 1);
            *needed = part.unknown(question).into_iter().map(depth).max().unwrap_or(0);
        }
        search
    }

    /// Keeps a statement that may apply, with the parts that hang on what is open.
    fn consider(&mut self, layer: Layer, statement: &'a Statement) {
        let both = [Part::Action(statement), Part::Resource(statement)];
        let mut undecided = Vec::new();
        for part in both.into_iter().chain(statement.conditions.iter().map(Part::Condition)) {
            if !part.unknown(self.question).is_empty() {
                undecided.push((part, 0));
            } else if !part.holds(self.question, &self.context) {
                return;
            }
        }
        let first = self.tests.len();
        self.tests.extend(undecided);
        self.truth.resize(self.tests.len(), None);
        let tests = (first..self.tests.len()).collect();
        self.candidates.push(Candidate { layer, effect: statement.effect, tests });
    }

    /// Chooses the keys from `depth` on, in every way that can still matter.
    fn descend(&mut self, depth: usize) {
        self.branches += 1;
        for (at, (test, needed)) in self.tests.iter().enumerate() {
            if *needed == depth {
                self.truth[at] = Some(test.holds(self.question, &self.context));
            } else if *needed > depth {
                self.truth[at] = None;
            }
        }
        match self.decided() {
            Some(true) => _ = self.allowed.get_or_insert_with(|| self.context.clone()),
            Some(false) => _ = self.denied.get_or_insert_with(|| self.context.clone()),
            None => self.branch(depth),
        }
    }

    fn branch(&mut self, depth: usize) {
        let Some((key, choices)) = self.keys.get(depth) else { return };
        let (key, values) = (key.clone(), choices.values.clone());
        for value in values {
            if self.branches >= MOST_BRANCHES || self.allowed.is_some() && self.denied.is_some() {
                break;
            }
            match value {
                Some(values) => self.context.set(key.clone(), values),
                None => self.context.unset(&key),
            }
            self.descend(depth + 1);
        }
        self.context.unset(&key);
    }

    /// Whether the request is allowed, where that no longer hangs on what is open.
    fn decided(&self) -> Option<bool> {
        let mut denied = Some(false);
        let mut granted: BTreeMap<Layer, Option<bool>> =
            self.layers.iter().map(|layer| (*layer, Some(false))).collect();
        for candidate in &self.candidates {
            let applies = self.applies(candidate);
            let side = match candidate.effect {
                Effect::Deny => &mut denied,
                Effect::Allow => granted.entry(candidate.layer).or_insert(Some(false)),
            };
            *side = either(*side, applies);
        }
        let all = granted.into_values().fold(Some(true), both);
        both(denied.map(|denied| !denied), all)
    }

    fn applies(&self, candidate: &Candidate) -> Option<bool> {
        candidate.tests.iter().map(|test| self.truth[*test]).fold(Some(true), both)
    }
}

/// Kleene's "and".
fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Kleene's "or".
fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
