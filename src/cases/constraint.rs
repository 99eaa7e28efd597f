//! Cases of kind `constraint`: do these labels satisfy this expression?

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::constraint::Constraint;
use crate::golang::expression::Problem;
use crate::model::Text;

pub(super) const KIND: Kind = Kind {
    id: "constraint",
    fields: &["name", "expression", "labels", "want", "error"],
    told_by: &["expression"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let expression = case
        .get("expression")
        .and_then(Value::as_str)
        .ok_or_else(|| Malformed("`expression` is the text of the constraint".to_owned()))?;
    let labels = labels(case.get("labels").unwrap_or(&Value::Null))?;
    let expected = expected(case)?;
    let actual = match Constraint::parse(expression) {
        Ok(constraint) => match constraint.judge(&labels) {
            Ok(proof) => proof.holds().to_string(),
            // Not `error: `, which would pass for Traefik's.
            Err(unanswered) => format!("not known: {unanswered}"),
        },
        Err(error) if error.problem == Problem::BeyondBounds => format!("not known: {error}"),
        Err(error) => format!("error: {error}"),
    };
    let same = if expected == "error" { actual.starts_with("error: ") } else { expected == actual };
    let what = if expected == "error" { "error" } else { "want" };
    Ok(Outcome::of(if same { Vec::new() } else { vec![Mismatch { what: what.to_owned(), expected, actual }] }))
}

fn labels(given: &Value) -> Result<BTreeMap<Text, Text>, Malformed> {
    let wrong = || Malformed("`labels` is an object of texts, or null".to_owned());
    match given {
        Value::Null => Ok(BTreeMap::new()),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| Ok((Text::from(key.as_str()), Text::from(value.as_str().ok_or_else(wrong)?))))
            .collect(),
        _ => Err(wrong()),
    }
}

/// `true`, `false`, or `error` where any error will do.
fn expected(case: &Map<String, Value>) -> Result<String, Malformed> {
    match (case.get("want"), case.get("error")) {
        (Some(Value::Bool(want)), None) => Ok(want.to_string()),
        (None, Some(Value::Object(_))) => Ok("error".to_owned()),
        _ => Err(Malformed("a constraint's case has `want` (true or false), or `error`".to_owned())),
    }
}
