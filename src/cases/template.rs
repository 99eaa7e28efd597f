//! Cases of kind `template`: a default rule, a service, and what comes out.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::model::Text;
use crate::template::{Ambient, Data, Template, TemplateError};

/// The kind.
pub(super) const KIND: Kind = Kind {
    id: "template",
    fields: &["name", "template", "data", "env", "want", "want_base64", "error", "note"],
    told_by: &["template", "data"],
    run,
};

/// Chance and clock are the same in every run; no case may depend on them.
const SEED: u64 = 0;

/// What a case expects.
enum Expected<'a> {
    Text(&'a str),
    Bytes(Vec<u8>),
    Error { stage: Option<&'a str>, message: Option<&'a str> },
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let template = text(case, "template")?.ok_or_else(|| Malformed("`template` is missing".to_owned()))?;
    let expected = expected(case)?;
    let data = case.get("data").and_then(Value::as_object);
    let data = data.ok_or_else(|| Malformed("`data` is not an object with Name and Labels".to_owned()))?;
    if let Some(other) = data.keys().find(|key| !matches!(key.as_str(), "Name" | "Labels")) {
        return Err(Malformed(format!("`data` has Name and Labels, and no field `{other}`")));
    }
    let labels = labels(data.get("Labels"))?;
    let name = text(data, "Name")?.unwrap_or_default();
    let ambient = Ambient { environment: texts(case.get("env"), "env")?, now: jiff::Timestamp::UNIX_EPOCH, seed: SEED };
    let rendered = Template::parse(template)
        .and_then(|template| template.render(&Data { name, labels: labels.as_ref() }, &ambient));
    Ok(Outcome::of(mismatches(&expected, &rendered)))
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, Malformed> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Malformed(format!("`{name}` is not a string"))),
    }
}

fn texts(value: Option<&Value>, name: &str) -> Result<BTreeMap<String, String>, Malformed> {
    let malformed = || Malformed(format!("`{name}` is not an object of strings"));
    match value {
        None | Some(Value::Null) => Ok(BTreeMap::new()),
        Some(Value::Object(entries)) => entries
            .iter()
            .map(|(key, value)| Ok((key.clone(), value.as_str().ok_or_else(malformed)?.to_owned())))
            .collect(),
        Some(_) => Err(malformed()),
    }
}

/// The labels; null is a nil map.
fn labels(value: Option<&Value>) -> Result<Option<BTreeMap<Text, Text>>, Malformed> {
    if matches!(value, None | Some(Value::Null)) {
        return Ok(None);
    }
    let entries = texts(value, "data.Labels")?;
    Ok(Some(entries.into_iter().map(|(key, value)| (Text::from(key), Text::from(value))).collect()))
}

fn expected(case: &Map<String, Value>) -> Result<Expected<'_>, Malformed> {
    if let Some(error) = case.get("error") {
        let fields = error.as_object().ok_or_else(|| Malformed("`error` is not an object".to_owned()))?;
        if let Some(other) = fields.keys().find(|key| !matches!(key.as_str(), "stage" | "message")) {
            return Err(Malformed(format!("`error` has stage and message, and no field `{other}`")));
        }
        return Ok(Expected::Error { stage: text(fields, "stage")?, message: text(fields, "message")? });
    }
    if let Some(base64) = text(case, "want_base64")? {
        let bytes = STANDARD.decode(base64).map_err(|error| Malformed(format!("`want_base64`: {error}")))?;
        return Ok(Expected::Bytes(bytes));
    }
    text(case, "want")?
        .map(Expected::Text)
        .ok_or_else(|| Malformed("the case expects nothing: give `want`, `want_base64` or `error`".to_owned()))
}

fn mismatches(expected: &Expected<'_>, rendered: &Result<Vec<u8>, TemplateError>) -> Vec<Mismatch> {
    match (expected, rendered) {
        (Expected::Text(want), Ok(got)) if want.as_bytes() == got.as_slice() => Vec::new(),
        (Expected::Bytes(want), Ok(got)) if want == got => Vec::new(),
        (Expected::Error { stage, message }, Err(error)) => {
            let actual = error.to_string();
            let pairs = [("error.stage", stage, error.stage.name()), ("error.message", message, &actual)];
            let different = pairs.into_iter().filter_map(|(what, want, got)| {
                let want = want.filter(|want| *want != got)?;
                Some(mismatch(what, want.to_owned(), got.to_owned()))
            });
            different.collect()
        }
        (expected, rendered) => {
            let (what, want) = match expected {
                Expected::Text(want) => ("want", (*want).to_owned()),
                Expected::Bytes(want) => ("want_base64", STANDARD.encode(want)),
                Expected::Error { message, .. } => ("error", message.unwrap_or("an error").to_owned()),
            };
            let got = match (rendered, expected) {
                (Err(error), _) => error.to_string(),
                (Ok(got), Expected::Bytes(_)) => STANDARD.encode(got),
                (Ok(got), _) => String::from_utf8_lossy(got).into_owned(),
            };
            vec![mismatch(what, want, got)]
        }
    }
}

fn mismatch(what: &str, expected: String, actual: String) -> Mismatch {
    Mismatch { what: what.to_owned(), expected, actual }
}
