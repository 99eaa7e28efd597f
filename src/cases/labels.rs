//! `labels`: what a set of labels decodes to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::decode::{DecodeError, Setting, Struct};
use crate::dynamic::{self, Configuration, schema};
use crate::model::{Release, Text};
use crate::pipeline::enabled;

pub(super) const KIND: Kind = Kind {
    id: "labels",
    fields: &["name", "labels", "want", "hidden", "error", "exposedByDefaultTrue", "exposedByDefaultFalse", "note"],
    told_by: &["labels"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let labels = labels_of(case)?;
    let mut mismatches = Vec::new();
    let result = case
        .get("want")
        .map_or_else(|| case.get("error").map(|error| json!({ "error": error })), |want| Some(want.clone()));
    let given = ["exposedByDefaultTrue", "exposedByDefaultFalse"].map(|field| case.get(field));
    if result.is_none() && given.iter().all(Option::is_none) {
        return Err(Malformed("a case of kind labels has `want`, `error` or an `exposedByDefault…`".to_owned()));
    }
    if let Some(result) = result {
        mismatches.extend(compare(&labels, Release::default(), &result, case.get("hidden"), Wording::Exact));
    }
    for (field, default) in ["exposedByDefaultTrue", "exposedByDefaultFalse"].into_iter().zip([true, false]) {
        if let Some(want) = case.get(field) {
            mismatches.extend(differs(field, want, &enabled_as(&labels, default)));
        }
    }
    Ok(Outcome::of(mismatches))
}

/// How an error is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// Its text counts, save for crashes.
    Exact,
    /// That there is one counts.
    Any,
}

/// The labels of a case.
pub(super) fn labels_of(case: &Map<String, Value>) -> Result<BTreeMap<Text, Text>, Malformed> {
    let given = case.get("labels").cloned().unwrap_or_default();
    serde_json::from_value(given).map_err(|error| Malformed(format!("`labels` is a map of texts: {error}")))
}

/// Compares what labels decode to in a release with the result that a case gives: a configuration, or an error.
pub(super) fn compare(
    labels: &BTreeMap<Text, Text>,
    release: Release,
    result: &Value,
    hidden: Option<&Value>,
    wording: Wording,
) -> Vec<Mismatch> {
    let decoded = Configuration::from_labels(labels, release);
    let error = result.get("error");
    match (&decoded, error) {
        (Ok(decoded), None) => {
            let actual = decoded.json(release);
            let unseen = json!(hidden_of(decoded, release));
            let none = json!({});
            differs("want", result, &actual)
                .into_iter()
                .chain(differs("hidden", hidden.unwrap_or(&none), &unseen))
                .collect()
        }
        (Err(_), Some(_)) if wording == Wording::Any => Vec::new(),
        (Err(actual), Some(error)) => {
            if error["panic"] == true && actual.problem.is_panic() {
                return Vec::new();
            }
            differs("error.message", &error["message"], &json!(actual.to_string())).into_iter().collect()
        }
        (Ok(decoded), Some(error)) => vec![mismatch("error", error, &decoded.json(release))],
        (Err(error), None) => vec![mismatch("want", result, &error_json(error))],
    }
}

fn error_json(error: &DecodeError) -> Value {
    json!({ "error": { "message": error.to_string() } })
}

fn enabled_as(labels: &BTreeMap<Text, Text>, default: bool) -> Value {
    match enabled(labels, default) {
        Ok(by) => json!({ "enable": by.is_enabled() }),
        Err(error) => error_json(&error),
    }
}

fn differs(what: &str, expected: &Value, actual: &Value) -> Option<Mismatch> {
    (expected != actual).then(|| mismatch(what, expected, actual))
}

fn mismatch(what: &str, expected: &Value, actual: &Value) -> Mismatch {
    Mismatch { what: what.to_owned(), expected: expected.to_string(), actual: actual.to_string() }
}

/// Texts that were decoded and that JSON doesn't show, by their path.
fn hidden_of(configuration: &Configuration, release: Release) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(configuration.root(), release, "", &mut found);
    found
}

fn collect(value: &Struct, release: Release, path: &str, found: &mut BTreeMap<String, String>) {
    for (slot, field) in schema(release).type_of(value.kind()).slots() {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        match value.get(slot) {
            dynamic::Value::Text(text) if !field.in_json && field.label != Setting::Hidden && !text.is_empty() => {
                found.insert(path, text.to_string());
            }
            dynamic::Value::Struct(inner) => collect(inner, release, &path, found),
            dynamic::Value::Map(entries) => {
                for (key, entry) in entries.iter() {
                    if let Some(inner) = entry.as_struct() {
                        collect(inner, release, &format!("{path}.{key}"), found);
                    }
                }
            }
            dynamic::Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if let Some(inner) = item.as_struct() {
                        collect(inner, release, &format!("{path}[{index}]"), found);
                    }
                }
            }
            _ => {}
        }
    }
}
