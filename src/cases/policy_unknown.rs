//! `policy-unknown`: whether an action is allowed always, never, or only if, where some keys are not known.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::policy::{malformed, policies, request, text};
use super::{Kind, Malformed, Mismatch, Outcome};
use crate::iam::{self, Asked, Key, Knowledge, Question, Unknown};

pub(super) const KIND: Kind = Kind {
    id: "policy-unknown",
    fields: &[
        "name",
        "kind",
        "policies",
        "boundary",
        "scps",
        "session",
        "request",
        "unknown",
        "want",
        "allowed_when",
        "denied_when",
        "discovery",
        "source",
        "agree",
        "differ",
        "note",
    ],
    told_by: &["policies", "request", "unknown", "want"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let policies = policies(case)?;
    let request = request(case)?;
    let Some(Value::Array(unknown)) = case.get("unknown") else { return Err(malformed("unknown is a list of keys")) };
    let unknown: BTreeSet<Key> =
        unknown.iter().map(|key| text(Some(key), "unknown").map(Key::new)).collect::<Result<_, _>>()?;
    let knowledge = Knowledge { known: request.context, unknown: Unknown::Only(unknown) };
    let question = Question { action: request.action, resource: Asked::One(request.resource), knowledge };
    let outcome = match iam::answer(&policies, &question).outcome() {
        iam::Outcome::Always => "always",
        iam::Outcome::Never => "never",
        iam::Outcome::Conditional => "conditional",
    };
    let want = text(case.get("want"), "want")?;
    if !matches!(want, "always" | "never" | "conditional") {
        return Err(malformed("want is always, never or conditional"));
    }
    let mismatch = Mismatch { what: "want".to_owned(), expected: want.to_owned(), actual: outcome.to_owned() };
    Ok(Outcome::of(if want == outcome { Vec::new() } else { vec![mismatch] }))
}
