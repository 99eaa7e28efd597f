//! `pipeline`: one pass of the provider, from AWS records and settings to the dynamic configuration and the log.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Kind, Malformed, Mismatch, Outcome, World};
use crate::model::{Inventory, Release};
use crate::pipeline::{self, Ending, Run};
use crate::settings::Provider;
use crate::template::{Ambient, Template};

pub(super) const KIND: Kind = Kind {
    id: "pipeline",
    fields: &[
        "name",
        "settings",
        "env",
        "world",
        "want",
        "error",
        "logs",
        "calls",
        "requestRegions",
        "nondeterministic",
        "note",
    ],
    told_by: &["settings", "world", "logs"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let input = Input::read(case)?;
    let played = input.play(Release::default());
    let mut mismatches = Vec::new();
    let mut compared = false;
    if let Some(result) = result(case) {
        compared = true;
        mismatches.extend(compare_result(&played, &result));
    }
    let varies = |name: &str| case.get("nondeterministic").is_some_and(|names| names.to_string().contains(name));
    if let Some(regions) = case.get("requestRegions") {
        compared = true;
        let actual = json!(played.inventory.region.iter().collect::<Vec<_>>());
        mismatches.extend((*regions != actual).then(|| mismatch("requestRegions", regions, &actual)));
    }
    if let (Some(Value::Object(calls)), true) = (case.get("calls"), case.contains_key("want")) {
        mismatches.extend(compare_calls(&played, calls, varies));
    }
    if let (Some(Value::Array(lines)), false) = (case.get("logs"), varies("logs")) {
        compared = true;
        mismatches.extend(compare_logs(&played, lines));
    }
    if compared { Ok(Outcome::of(mismatches)) } else { Err(Malformed("the case expects nothing".to_owned())) }
}

/// What a case expects of the configuration: itself, or an error.
fn result(case: &Map<String, Value>) -> Option<Value> {
    case.get("want").cloned().or_else(|| Some(json!({ "error": case.get("error")? })))
}

/// What goes into a pass.
pub(super) struct Input {
    settings: Provider,
    environment: BTreeMap<String, String>,
    world: World,
}

impl Input {
    /// The input of a case.
    pub(super) fn read(case: &Map<String, Value>) -> Result<Self, Malformed> {
        let environment = case.get("env").cloned().filter(|given| !given.is_null());
        let environment = environment.map(serde_json::from_value).transpose();
        Ok(Self {
            settings: settings(case.get("settings").unwrap_or(&Value::Null))?,
            environment: environment
                .map_err(|error| Malformed(format!("`env` is a map of texts: {error}")))?
                .unwrap_or_default(),
            world: World::read(case.get("world").unwrap_or(&Value::Null))?,
        })
    }

    /// Plays the pass of a release. A default rule that can't be read keeps it from asking AWS anything.
    pub(super) fn play(&self, release: Release) -> Run {
        let inventory = match Template::parse(&self.settings.default_rule) {
            Ok(_) => self.world.pass(&self.settings, &self.environment, release),
            Err(_) => Inventory::default(),
        };
        let ambient = Ambient { environment: self.environment.clone(), ..Ambient::default() };
        pipeline::run(inventory, &self.settings, release, &ambient)
    }
}

/// The provider's options of a case; what is absent has its default.
fn settings(given: &Value) -> Result<Provider, Malformed> {
    let mut provider = Provider::default();
    let Some(given) = given.as_object() else { return Ok(provider) };
    for (name, value) in given {
        let wrong = || Malformed(format!("the setting `{name}` can't be {value}"));
        let flag = || value.as_bool().ok_or_else(wrong);
        let text = || value.as_str().ok_or_else(wrong);
        match name.as_str() {
            "constraints" => provider.constraints = text()?.into(),
            "defaultRule" => provider.default_rule = text()?.into(),
            "region" => provider.region = text()?.into(),
            "accessKeyID" => provider.access_key_id = text()?.into(),
            "exposedByDefault" => provider.exposed_by_default = flag()?,
            "autoDiscoverClusters" => provider.auto_discover_clusters = flag()?,
            "healthyTasksOnly" => provider.healthy_tasks_only = flag()?,
            "ecsAnywhere" => provider.ecs_anywhere = flag()?,
            "refreshSeconds" => provider.refresh_seconds = value.as_i64().ok_or_else(wrong)?,
            "clusters" => {
                let names = value.as_array().map_or_else(Vec::new, Clone::clone);
                let names = names.iter().map(|name| name.as_str().map(Into::into).ok_or_else(wrong));
                provider.clusters = names.collect::<Result<_, _>>()?;
            }
            _ => return Err(Malformed(format!("there is no setting `{name}`"))),
        }
    }
    Ok(provider)
}

/// Compares what is published with the result that a case gives: a configuration, or an error with its stage.
pub(super) fn compare_result(played: &Run, result: &Value) -> Option<Mismatch> {
    let actual = match (&played.ending, played.published()) {
        (_, Some(published)) => published.json(played.release),
        (Ending::Refused { message }, None) => json!({ "error": { "stage": "init", "message": message } }),
        (ending, None) => json!({ "error": { "stage": "provide", "message": format!("{ending:?}") } }),
    };
    match result.get("error") {
        Some(error) => (error["stage"] != actual["error"]["stage"]).then(|| mismatch("error.stage", result, &actual)),
        None => (*result != actual).then(|| mismatch("want", result, &actual)),
    }
}

fn mismatch(what: &str, expected: &Value, actual: &Value) -> Mismatch {
    Mismatch { what: what.to_owned(), expected: expected.to_string(), actual: actual.to_string() }
}

/// A pass may make fewer calls than Traefik's, never more.
fn compare_calls(played: &Run, calls: &Map<String, Value>, varies: impl Fn(&str) -> bool) -> Vec<Mismatch> {
    let made = played.inventory.calls.iter();
    made.filter(|(action, made)| {
        let most = calls.get(action.name()).and_then(Value::as_u64).unwrap_or_default();
        **made > most && !varies(action.name())
    })
    .map(|(action, made)| Mismatch {
        what: format!("calls.{}", action.name()),
        expected: format!("at most {}", calls.get(action.name()).unwrap_or(&json!(0))),
        actual: made.to_string(),
    })
    .collect()
}

/// Compares two logs as multisets of lines.
fn compare_logs(played: &Run, expected: &[Value]) -> Vec<Mismatch> {
    let mut missing: Vec<String> = expected.iter().map(line).collect();
    let mut extra = Vec::new();
    for told in played.log() {
        let told = line(&told.json());
        match missing.iter().position(|line| *line == told) {
            Some(at) => drop(missing.swap_remove(at)),
            None => extra.push(told),
        }
    }
    if missing.is_empty() && extra.is_empty() {
        return Vec::new();
    }
    missing.sort();
    extra.sort();
    vec![Mismatch { what: "logs".to_owned(), expected: missing.join("\n"), actual: extra.join("\n") }]
}

/// A line as it is compared: of AWS's errors only which call failed, of a constraint's only where.
fn line(line: &Value) -> String {
    let mut fields: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, value) in line["fields"].as_object().into_iter().flatten() {
        fields.insert(name, value.clone());
    }
    if let Some(Value::String(error)) = fields.get_mut("error") {
        if line["message"] == "Error matching constraint expression" {
            *error = position(error).to_owned();
        } else if let Some(call) = call_of(error) {
            *error = call.to_owned();
        }
    }
    json!([line["level"], line["message"], fields]).to_string()
}

/// The part of an error up to the call that failed: `… operation error ECS: ListTasks`.
fn call_of(error: &str) -> Option<&str> {
    let marker = "operation error ";
    let at = error.find(marker)? + marker.len();
    Some(error[at..].find(',').map_or(error, |end| &error[..at + end]))
}

/// The `line:column` that an error begins with, if it does.
fn position(error: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = error.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(line), Some(column), Some(_)) if digits(line) && digits(column) => &error[..=line.len() + column.len()],
        _ => "",
    }
}
