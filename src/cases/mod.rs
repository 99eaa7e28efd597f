//! Runs tables of cases: an input beside the outcome that is expected of it.
//!
//! One runner serves `ecsroute test`, where users keep tables of their own, and the reference answers in
//! `tests/vectors/`. It only compares; what is compared is computed by the same code that every command uses.

mod constraint;
mod labels;
mod pipeline;
mod policy;
mod policy_invalid;
mod policy_unknown;
mod route;
mod rule;
mod settings;
mod template;
mod v1_pipeline;
mod v1_rule;
mod versions;
mod world;

use serde_json::{Map, Value};

pub use v1_pipeline::settings as v1_settings;
pub use world::World;

/// What became of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that was expected came out.
    Passed,
    /// At least one thing came out differently.
    Failed(Vec<Mismatch>),
    /// The case means nothing here; the text says why.
    Skipped(String),
}

impl Outcome {
    /// Passed where there is no mismatch, failed otherwise.
    pub fn of(mismatches: Vec<Mismatch>) -> Self {
        if mismatches.is_empty() { Self::Passed } else { Self::Failed(mismatches) }
    }
}

/// One expectation that did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Which part of the case: a field's path such as `want.priority`.
    pub what: String,
    /// What the case says.
    pub expected: String,
    /// What came out.
    pub actual: String,
}

/// The case itself is wrong: a field that is not known, or nothing that is expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(pub String);

/// One kind of case.
pub struct Kind {
    /// The name that `--kind` takes.
    pub id: &'static str,
    /// Every field that a case of this kind may have.
    pub fields: &'static [&'static str],
    /// Fields that tell this kind when no kind is given: all of them must be there.
    pub told_by: &'static [&'static str],
    /// Runs one case.
    pub run: fn(&Map<String, Value>) -> Result<Outcome, Malformed>,
}

/// Every kind of case, the more telling before the less: the first that fits is taken.
pub const KINDS: &[Kind] = &[
    versions::KIND,
    constraint::KIND,
    labels::KIND,
    pipeline::KIND,
    settings::KIND,
    template::KIND,
    route::KIND,
    rule::KIND,
    v1_pipeline::KIND,
    v1_rule::KIND,
    policy::KIND,
    policy_unknown::KIND,
    policy_invalid::KIND,
];

/// The kind that the fields of a case tell.
pub fn kind_of(case: &Map<String, Value>) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.told_by.iter().all(|field| case.contains_key(*field)))
}

/// Runs one case of a kind.
///
/// # Errors
/// When the case has a field that its kind doesn't know: it might be meant as an expectation.
pub fn run(kind: &Kind, case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    match case.keys().find(|field| !kind.fields.contains(&field.as_str())) {
        Some(field) => Err(Malformed(format!(
            "a case of kind {} has no field `{field}`; it has {}",
            kind.id,
            kind.fields.join(", ")
        ))),
        None => (kind.run)(case),
    }
}
