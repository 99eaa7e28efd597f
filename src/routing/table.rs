//! The routers of every entry point, those that start, and why the others don't.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use super::demand;
use super::doors::{Doors, HttpRouter, Server, Target, TcpRouter};
use super::laid::{Laid, Laying, lay};
use super::middleware::{Definitions, MiddlewareError, Step, qualified, resolve};
use super::options::texts;
use super::own::{self, Own};
use crate::dynamic::{Configuration, Protocol, Router, Section, Service};
use crate::model::{Release, Text};
use crate::rule::{self, Language, Rule, RuleError, default_priority, domains, is_catch_all};
use crate::settings::{EntryPoints, OwnRoutes};

/// The highest priority that a router may have; what is above is Traefik's own.
const MAX_PRIORITY: i64 = i64::MAX - 1000;

/// How a service may choose among its servers; the first is the default.
const STRATEGIES: [&str; 5] = ["", "wrr", "p2c", "hrw", "leasttime"];

/// What Traefik's static configuration says about routing.
#[derive(Debug, Clone, Copy)]
pub struct Traefik<'a> {
    /// Its entry points, the one for its own API included.
    pub entry_points: &'a EntryPoints,
    /// The language of rules that don't say which they are in, where it is set.
    pub default_rule_syntax: Option<&'a Text>,
    /// What it answers itself.
    pub own_routes: &'a OwnRoutes,
    /// Whose behaviour.
    pub release: Release,
}

/// Why a router doesn't start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Its rule is refused.
    Rule(RuleError),
    /// A middleware is refused.
    Middleware(MiddlewareError),
    /// Its service is unknown, or has no servers of its own.
    Service(Text),
    /// Its service chooses among its servers in a way that Traefik doesn't know.
    Strategy(Text),
    /// Its service's `serversTransport` is unknown: none can be made by labels.
    ServersTransport(Text),
    /// Its priority is kept for Traefik's own routers.
    Priority(i64),
    /// It looks at server names, which only a connection with TLS has, and has no TLS itself.
    ServerNames,
    /// Its TLS options are unknown.
    TlsOptions(Text),
    /// None of its entry points is known.
    EntryPoints(Vec<Text>),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(error) => write!(f, "its rule is refused: {error}"),
            Self::Middleware(error) => error.fmt(f),
            Self::Service(name) => write!(f, "the service `{name}` does not exist"),
            Self::Strategy(name) => write!(f, "its service has the strategy `{name}`, which Traefik doesn't know"),
            Self::ServersTransport(name) => write!(f, "the servers transport `{name}` of its service does not exist"),
            Self::Priority(priority) => write!(f, "the priority {priority} is above the highest, {MAX_PRIORITY}"),
            Self::ServerNames => write!(f, "its rule asks for a server name, but the router has no TLS"),
            Self::TlsOptions(name) => write!(f, "the TLS options `{name}` do not exist"),
            Self::EntryPoints(names) => write!(f, "it is on no known entry point, but on {}", names.join(", ")),
        }
    }
}

/// A router that doesn't start: the next best one takes its requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disabled {
    /// HTTP or TCP.
    pub protocol: Protocol,
    /// Its name with its provider.
    pub name: Text,
    /// Its rule.
    pub rule: Text,
    /// Why.
    pub cause: Cause,
}

/// All routers, by entry point.
#[derive(Debug)]
pub struct Table {
    pub(super) doors: BTreeMap<Text, Doors>,
    /// The routers that don't start.
    pub disabled: Vec<Disabled>,
    pub(super) release: Release,
}

/// What routers refer to.
struct Parts<'c> {
    configuration: &'c Configuration,
    own: &'c Own,
    middlewares: Definitions,
    services: Map<String, Value>,
    /// All of TCP, in Traefik's JSON form.
    tcp: Value,
    release: Release,
}

impl Table {
    /// The routers of a configuration on these entry points, and Traefik's own.
    pub fn new(configuration: &Configuration, traefik: Traefik<'_>) -> Self {
        let Traefik { entry_points, default_rule_syntax, own_routes, release } = traefik;
        let own = Own::new(own_routes, entry_points, release);
        let json = configuration.json(release);
        let section = |path: &str| json.pointer(path).and_then(Value::as_object).cloned().unwrap_or_default();
        let mut middlewares = Map::new();
        let own_json = own.configuration.json(release);
        for (provider, json) in [("ecs", &json), (own::PROVIDER, &own_json)] {
            let defined = json.pointer("/http/middlewares").and_then(Value::as_object).into_iter().flatten();
            middlewares.extend(defined.map(|(name, value)| (format!("{name}@{provider}"), value.clone())));
        }
        let tcp = json.get("tcp").cloned().unwrap_or_default();
        let parts = Parts { configuration, own: &own, middlewares, services: section("/http/services"), tcp, release };
        let doors = entry_points.iter().map(|(name, known)| (name.clone(), Doors::new(known.clone())));
        let mut table = Self { doors: doors.collect(), disabled: Vec::new(), release };
        for (provider, configuration) in [("ecs", configuration), (own::PROVIDER, &own.configuration)] {
            let laying = Laying { provider, entry_points, syntax: default_rule_syntax };
            for protocol in [Protocol::Http, Protocol::Tcp] {
                for (name, fields) in configuration.elements(protocol.routers()) {
                    for laid in lay(name, Router::of(protocol, fields), protocol, laying) {
                        table.add(&laid, protocol, &parts);
                    }
                }
            }
        }
        for doors in table.doors.values_mut() {
            doors.settle(release);
        }
        table
    }

    fn add(&mut self, laid: &Laid<'_>, protocol: Protocol, parts: &Parts<'_>) {
        // An entry point that is named twice has the router once.
        let mut known: Vec<Text> = Vec::new();
        for name in &laid.entry_points {
            if self.doors.contains_key(name) && !known.contains(name) {
                known.push(name.clone());
            }
        }
        let result = match protocol {
            Protocol::Http => {
                let hosts = domains(laid.router.rule(), rule::Kind::Http);
                if let (Some(options), Ok(hosts)) = (&laid.tls, &hosts) {
                    self.each(&known, |_, doors| doors.add_hosts(hosts, options));
                }
                parts.http(laid, hosts.unwrap_or_default()).map(|router| {
                    self.each(&known, |name, doors| doors.add_http(router.on(name), laid.tls.is_some()));
                })
            }
            _ => parts.tcp(laid).map(|router| self.each(&known, |_, doors| doors.add_tcp(router.clone()))),
        };
        let cause = match result {
            Ok(()) if known.is_empty() => Cause::EntryPoints(laid.entry_points.clone()),
            Ok(()) => return,
            Err(cause) => cause,
        };
        let (name, rule) = (laid.name.clone(), laid.router.rule().into());
        self.disabled.push(Disabled { protocol, name, rule, cause });
    }

    /// Does something at each of these entry points.
    fn each(&mut self, names: &[Text], mut act: impl FnMut(&Text, &mut Doors)) {
        for name in names {
            if let Some(doors) = self.doors.get_mut(name) {
                act(name, doors);
            }
        }
    }
}

impl Parts<'_> {
    fn rule(&self, laid: &Laid<'_>, kind: rule::Kind) -> Result<(Rule, i64), Cause> {
        let text = laid.router.rule();
        let rule = Rule::parse(text, Language::new(self.release, &laid.syntax, kind)).map_err(Cause::Rule)?;
        match laid.router.priority() {
            0 => Ok((rule, default_priority(text, kind))),
            priority if priority > MAX_PRIORITY && !laid.is_own() => Err(Cause::Priority(priority)),
            priority => Ok((rule, priority)),
        }
    }

    fn http(&self, laid: &Laid<'_>, domains: Vec<String>) -> Result<HttpRouter, Cause> {
        let (rule, priority) = self.rule(laid, rule::Kind::Http)?;
        let mut middlewares = resolve(&laid.middlewares, &self.middlewares).map_err(Cause::Middleware)?;
        let service = qualified(laid.router.service(), "ecs");
        let (target, after) = self.service(&service)?;
        middlewares.extend(resolve(&after, &self.middlewares).map_err(Cause::Middleware)?);
        for middleware in &middlewares {
            if let Step::Errors(service) = &middleware.step {
                self.service(service)?;
            }
        }
        if let Some(options) = laid.tls.as_ref().filter(|options| !is_default(options)) {
            return Err(Cause::TlsOptions(options.clone()));
        }
        Ok(HttpRouter {
            name: laid.name.clone(),
            text: laid.router.rule().into(),
            rule,
            priority,
            domains,
            middlewares,
            service,
            target,
            encoded_characters: laid.encoded_characters,
            guard: laid.router.has_default_rule().then(|| guard(&laid.name)),
            entry_point: Text::default(),
        })
    }

    /// A service, and the middlewares of its own.
    fn service(&self, name: &Text) -> Result<(Target, Vec<Text>), Cause> {
        if self.own.services.contains(name) {
            return Ok((Target::Internal, Vec::new()));
        }
        let missing = || Cause::Service(name.clone());
        let own = name.strip_suffix("@ecs").ok_or_else(missing)?;
        let fields = self.configuration.get(Section::HttpServices, own).ok_or_else(missing)?;
        let service = Service::of(Protocol::Http, fields);
        let servers = service.load_balancer().ok_or_else(missing)?.servers();
        let json = self.services.get(own).and_then(|service| service.get("loadBalancer"));
        knows_transport(json)?;
        let strategy = json.and_then(|json| json.get("strategy")).and_then(Value::as_str).unwrap_or_default();
        if !STRATEGIES.contains(&strategy) {
            return Err(Cause::Strategy(strategy.into()));
        }
        let servers = servers.map(|server| Server { url: server.url().into(), keeps_path: server.preserve_path() });
        let target = Target::Servers {
            servers: servers.collect(),
            passes_host: json.and_then(|json| json.get("passHostHeader")).and_then(Value::as_bool).unwrap_or(true),
        };
        Ok((target, service.middlewares().map(|name| qualified(name, "ecs")).collect()))
    }

    /// What TCP middlewares of these names let in, a list of addresses and networks each.
    fn admitted(&self, names: &[Text]) -> Result<Vec<Vec<String>>, MiddlewareError> {
        let mut admitted = Vec::new();
        for name in names {
            let own = name.strip_suffix("@ecs");
            let found = own.and_then(|own| self.tcp.pointer(&format!("/middlewares/{}", pointed(own))));
            let Some(kinds) = found.and_then(Value::as_object) else {
                return Err(MiddlewareError::Missing(name.clone()));
            };
            for (kind, options) in kinds {
                if let Some(why) = demand::unmet(kind, options) {
                    return Err(MiddlewareError::Unmet(name.clone(), why));
                }
                if matches!(kind.as_str(), "ipAllowList" | "ipWhiteList") {
                    admitted.push(texts(options, "sourceRange"));
                }
            }
        }
        Ok(admitted)
    }

    fn tcp(&self, laid: &Laid<'_>) -> Result<TcpRouter, Cause> {
        let (rule, priority) = self.rule(laid, rule::Kind::Tcp)?;
        let names = domains(laid.router.rule(), rule::Kind::Tcp).unwrap_or_default();
        if laid.tls.is_none() && names.first().is_some_and(|name| name != "*") {
            return Err(Cause::ServerNames);
        }
        let admitted = self.admitted(&laid.middlewares).map_err(Cause::Middleware)?;
        let service = qualified(laid.router.service(), "ecs");
        let missing = || Cause::Service(service.clone());
        let own = service.strip_suffix("@ecs").ok_or_else(missing)?;
        let fields = self.configuration.get(Section::TcpServices, own).ok_or_else(missing)?;
        let balancer = Service::of(Protocol::Tcp, fields).load_balancer().ok_or_else(missing)?;
        knows_transport(self.tcp.pointer(&format!("/services/{}/loadBalancer", pointed(own))))?;
        let servers = balancer.servers().map(|server| server.address().into()).collect();
        let passthrough = laid.router.tls().is_some_and(crate::dynamic::RouterTls::passthrough);
        let options = laid.tls.as_ref().filter(|options| !passthrough && !is_default(options));
        Ok(TcpRouter {
            name: laid.name.clone(),
            text: laid.router.rule().into(),
            rule,
            priority,
            is_catch_all: is_catch_all(laid.router.rule(), rule::Kind::Tcp),
            middlewares: laid.middlewares.clone(),
            admitted,
            service,
            servers,
            tls: laid.tls.is_some(),
            passthrough,
            broken_by: options.cloned(),
        })
    }
}

/// Refuses a service whose transport to its servers can't be there.
fn knows_transport(balancer: Option<&Value>) -> Result<(), Cause> {
    match balancer.and_then(|balancer| balancer.get("serversTransport")).and_then(Value::as_str) {
        None | Some("" | "default@internal") => Ok(()),
        Some(name) => Err(Cause::ServersTransport(name.into())),
    }
}

/// A name as a part of a JSON pointer.
fn pointed(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Whether TLS options are the ones that are always there; those of another provider can't be known.
fn is_default(options: &str) -> bool {
    options.is_empty() || options == "default"
}

/// What Traefik puts into the header `X-Traefik-Router` of requests that pass a router with a default rule: its name,
/// hashed by FNV-1.
pub(super) fn guard(name: &str) -> String {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
    format!("{hash:x}")
}
