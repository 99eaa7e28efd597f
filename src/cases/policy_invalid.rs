//! `policy-invalid`: whether a text is refused, accepted with a warning, or accepted without.

use serde_json::{Map, Value};

use super::policy::{malformed, text};
use super::{Kind, Malformed, Mismatch, Outcome};
use crate::iam::{self, Reading, Severity};

pub(super) const KIND: Kind = Kind {
    id: "policy-invalid",
    fields: &["name", "kind", "text", "want", "code", "rejected_by", "source", "note"],
    told_by: &["text", "want", "rejected_by"],
    run,
};

/// What becomes of a text.
fn become_of(reading: &Reading) -> &'static str {
    match () {
        () if reading.is_refused() => "refused",
        () if reading.findings.iter().any(|finding| finding.severity == Severity::Warning) => "accepted with a warning",
        () => "accepted",
    }
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let reading = iam::read(text(case.get("text"), "text")?);
    let Some(Value::Object(want)) = case.get("want") else { return Err(malformed("want is an object")) };
    let Some(valid) = want.get("valid") else { return Err(malformed("want.valid is true, false or null")) };
    let coded = case.get("code").is_some_and(Value::is_string);
    let hinted = want.get("lint").and_then(Value::as_array).is_some_and(|lint| !lint.is_empty());
    let expected: &[&str] = match valid {
        Value::Bool(false) => &["refused"],
        Value::Bool(true) if coded => &["accepted with a warning"],
        // Some validator warns, and no finding is named: either is right.
        Value::Bool(true) if hinted => &["accepted", "accepted with a warning"],
        Value::Bool(true) => &["accepted"],
        Value::Null => &["refused", "accepted with a warning"],
        _ => return Err(malformed("want.valid is true, false or null")),
    };
    let actual = become_of(&reading);
    if expected.contains(&actual) {
        return Ok(Outcome::Passed);
    }
    let said: Vec<String> =
        reading.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
    Ok(Outcome::of(vec![Mismatch {
        what: "want.valid".to_owned(),
        expected: expected.join(" or "),
        actual: format!("{actual} ({})", said.join("; ")),
    }]))
}
