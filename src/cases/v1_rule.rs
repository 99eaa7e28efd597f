//! Cases of the v1 rule language: is a rule valid, which requests does it take, and what does its backend get?

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::v1::rule::{Answer, Forward, Modifiers, Request, Rule, answer, domains};

pub(super) const KIND: Kind = Kind {
    id: "v1-rule",
    fields: &[
        "name",
        "note",
        "rule",
        "valid",
        "error",
        "panic",
        "domains",
        "domainsError",
        "priority",
        "modifiers",
        "requests",
    ],
    told_by: &["rule", "valid", "domains", "requests"],
    run,
};

#[derive(Deserialize)]
struct Case {
    rule: String,
    valid: bool,
    domains: Vec<String>,
    priority: Option<usize>,
    #[serde(default)]
    modifiers: Value,
    requests: Vec<RequestCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestCase {
    method: String,
    host: String,
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    #[serde(rename = "match")]
    matches: bool,
    status: u16,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    forward: Value,
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let case: Case =
        serde_json::from_value(Value::Object(case.clone())).map_err(|error| Malformed(error.to_string()))?;
    let rule = Rule::parse(&case.rule);
    let mut found = Vec::new();
    differ(&mut found, "valid", &json!(case.valid), &json!(rule.is_ok()));
    differ(&mut found, "domains", &json!(case.domains), &json!(domains(&case.rule).unwrap_or_default()));
    if let Ok(rule) = &rule {
        if let Some(priority) = case.priority {
            differ(&mut found, "priority", &json!(priority), &json!(rule.priority()));
        }
        let expected = if case.modifiers.is_null() { json!({}) } else { case.modifiers };
        differ(&mut found, "modifiers", &expected, &modifiers(rule.modifiers()));
        for (index, request) in case.requests.iter().enumerate() {
            request.compare(index, rule, &mut found)?;
        }
    }
    Ok(Outcome::of(found))
}

impl RequestCase {
    fn compare(&self, index: usize, rule: &Rule, found: &mut Vec<Mismatch>) -> Result<(), Malformed> {
        let Answer { taken, status, location, forward } = answer([rule], &self.request()?);
        let mut differ = |what: &str, expected: &Value, actual: &Value| {
            differ(found, &format!("requests[{index}].{what}"), expected, actual);
        };
        differ("match", &json!(self.matches), &json!(taken.is_some()));
        differ("status", &json!(self.status), &json!(status));
        differ("location", &json!(self.location), &json!(location));
        differ("forward", &self.forward, &forward.as_ref().map_or(Value::Null, forwarded));
        Ok(())
    }

    fn request(&self) -> Result<Request, Malformed> {
        let request = Request::new(&self.method, &self.host, &self.path, &self.query)
            .map_err(|error| Malformed(error.to_string()))?;
        let headers = self.headers.iter().flatten();
        Ok(headers.fold(request, |request, (name, values)| {
            let values = values.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            request.header(name, values.collect())
        }))
    }
}

fn modifiers(modifiers: &Modifiers) -> Value {
    let list = |items: &[String]| if items.is_empty() { Value::Null } else { json!(items) };
    present([
        ("stripPrefixes", list(&modifiers.strip_prefixes)),
        ("stripPrefixesRegex", list(&modifiers.strip_prefixes_regex)),
        ("addPrefix", json!(modifiers.add_prefix)),
        ("replacePath", json!(modifiers.replace_path)),
        ("replacePathRegex", json!(modifiers.replace_path_regex)),
    ])
}

fn forwarded(forward: &Forward) -> Value {
    let joined = |values: &[Vec<u8>]| {
        if values.is_empty() { Value::Null } else { json!(String::from_utf8_lossy(&values.join(&b','))) }
    };
    present([
        ("path", json!(String::from_utf8_lossy(&forward.path))),
        ("requestURI", json!(forward.request_uri)),
        ("xForwardedPrefix", joined(&forward.forwarded_prefix)),
        ("xReplacedPath", joined(&forward.replaced_path)),
    ])
}

/// An object of the values that are there.
fn present<const N: usize>(fields: [(&str, Value); N]) -> Value {
    fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn differ(found: &mut Vec<Mismatch>, what: &str, expected: &Value, actual: &Value) {
    if expected != actual {
        found.push(Mismatch { what: what.to_owned(), expected: expected.to_string(), actual: actual.to_string() });
    }
}
