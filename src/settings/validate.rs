//! The checks that Traefik makes once its settings are read.

use super::configuration::Configuration;
use super::report::{Notice, Refusal, Stage};
use super::schema::{at, schema};
use crate::decode::Value;

/// The providers that `providers.precedence` may name.
const PROVIDERS: [&str; 17] = [
    "kubernetesgateway",
    "kubernetescrd",
    "kubernetes",
    "kubernetesingressnginx",
    "swarm",
    "docker",
    "file",
    "redis",
    "knative",
    "consul",
    "consulcatalog",
    "nomad",
    "etcd",
    "ecs",
    "http",
    "zookeeper",
    "rest",
];

/// Runs every check.
///
/// # Errors
/// The first that fails, in Traefik's words.
pub(super) fn validate(options: &Configuration, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
    let checked = resolvers(options)
        .and_then(|()| rule_syntax(options, notices))
        .and_then(|()| providers(options))
        .and_then(|()| exporters(options))
        .and_then(|()| paths(options))
        .and_then(|()| precedence(options));
    checked.map_err(|why| Refusal::new(Stage::Validate, why))
}

fn resolvers(options: &Configuration) -> Result<(), String> {
    for (name, resolver) in options.at("certificatesResolvers").as_map().into_iter().flatten() {
        let Some(resolver) = resolver.as_struct() else { continue };
        let get = |path: &str| at(schema(), resolver, path);
        if get("acme").is_absent() {
            continue;
        }
        if !get("tailscale").is_absent() {
            return Err(format!(
                "unable to initialize certificates resolver {name:?}, as ACME and Tailscale providers are mutually \
                 exclusive"
            ));
        }
        if get("acme.storage").as_text().is_none_or(|storage| storage.is_empty()) {
            return Err(format!(
                "unable to initialize certificates resolver {name:?} with no storage location for the certificates"
            ));
        }
    }
    Ok(())
}

fn rule_syntax(options: &Configuration, notices: &mut Vec<Notice>) -> Result<(), String> {
    match options.default_rule_syntax().as_deref() {
        None | Some("v3") => Ok(()),
        Some("v2") => {
            notices.push(Notice::warning("v2's rule syntax is deprecated: write rules in v3's"));
            Ok(())
        }
        Some(other) => Err(format!("unsupported default rule syntax configuration: {other:?}")),
    }
}

fn providers(options: &Configuration) -> Result<(), String> {
    let text = |path: &str| options.at(path).as_text().is_some_and(|text| !text.is_empty());
    let nginx = "providers.kubernetesIngressNGINX";
    if text(&format!("{nginx}.watchNamespace")) && text(&format!("{nginx}.watchNamespaceSelector")) {
        return Err("watchNamespace and watchNamespaceSelector options are mutually exclusive".to_owned());
    }
    let enabled = options.at("experimental.knative").as_bool() == Some(true);
    if !options.at("providers.knative").is_absent() && !enabled {
        return Err("the experimental Knative feature must be enabled to use the Knative provider".to_owned());
    }
    Ok(())
}

/// OpenTelemetry: logs are an experiment, and TLS and its absence exclude each other.
fn exporters(options: &Configuration) -> Result<(), String> {
    let experiment = options.at("experimental.otlplogs").as_bool() == Some(true);
    for (section, what, name) in [
        ("accessLog", Some("OTLP access logging"), "access logs"),
        ("log", Some("OTLP logging"), "logs"),
        ("tracing", None, "tracing"),
        ("metrics", None, "metrics"),
    ] {
        if options.at(&format!("{section}.otlp")).is_absent() {
            continue;
        }
        if let Some(what) = what.filter(|_| !experiment) {
            return Err(format!("the experimental OTLPLogs feature must be enabled to use {what}"));
        }
        let insecure = options.at(&format!("{section}.otlp.grpc.insecure")).as_bool() == Some(true);
        if insecure && !options.at(&format!("{section}.otlp.grpc.tls")).is_absent() {
            return Err(format!("{name} OTLP GRPC: TLS and Insecure options are mutually exclusive"));
        }
    }
    Ok(())
}

fn paths(options: &Configuration) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~' | ':');
    if let Some(path) = options.at("api.basePath").as_text()
        && !(path.starts_with('/') && path.chars().all(plain))
    {
        return Err("API basePath must be a valid absolute URL path".to_owned());
    }
    for (server, instead) in options.at("ocsp.responderOverrides").as_map().into_iter().flatten() {
        if instead.as_text().is_none_or(|text| text.is_empty()) {
            return Err(format!("OCSP responder override value for {server} cannot be empty"));
        }
    }
    Ok(())
}

fn precedence(options: &Configuration) -> Result<(), String> {
    let given = options.at("providers.precedence").items().iter().filter_map(Value::as_text);
    for name in given.map(|name| name.to_lowercase()) {
        if !PROVIDERS.contains(&name.as_str()) {
            return Err(format!("provider {name:?} is not a valid provider name"));
        }
    }
    Ok(())
}
