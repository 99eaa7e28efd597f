//! The functions of custom templates, in both versions. Where v1 gives a structure or nil, so do these.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use super::instance::{Instance, map};
use super::{INSTANCE, INSTANCES, instances};
use crate::golang::duration::Duration;
use crate::golang::value::{Bytes, Element, Map, Slice, Struct, Value};
use crate::template::function::{Function, Language, Outcome, Param};
use crate::template::functions::{method, tables};
use crate::v1::labels::{Labels, Reader};
use crate::v1::options::{BACKEND, FRONTEND, Section, Setting, Spec};
use crate::v1::settings::TemplateVersion;

static VERSION_ONE: LazyLock<Language> = LazyLock::new(|| language_of(&[SHARED, OLD]));
static VERSION_TWO: LazyLock<Language> = LazyLock::new(|| language_of(&[SHARED, NEW]));

const ONE: &[Param] = &[Param::Opaque(INSTANCE)];
const MANY: &[Param] = &[Param::Opaque(INSTANCES)];
const LABELS: &[Param] = &[Param::Opaque("map[string]string")];

/// What a template of this version may call.
pub(super) fn language(version: TemplateVersion) -> &'static Language {
    match version {
        TemplateVersion::One => &VERSION_ONE,
        TemplateVersion::Two => &VERSION_TWO,
    }
}

fn language_of(own: &[&'static [Function]]) -> Language {
    let all: Vec<&'static [Function]> = tables().iter().chain(own).copied().collect();
    Language::new(&all, method)
}

/// Functions of both versions.
static SHARED: &[Function] = &[
    Function::new("tolower", &[Param::String], |a, _| Ok(Value::text(text(&a[0]).to_lowercase())), &[]),
    Function::new("split", &[Param::String, Param::String], |a, _| Ok(split(&text(&a[0]), &text(&a[1]))), &[]),
    Function::new("getHost", ONE, |a, _| Ok(Value::text(&one(a)?.address)), &[]),
    Function::new("getPort", ONE, |a, _| port(one(a)?), &[]),
    Function::new("getFrontendRule", ONE, |a, _| Ok(Value::text(&one(a)?.unit.rule)), &[]),
    Function::new("filterFrontends", MANY, |a, _| Ok(first_of_each(a)), &[]),
];

/// Functions of version 2.
static NEW: &[Function] = &[
    Function::new("getCircuitBreaker", LABELS, |a, _| Ok(section(&BACKEND[0], a)), &[]),
    Function::new("getResponseForwarding", LABELS, |a, _| Ok(section(&BACKEND[1], a)), &[]),
    Function::new("getLoadBalancer", LABELS, |a, _| Ok(section(&BACKEND[2], a)), &[]),
    Function::new("getMaxConn", LABELS, |a, _| Ok(section(&BACKEND[3], a)), &[]),
    Function::new("getHealthCheck", LABELS, |a, _| Ok(section(&BACKEND[4], a)), &[]),
    Function::new("getBuffering", LABELS, |a, _| Ok(section(&BACKEND[5], a)), &[]),
    Function::new("getServers", MANY, |a, _| servers(a), &[]),
    Function::new("getFrontendName", ONE, |a, _| Ok(Value::text(&one(a)?.unit.frontend)), &[]),
    Function::new("getPassHostHeader", LABELS, |a, _| Ok(flag(a, "traefik.frontend.passHostHeader", true)), &[]),
    Function::new("getPassTLSCert", LABELS, |a, _| Ok(flag(a, "traefik.frontend.passTLSCert", false)), &[]),
    Function::new("getPassTLSClientCert", LABELS, |a, _| Ok(section(&FRONTEND[0], a)), &[]),
    Function::new("getAuth", LABELS, |a, _| Ok(section(&FRONTEND[1], a)), &[]),
    Function::new("getWhiteList", LABELS, |a, _| Ok(section(&FRONTEND[2], a)), &[]),
    Function::new("getRedirect", LABELS, |a, _| Ok(section(&FRONTEND[3], a)), &[]),
    Function::new("getErrorPages", LABELS, |a, _| Ok(section(&FRONTEND[4], a)), &[]),
    Function::new("getRateLimit", LABELS, |a, _| Ok(section(&FRONTEND[5], a)), &[]),
    Function::new("getHeaders", LABELS, |a, _| Ok(section(&FRONTEND[6], a)), &[]),
    Function::new("getPriority", LABELS, |a, _| Ok(number(a, "traefik.frontend.priority", 0)), &[]),
    Function::new("getBasicAuth", LABELS, |a, _| Ok(list(a, "traefik.frontend.auth.basic")), &[]),
    Function::new("getEntryPoints", LABELS, |a, _| Ok(list(a, "traefik.frontend.entryPoints")), &[]),
];

/// Functions of version 1.
static OLD: &[Function] = &[
    Function::new("getProtocol", ONE, |a, _| Ok(word(a, "traefik.protocol", "http")), &[]),
    Function::new("getWeight", ONE, |a, _| Ok(number(a, "traefik.weight", 1)), &[]),
    Function::new("getLoadBalancerMethod", MANY, |a, _| Ok(word(a, "traefik.backend.loadbalancer.method", "wrr")), &[]),
    Function::new("getLoadBalancerSticky", MANY, |a, _| Ok(flag(a, "traefik.backend.loadbalancer.sticky", false)), &[]),
    Function::new(
        "hasStickinessLabel",
        MANY,
        |a, _| Ok(flag(a, "traefik.backend.loadbalancer.stickiness", false)),
        &[],
    ),
    Function::new(
        "getStickinessCookieName",
        MANY,
        |a, _| Ok(word(a, "traefik.backend.loadbalancer.stickiness.cookieName", "")),
        &[],
    ),
    Function::new("hasHealthCheckLabels", MANY, |a, _| Ok(has(a, "traefik.backend.healthcheck.path")), &[]),
    Function::new("getHealthCheckPath", MANY, |a, _| Ok(word(a, "traefik.backend.healthcheck.path", "")), &[]),
    Function::new("getHealthCheckInterval", MANY, |a, _| Ok(word(a, "traefik.backend.healthcheck.interval", "")), &[]),
    Function::new("getPassHostHeader", ONE, |a, _| Ok(flag(a, "traefik.frontend.passHostHeader", true)), &[]),
    Function::new("getPassTLSCert", ONE, |a, _| Ok(flag(a, "traefik.frontend.passTLSCert", false)), &[]),
    Function::new("getPriority", ONE, |a, _| Ok(number(a, "traefik.frontend.priority", 0)), &[]),
    Function::new("getBasicAuth", ONE, |a, _| Ok(list(a, "traefik.frontend.auth.basic")), &[]),
    Function::new("getEntryPoints", ONE, |a, _| Ok(list(a, "traefik.frontend.entryPoints")), &[]),
];

fn text(value: &Value) -> String {
    String::from_utf8_lossy(value.as_bytes().unwrap_or_default()).into_owned()
}

fn split(separator: &str, text: &str) -> Value {
    if separator.is_empty() {
        return Value::strings(text.chars().map(String::from));
    }
    Value::strings(text.split(separator))
}

fn one(arguments: &[Value]) -> Result<&Instance, String> {
    arguments.first().and_then(Instance::of).ok_or_else(|| "not an instance".to_owned())
}

/// The labels that a function reads: those given, an instance's, or those of the first of several instances.
fn labels(arguments: &[Value]) -> Labels {
    match arguments.first().map(Value::plain) {
        Some(Value::Map(map)) => map
            .sorted()
            .into_iter()
            .map(|(key, value)| (String::from_utf8_lossy(&key).into_owned(), text(&value)))
            .collect(),
        Some(Value::Slice(slice)) => {
            slice.items().first().and_then(Instance::of).map(|instance| instance.labels.clone()).unwrap_or_default()
        }
        Some(value) => Instance::of(value).map(|instance| instance.labels.clone()).unwrap_or_default(),
        None => Labels::new(),
    }
}

fn word(arguments: &[Value], label: &str, default: &str) -> Value {
    let labels = labels(arguments);
    Value::text(Reader::new(&labels).filled(label).unwrap_or(default))
}

fn flag(arguments: &[Value], label: &str, default: bool) -> Value {
    Value::Bool(Reader::new(&labels(arguments)).bool(label, default))
}

fn number(arguments: &[Value], label: &str, default: i64) -> Value {
    Value::Int(Reader::new(&labels(arguments)).int(label, default))
}

fn list(arguments: &[Value], label: &str) -> Value {
    Value::strings(Reader::new(&labels(arguments)).list(label))
}

fn has(arguments: &[Value], label: &str) -> Value {
    Value::Bool(Reader::new(&labels(arguments)).filled(label).is_some())
}

fn port(instance: &Instance) -> Outcome {
    let url = instance.unit.server.as_ref().map(|server| server.url.as_str());
    let port = url.and_then(|url| url.rsplit_once(':')).map(|(_, port)| Value::text(port));
    port.ok_or_else(|| "runtime error: index out of range [0] with length 0".to_owned())
}

/// Of a service's instances the first of each frontend.
fn first_of_each(arguments: &[Value]) -> Value {
    let Some(Value::Slice(slice)) = arguments.first().map(Value::plain) else { return instances(Vec::new()) };
    let mut seen = BTreeSet::new();
    let kept = slice.items().iter().filter(|item| {
        Instance::of(item).is_some_and(|instance| seen.insert((&instance.unit.service, &instance.unit.segment)))
    });
    instances(kept.cloned().collect())
}

fn servers(arguments: &[Value]) -> Outcome {
    let Some(Value::Slice(slice)) = arguments.first().map(Value::plain) else {
        return Ok(Value::Map(Map::nil(Element::Other("types.Server"))));
    };
    let mut servers: BTreeMap<Bytes, Value> = BTreeMap::new();
    for instance in slice.items().iter().filter_map(Instance::of) {
        port(instance)?;
        let Some(server) = &instance.unit.server else { continue };
        let fields = vec![("URL", Value::text(&server.url)), ("Weight", Value::Int(server.weight))];
        let value = Value::Struct(Rc::new(Struct { type_name: "types.Server", comparable: true, fields }));
        servers.entry(Bytes::from(server.name.as_bytes())).or_insert(value);
    }
    Ok(Value::Map(Map::new(Element::Other("types.Server"), servers)))
}

fn section(spec: &Spec, arguments: &[Value]) -> Value {
    let labels = labels(arguments);
    match spec.read(&Reader::new(&labels)) {
        None => Value::Interface(None),
        // Error pages are a map, not a structure.
        Some(Section { fields }) if fields.first().is_some_and(|field| field.name.is_empty()) => {
            setting(&fields[0].setting)
        }
        Some(section) => structure(&section),
    }
}

fn structure(section: &Section) -> Value {
    let fields = section.fields.iter().map(|field| (field.name, setting(&field.setting))).collect();
    Value::Struct(Rc::new(Struct { type_name: "types.Section", comparable: false, fields }))
}

fn setting(setting: &Setting) -> Value {
    match setting {
        Setting::Text(text) | Setting::Lines(text) | Setting::Backend(text) => Value::text(text),
        Setting::Bool(value) => Value::Bool(*value),
        Setting::Int(number) => Value::Int64(*number),
        Setting::Duration(nanoseconds) => Value::text(Duration(*nanoseconds).to_string()),
        Setting::List(items) if items.is_empty() => Value::Slice(Slice::nil(Element::String)),
        Setting::List(items) => Value::strings(items),
        Setting::Map(entries) => map(entries),
        Setting::Section(section) => section.as_ref().map_or(Value::Interface(None), structure),
        Setting::Sections(sections) => {
            let entries = sections.iter().map(|(name, section)| (Bytes::from(name.as_bytes()), structure(section)));
            Value::Map(Map::new(Element::Other("*types.Section"), entries.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_called_what_they_are() {
        for (specs, names) in [(BACKEND, &NEW[..6]), (FRONTEND, &NEW[10..17])] {
            let functions: Vec<&str> = specs.iter().map(|spec| spec.function).collect();
            assert_eq!(functions, names.iter().map(|function| function.name).collect::<Vec<_>>());
        }
    }
}
