//! Cases of kind `route`: a fleet, requests to it, and where each of them went.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::settings::memory::Memory;
use super::{Kind, Malformed, Mismatch, Outcome, World};
use crate::model::{Release, Text};
use crate::pipeline;
use crate::routing::{Answer, Arrival, Received, Table, Traefik};
use crate::settings::{self, FileChoice, Input, Loaded};
use crate::template::Ambient;

pub(super) const KIND: Kind = Kind {
    id: "route",
    fields: &["name", "note", "world", "settings", "requests"],
    told_by: &["world", "settings", "requests"],
    run,
};

/// Where the settings of a case stand, for what reads settings.
const FILE: &str = "traefik.yml";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RequestCase {
    entry_point: Text,
    #[serde(default)]
    tls: bool,
    #[serde(default)]
    sni: Option<String>,
    #[serde(default)]
    alpn: Vec<String>,
    #[serde(default)]
    method: Option<String>,
    target: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    remote_addr: Option<String>,
    #[serde(default)]
    want: Option<Value>,
    #[serde(default)]
    want_any_of: Option<Vec<Value>>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let loaded = loaded(case)?;
    let options = &loaded.configuration;
    let provider = options.ecs().unwrap_or_default();
    let world = case.get("world").unwrap_or(&Value::Null);
    let region = world.get("region").and_then(Value::as_str).unwrap_or("us-east-1");
    let environment = BTreeMap::from([("AWS_REGION".to_owned(), region.to_owned())]);
    let inventory = World::read(world)?.pass(&provider, &environment, Release::default());
    let run = pipeline::run(inventory, &provider, Release::default(), &Ambient::default());
    let (entry_points, syntax) = (options.entry_points(), options.default_rule_syntax());
    let traefik = Traefik {
        entry_points: &entry_points,
        default_rule_syntax: syntax.as_ref(),
        own_routes: &options.own_routes(),
        release: Release::default(),
    };
    let table = Table::new(&run.configuration, traefik);
    let requests = case.get("requests").cloned().unwrap_or_default();
    let requests: Vec<RequestCase> =
        serde_json::from_value(requests).map_err(|error| Malformed(format!("`requests`: {error}")))?;
    let mut found = Vec::new();
    for (index, request) in requests.into_iter().enumerate() {
        let expected = match (&request.want, &request.want_any_of) {
            (Some(want), None) => vec![want.clone()],
            (None, Some(any)) if !any.is_empty() => any.clone(),
            _ => return Err(Malformed(format!("`requests[{index}]` has neither `want` nor `wantAnyOf`"))),
        };
        let answers: Vec<Value> = table.answers(&request.arrival()).iter().map(shown).collect();
        let expected: Vec<Value> = expected.iter().map(compared).collect();
        if !answers.iter().any(|answer| expected.contains(answer)) {
            let text = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(" or ");
            let what = format!("requests[{index}]");
            found.push(Mismatch { what, expected: text(&expected), actual: text(&answers) });
        }
    }
    Ok(Outcome::of(found))
}

/// Reads the settings as Traefik reads a file; what is not an entry point is an option of the provider.
fn loaded(case: &Map<String, Value>) -> Result<Loaded, Malformed> {
    let mut options = match case.get("settings") {
        Some(Value::Object(options)) => options.clone(),
        _ => return Err(Malformed("`settings` is a map".to_owned())),
    };
    let entry_points = options.remove("entryPoints").unwrap_or_else(|| json!({}));
    let sections = ["core", "api", "ping", "metrics", "certificatesResolvers"];
    let others: Vec<(&str, Value)> =
        sections.into_iter().filter_map(|name| Some((name, options.remove(name)?))).collect();
    let ecs = if options.is_empty() { json!(true) } else { Value::Object(options) };
    let mut file = json!({ "entryPoints": entry_points, "providers": { "ecs": ecs } });
    // Beside the fleet's entry points there is the one for the API.
    file["api"] = json!({ "insecure": true });
    for (name, section) in others {
        file[name] = section;
    }
    let mut files = Memory::default();
    files.add_file(&format!("cwd/{FILE}"), file.to_string().into_bytes());
    let input = Input { arguments: &[], environment: &[], files: &files, file: FileChoice::Named(FILE) };
    match settings::load(&input).outcome {
        Ok(settings::Outcome::Loaded(loaded)) => Ok(*loaded),
        Ok(settings::Outcome::Help) => Err(Malformed("the settings ask for help".to_owned())),
        Err(refusal) => Err(Malformed(format!("the settings are refused: {}", refusal.message))),
    }
}

impl RequestCase {
    fn arrival(&self) -> Arrival {
        Arrival {
            entry_point: self.entry_point.clone(),
            tls: self.tls,
            server_name: self.sni.clone().unwrap_or_default(),
            protocols: self.alpn.clone(),
            method: self.method.clone().unwrap_or_else(|| "GET".to_owned()),
            target: self.target.clone(),
            host: self.host.clone(),
            headers: self.headers.clone(),
            remote_address: self.remote_addr.clone().unwrap_or_else(|| "127.0.0.1".to_owned()),
        }
    }
}

/// An answer in the form of a case.
fn shown(answer: &Answer) -> Value {
    // A request that comes from Traefik itself is refused before its log names a router, and what one of Traefik's own
    // services answers isn't in the log at all.
    let is_own = answer.service.as_ref().is_some_and(|name| name.ends_with("@internal"));
    let is_logged = !answer.is_recursive && !is_own && !answer.closed;
    let mut shown = json!({
        "router": answer.router.as_ref().filter(|_| is_logged),
        "service": answer.service.as_ref().filter(|_| is_logged),
    });
    if let Some(passthrough) = answer.passthrough {
        shown["protocol"] = json!("tcp");
        shown["passthrough"] = json!(passthrough);
    } else {
        shown["status"] = if answer.closed { Value::Null } else { json!(answer.status.unwrap_or(200)) };
    }
    if answer.closed {
        shown["closed"] = json!(true);
    }
    if let Some(location) = &answer.location {
        shown["location"] = json!(location);
    }
    if !answer.servers.is_empty() {
        shown["server"] = json!(answer.servers);
    }
    if let Some(received) = &answer.received {
        shown["received"] = shown_received(received);
    }
    shown
}

fn shown_received(received: &Received) -> Value {
    let mut shown = json!({ "path": received.path, "query": received.query, "host": received.host });
    if !received.forwarded_prefix.is_empty() {
        shown["xForwardedPrefix"] = json!(received.forwarded_prefix.join(", "));
    }
    if !received.replaced_path.is_empty() {
        shown["xReplacedPath"] = json!(received.replaced_path.join(", "));
    }
    if !received.headers.is_empty() {
        shown["headers"] = json!(received.headers);
    }
    shown
}

/// What is expected, with servers as a set.
fn compared(want: &Value) -> Value {
    let mut want = want.clone();
    if let Some(Value::Array(servers)) = want.get_mut("server") {
        servers.sort_by_key(Value::to_string);
        servers.dedup();
    }
    want
}
