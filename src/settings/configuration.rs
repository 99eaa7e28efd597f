//! The static configuration once it was read: what Traefik adds to it, what it checks, and what is asked of it here.

use std::collections::BTreeMap;

use super::entry_point::{
    Domain, EncodedCharacters, EntryPoint, EntryPointHttp, EntryPointTls, EntryPoints, ForwardedHeaders, INTERNAL,
    Redirection,
};
use super::provider::{Provider, Secret};
use super::report::{Notice, Refusal, Stage};
use super::schema::{at, schema};
use crate::decode::{Entries, Schema, Shape, Struct, Value};
use crate::golang::duration::Duration;
use crate::model::Text;

/// The static configuration in Traefik's own shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration(Struct);

impl Configuration {
    pub(super) fn new(options: Struct) -> Self {
        Self(options)
    }

    /// The value at a path such as `providers.ecs.region`.
    pub fn at(&self, path: &str) -> &Value {
        at(schema(), &self.0, path)
    }

    fn is_on(&self, path: &str) -> bool {
        !self.at(path).is_absent()
    }

    fn is_true(&self, path: &str) -> bool {
        self.at(path).as_bool().unwrap_or_default()
    }

    fn text(&self, path: &str) -> &str {
        self.at(path).as_text().map_or("", |text| text)
    }

    /// Adds what Traefik adds: entry points, and what older options stand for.
    pub(super) fn complete(&mut self, notices: &mut Vec<Notice>) {
        let none = self.at("entryPoints").as_map().is_none_or(Entries::is_empty);
        if none {
            self.add_entry_point("http", ":80");
        }
        let uses_internal = |options: &Self, section: &str| {
            !options.is_true(&format!("{section}.manualRouting"))
                && options.text(&format!("{section}.entryPoint")) == INTERNAL
        };
        let needed = self.is_true("api.insecure")
            || self.is_on("ping") && uses_internal(self, "ping")
            || self.is_on("metrics.prometheus") && uses_internal(self, "metrics.prometheus")
            || self.is_true("providers.rest.insecure");
        if needed && self.at("entryPoints").as_map().is_none_or(|all| !all.contains_key(INTERNAL)) {
            self.add_entry_point(INTERNAL, ":8080");
        }
        for resolver in self.at("certificatesResolvers").as_map().into_iter().flat_map(Entries::values) {
            warn_of_resolver(resolver, notices);
        }
    }

    fn add_entry_point(&mut self, name: &str, address: &str) {
        let kinds = schema().type_at("entryPoints.*").zip(schema().type_of(Schema::ROOT).slot("entryPoints"));
        let Some((kind, all)) = kinds else { return };
        let mut fresh = schema().new_struct(kind);
        if let Some(slot) = schema().type_of(kind).slot("address") {
            *fresh.get_mut(slot) = Value::Text(address.into());
        }
        self.0.get_mut(all).map_mut().insert(name.into(), Value::Struct(fresh));
    }

    /// What Traefik checks before it starts.
    ///
    /// # Errors
    /// The first check that fails.
    pub(super) fn validate(&self, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
        super::validate::validate(self, notices)?;
        for (name, entry_point) in &self.entry_points() {
            entry_point.transport().map_err(|error| {
                Refusal::new(Stage::EntryPoints, format!("error while building entryPoint {name}: {error}"))
            })?;
        }
        Ok(())
    }

    /// The ECS provider's options; none where it is off.
    pub fn ecs(&self) -> Option<Provider> {
        let ecs = self.at("providers.ecs").as_struct()?;
        let get = |name: &str| at(schema(), ecs, name);
        let text = |name: &str| get(name).as_text().cloned().unwrap_or_default();
        let truth = |name: &str| get(name).as_bool().unwrap_or_default();
        Some(Provider {
            constraints: text("constraints"),
            exposed_by_default: truth("exposedByDefault"),
            refresh_seconds: get("refreshSeconds").as_int().unwrap_or_default(),
            default_rule: text("defaultRule"),
            clusters: texts(get("clusters")),
            auto_discover_clusters: truth("autoDiscoverClusters"),
            healthy_tasks_only: truth("healthyTasksOnly"),
            ecs_anywhere: truth("ecsAnywhere"),
            region: text("region"),
            access_key_id: text("accessKeyID"),
            secret_access_key: Secret::new(text("secretAccessKey")),
        })
    }

    /// How long Traefik waits between two reloads of its configuration.
    pub fn throttle_duration(&self) -> Duration {
        Duration(self.at("providers.providersThrottleDuration").as_duration().unwrap_or_default())
    }

    /// The entry points, those that Traefik adds included.
    pub fn entry_points(&self) -> EntryPoints {
        let all = self.at("entryPoints").as_map().into_iter().flatten();
        all.filter_map(|(name, value)| Some((name.clone(), entry_point(value.as_struct()?)))).collect()
    }

    /// Each entry point's options that differ from a new one's, with their names in files; `address` and `asDefault`
    /// always.
    pub fn given_of_entry_points(&self) -> BTreeMap<Text, serde_json::Value> {
        let Some(kind) = schema().type_at("entryPoints.*") else { return BTreeMap::new() };
        let fresh = schema().new_struct(kind);
        let all = self.at("entryPoints").as_map().into_iter().flatten();
        let given = all.filter_map(|(name, value)| {
            let value = value.as_struct()?;
            let mut shown = serde_json::Map::new();
            shown.insert("address".to_owned(), at(schema(), value, "address").as_text().map_or("", |text| text).into());
            shown.insert("asDefault".to_owned(), at(schema(), value, "asDefault").as_bool().unwrap_or_default().into());
            for (name, value) in difference(value, Some(&fresh)) {
                shown.entry(name).or_insert(value);
            }
            Some((name.clone(), serde_json::Value::Object(shown)))
        });
        given.collect()
    }

    /// The names of certificate resolvers.
    pub fn certificates_resolvers(&self) -> Vec<Text> {
        keys(self.at("certificatesResolvers"))
    }

    /// The names of plugins.
    pub fn plugins(&self) -> Vec<Text> {
        keys(self.at("experimental.plugins"))
    }

    /// The names of local plugins.
    pub fn local_plugins(&self) -> Vec<Text> {
        keys(self.at("experimental.localPlugins"))
    }

    /// The providers that are on, sorted; `plugin.<name>` for a plugin.
    pub fn providers(&self) -> Vec<String> {
        let Some(providers) = self.at("providers").as_struct() else { return Vec::new() };
        let kind = schema().type_of(providers.kind());
        let on =
            kind.slots().filter(|(slot, field)| field.shape.as_struct().is_some() && !providers.get(*slot).is_absent());
        let plugins = keys(self.at("providers.plugin")).into_iter().map(|name| format!("plugin.{name}"));
        let mut names: Vec<String> = on.map(|(_, field)| field.name.to_owned()).chain(plugins).collect();
        names.sort();
        names
    }

    /// The order of providers where several define a router for a request, in lower case; none where it is not set.
    pub fn precedence(&self) -> Option<Vec<String>> {
        match self.at("providers.precedence") {
            Value::List(items) => {
                Some(items.iter().filter_map(Value::as_text).map(|name| name.to_lowercase()).collect())
            }
            _ => None,
        }
    }

    /// The language of rules that don't say which they are in; none where it is not set.
    pub fn default_rule_syntax(&self) -> Option<Text> {
        self.at("core.defaultRuleSyntax").as_text().cloned()
    }
}

fn keys(map: &Value) -> Vec<Text> {
    map.as_map().into_iter().flat_map(Entries::keys).cloned().collect()
}

fn texts(list: &Value) -> Vec<Text> {
    list.items().iter().filter_map(Value::as_text).cloned().collect()
}

fn entry_point(value: &Struct) -> EntryPoint {
    let get = |name: &str| at(schema(), value, name);
    let text = |name: &str| get(name).as_text().cloned().unwrap_or_default();
    EntryPoint {
        address: text("address"),
        as_default: get("asDefault").as_bool().unwrap_or_default(),
        allow_acme_by_pass: get("allowACMEByPass").as_bool().unwrap_or_default(),
        forwarded_headers: ForwardedHeaders {
            insecure: get("forwardedHeaders.insecure").as_bool().unwrap_or_default(),
            trusted_ips: texts(get("forwardedHeaders.trustedIPs")),
            connection: texts(get("forwardedHeaders.connection")),
        },
        http: EntryPointHttp {
            redirection: get("http.redirections.entryPoint").as_struct().map(|to| Redirection {
                to: at(schema(), to, "to").as_text().cloned().unwrap_or_default(),
                scheme: at(schema(), to, "scheme").as_text().cloned().unwrap_or_default(),
                permanent: at(schema(), to, "permanent").as_bool().unwrap_or_default(),
                priority: at(schema(), to, "priority").as_int().unwrap_or_default(),
            }),
            middlewares: texts(get("http.middlewares")),
            tls: get("http.tls").as_struct().map(entry_point_tls),
            encoded_characters: get("http.encodedCharacters").as_struct().map(encoded_characters),
            encode_query_semicolons: get("http.encodeQuerySemicolons").as_bool().unwrap_or_default(),
            sanitize_path: get("http.sanitizePath").as_bool().unwrap_or_default(),
            max_header_bytes: get("http.maxHeaderBytes").as_int().unwrap_or_default(),
            underscore_headers_strategy: text("http.underscoreHeadersStrategy"),
        },
    }
}

fn entry_point_tls(tls: &Struct) -> EntryPointTls {
    let text = |of: &Struct, name: &str| at(schema(), of, name).as_text().cloned().unwrap_or_default();
    let domains = at(schema(), tls, "domains").items().iter().filter_map(Value::as_struct);
    EntryPointTls {
        options: text(tls, "options"),
        cert_resolver: text(tls, "certResolver"),
        domains: domains
            .map(|domain| Domain { main: text(domain, "main"), sans: texts(at(schema(), domain, "sans")) })
            .collect(),
    }
}

fn encoded_characters(allowed: &Struct) -> EncodedCharacters {
    let is = |name: &str| at(schema(), allowed, &format!("allowEncoded{name}")).as_bool().unwrap_or_default();
    EncodedCharacters {
        slash: is("Slash"),
        back_slash: is("BackSlash"),
        null_character: is("NullCharacter"),
        semicolon: is("Semicolon"),
        percent: is("Percent"),
        question_mark: is("QuestionMark"),
        hash: is("Hash"),
    }
}

/// The fields of a structure that are other than in `base`, or other than nothing where there is no base.
fn difference(value: &Struct, base: Option<&Struct>) -> serde_json::Map<String, serde_json::Value> {
    let kind = schema().type_of(value.kind());
    let mut shown = serde_json::Map::new();
    for (slot, field) in kind.slots() {
        let (value, base) = (value.get(slot), base.map(|base| base.get(slot)));
        let inner = match value {
            Value::Struct(value) => {
                let fields = difference(value, base.and_then(Value::as_struct));
                let is_new = matches!(field.shape, Shape::Optional(_)) && base.is_none_or(Value::is_absent);
                if fields.is_empty() && !is_new {
                    continue;
                }
                fields.into()
            }
            value if base.is_some_and(|base| base == value) || base.is_none() && *value == field.shape.zero() => {
                continue;
            }
            value => shown_value(value),
        };
        shown.insert(field.name.to_owned(), inner);
    }
    shown
}

fn shown_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Absent => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(text) => text.to_string().into(),
        Value::Duration(value) => Duration(*value).to_string().into(),
        Value::List(items) => items.iter().map(shown_value).collect(),
        Value::Map(entries) => {
            let fields = entries.iter().map(|(name, value)| (name.to_string(), shown_value(value)));
            serde_json::Value::Object(fields.collect())
        }
        Value::Struct(value) => difference(value, None).into(),
    }
}

/// What Traefik says of a resolver's older options.
fn warn_of_resolver(resolver: &Value, notices: &mut Vec<Notice>) {
    let Some(resolver) = resolver.as_struct() else { return };
    let get = |path: &str| at(schema(), resolver, path);
    if get("acme").is_absent() {
        return;
    }
    let provider = get("acme.dnsChallenge.provider").as_text().map_or("", |text| text);
    let instead = match provider {
        "googledomains" | "cloudxns" | "brandit" => Some(String::new()),
        "dnspod" => Some(": use tencentcloud".to_owned()),
        "azure" => Some(": use azuredns".to_owned()),
        _ => None,
    };
    if let Some(instead) = instead {
        // Traefik says it twice.
        let notice = Notice::warning(format!("the DNS provider {provider} is deprecated{instead}"));
        notices.extend([notice.clone(), notice]);
    }
    if get("acme.dnsChallenge.disablePropagationCheck").as_bool() == Some(true) {
        notices.push(Notice::warning("disablePropagationCheck is deprecated: use propagation.disableChecks"));
    }
    if get("acme.dnsChallenge.delayBeforeCheck").as_duration().is_some_and(|delay| delay > 0) {
        notices.push(Notice::warning("delayBeforeCheck is deprecated: use propagation.delayBeforeChecks"));
    }
    let server = get("acme.caServer").as_text().map_or("", |text| text);
    if ["https://acme-v01.api.letsencrypt.org", "https://acme-staging.api.letsencrypt.org"]
        .iter()
        .any(|old| server.starts_with(old))
    {
        notices.push(Notice::warning(format!("the CA server {server} speaks an old version of ACME: use its v02")));
    }
}
