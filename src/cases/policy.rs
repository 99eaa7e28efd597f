//! `policy`: whether a set of IAM policies allows one action on one resource, and which statements decide.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::iam::{self, Context, Key, Layer, Place, Policies, Policy, Proof, Request, Verdict};

pub(super) const KIND: Kind = Kind {
    id: "policy",
    fields: &[
        "name",
        "kind",
        "policies",
        "boundary",
        "scps",
        "session",
        "request",
        "want",
        "deciding",
        "blocked_by",
        "ignored_context",
        "source",
        "agree",
        "differ",
        "note",
    ],
    told_by: &["policies", "request", "want", "deciding"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let policies = policies(case)?;
    let request = request(case)?;
    let proof = iam::evaluate(&policies, &request);
    let mut mismatches = Vec::new();
    let want = text(case.get("want"), "want")?;
    let verdict = word(proof.verdict());
    if want != verdict {
        mismatches.push(Mismatch { what: "want".to_owned(), expected: want.to_owned(), actual: verdict.to_owned() });
    }
    compare("deciding", &wanted_deciding(case)?, &deciding(&proof), &mut mismatches);
    if let Some(wanted) = wanted_blocking(case)? {
        compare("blocked_by", &wanted, &blocking(&proof), &mut mismatches);
    }
    Ok(Outcome::of(mismatches))
}

fn compare(what: &str, expected: &BTreeSet<String>, actual: &BTreeSet<String>, mismatches: &mut Vec<Mismatch>) {
    if expected != actual {
        let shown = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
        mismatches.push(Mismatch { what: what.to_owned(), expected: shown(expected), actual: shown(actual) });
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitlyDenied => "explicitly_denied",
        Verdict::ImplicitlyDenied => "implicitly_denied",
    }
}

/// A statement as a case names it: its document, its number, its Sid.
fn named(place: &str, statement: u64, sid: Option<&str>) -> String {
    let sid = sid.map(|sid| format!(" ({sid})")).unwrap_or_default();
    format!("{place} statement {statement}{sid}")
}

fn deciding(proof: &Proof<'_>) -> BTreeSet<String> {
    let one = |place: Place, index: usize, sid: Option<&str>| named(&place.to_string(), index as u64, sid);
    proof
        .deciding()
        .iter()
        .map(|deciding| one(deciding.place, deciding.statement.index, deciding.statement.sid.as_deref()))
        .collect()
}

fn wanted_deciding(case: &Map<String, Value>) -> Result<BTreeSet<String>, Malformed> {
    let Some(Value::Array(wanted)) = case.get("deciding") else { return Err(malformed("deciding is a list")) };
    wanted
        .iter()
        .map(|one| {
            let statement = one["statement"].as_u64().ok_or_else(|| malformed("deciding[].statement is a number"))?;
            Ok(named(text(one.get("policy"), "deciding[].policy")?, statement, one["sid"].as_str()))
        })
        .collect()
}

/// The layers that block what the identity policies grant.
fn blocking(proof: &Proof<'_>) -> BTreeSet<String> {
    if proof.verdict() != Verdict::ImplicitlyDenied || proof.lacking.contains(&Layer::Identity) {
        return BTreeSet::new();
    }
    let name = |layer: &Layer| match layer {
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Scp(_) => "scp",
        Layer::Session => "session",
    };
    proof.lacking.iter().map(|layer| name(layer).to_owned()).collect()
}

/// A case that names no blocking layer expects none in particular.
fn wanted_blocking(case: &Map<String, Value>) -> Result<Option<BTreeSet<String>>, Malformed> {
    match case.get("blocked_by") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(layers)) => layers
            .iter()
            .map(|layer| text(Some(layer), "blocked_by").map(str::to_owned))
            .collect::<Result<_, _>>()
            .map(Some),
        Some(_) => Err(malformed("blocked_by is a list")),
    }
}

/// All policies of a case.
pub(super) fn policies(case: &Map<String, Value>) -> Result<Policies, Malformed> {
    let scps = match case.get("scps") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(levels)) => {
            levels.iter().map(|level| documents(Some(level), "scps[]")).collect::<Result<_, _>>()?
        }
        Some(_) => return Err(malformed("scps is a list of levels")),
    };
    Ok(Policies {
        identity: documents(case.get("policies"), "policies")?,
        boundary: optional(case.get("boundary"), "boundary")?,
        scps,
        session: optional(case.get("session"), "session")?,
    })
}

fn documents(value: Option<&Value>, what: &str) -> Result<Vec<Policy>, Malformed> {
    match value {
        Some(Value::Array(documents)) => documents.iter().map(|document| policy(document, what)).collect(),
        _ => Err(malformed(&format!("{what} is a list of policies"))),
    }
}

fn optional(value: Option<&Value>, what: &str) -> Result<Option<Policy>, Malformed> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(document) => policy(document, what).map(Some),
    }
}

/// A document of the right shape, whatever else IAM would refuse in it.
fn policy(document: &Value, what: &str) -> Result<Policy, Malformed> {
    let reading = iam::read(&document.to_string());
    let why = reading.findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
    reading.policy.ok_or_else(|| malformed(&format!("{what} has no policy: {why}")))
}

/// The request of a case; what stands under `ignored_context` AWS never supplies.
pub(super) fn request(case: &Map<String, Value>) -> Result<Request, Malformed> {
    let Some(request) = case.get("request") else { return Err(malformed("there is no request")) };
    let mut context = Context::default();
    if let Some(Value::Object(keys)) = request.get("context") {
        for (key, value) in keys {
            context.set(Key::new(key), values(value)?);
        }
    }
    Ok(Request {
        action: text(request.get("action"), "request.action")?.to_owned(),
        resource: text(request.get("resource"), "request.resource")?.to_owned(),
        context,
    })
}

fn values(value: &Value) -> Result<Vec<String>, Malformed> {
    match value {
        Value::Array(items) => items.iter().map(values).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat()),
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Number(number) => Ok(vec![number.to_string()]),
        Value::Bool(value) => Ok(vec![value.to_string()]),
        _ => Err(malformed("a value of request.context is a text or a list of texts")),
    }
}

pub(super) fn text<'a>(value: Option<&'a Value>, what: &str) -> Result<&'a str, Malformed> {
    value.and_then(Value::as_str).ok_or_else(|| malformed(&format!("{what} is a text")))
}

pub(super) fn malformed(why: &str) -> Malformed {
    Malformed(why.to_owned())
}
