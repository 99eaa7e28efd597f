//! What `render --template` gives a template: the configuration, and what other proxies need of it, laid out flat.
//! `ecsroute.template/1`.

mod balancers;
mod hosts;
mod places;

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde::Serialize;

use super::discovered::{self, Discovered, Facts};
use crate::dynamic::{self, Protocol};
use crate::model::Text;
use crate::pipeline::Run;
use crate::settings::{EntryPoints, default_entry_points};

pub use hosts::{Host, Location};
pub use places::Place;

/// The data of a template.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Templated {
    /// `ecsroute.template/1`.
    pub schema: &'static str,
    /// `live`, `snapshot` or `demo`.
    pub source: &'static str,
    /// The region of the fleet.
    #[schemars(with = "Option<String>")]
    pub region: Option<Text>,
    /// When the records were read, as RFC 3339; null for a fleet that has no time.
    #[schemars(with = "Option<String>")]
    pub time: Option<Text>,
    /// Whose behaviour: `v3.7`.
    pub traefik: &'static str,
    /// Whether every call was answered.
    pub complete: bool,
    /// What Traefik would do with this pass: `published`, `wiped`, `stale` or `refused`.
    pub outcome: &'static str,
    /// The entry points of the static configuration, by name.
    pub entry_points: Vec<EntryPoint>,
    /// HTTP hosts with the paths below them, by name; plain and TLS apart.
    pub hosts: Vec<Host>,
    /// Every router, by protocol and then as Traefik tries them: highest priority first.
    pub routers: Vec<Router>,
    /// Every service that has servers of its own, by protocol and name.
    pub services: Vec<Service>,
    /// Every server of those services, with its service and its routers.
    pub servers: Vec<ServiceServer>,
    /// Every container with what became of it, as `discover --format json` has them.
    #[schemars(with = "Vec<BTreeMap<String, serde_json::Value>>")]
    pub containers: Vec<discovered::Container>,
    /// The whole dynamic configuration as Traefik's API gives it.
    pub configuration: serde_json::Value,
}

/// An entry point of the static configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntryPoint {
    /// Its name.
    #[schemars(with = "String")]
    pub name: Text,
    /// Where it listens: `:80`, `:53/udp`.
    #[schemars(with = "String")]
    pub address: Text,
    /// The port of that.
    pub port: Option<u16>,
    /// `tcp` or `udp`.
    pub transport: &'static str,
}

/// A router.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Router {
    /// `http`, `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its name, without `@ecs`.
    #[schemars(with = "String")]
    pub name: Text,
    /// Its rule; empty for UDP.
    pub rule: String,
    /// Its priority, the one that follows from the rule included.
    pub priority: i64,
    /// Its entry points; the default ones where it names none.
    #[schemars(with = "Vec<String>")]
    pub entry_points: Vec<Text>,
    /// Its middlewares, in order.
    #[schemars(with = "Vec<String>")]
    pub middlewares: Vec<Text>,
    /// Its service.
    pub service: String,
    /// Whether it takes TLS alone.
    pub tls: bool,
    /// The resolver of its certificates; empty for none.
    pub cert_resolver: String,
    /// Whether the connection goes to the server still encrypted; TCP alone.
    pub passthrough: bool,
    /// The hosts and paths that it takes: any of these. A host is letters, digits, `-`, `_` and `.`. Empty where the
    /// rule asks for something else.
    pub places: Vec<Place>,
    /// What the rule asks for that is no plain host and no path; null where `places` says all.
    pub beyond: Option<String>,
    /// The servers of its service.
    pub servers: Vec<Server>,
}

/// A service with servers of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// `http`, `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its name, without `@ecs`.
    #[schemars(with = "String")]
    pub name: Text,
    /// The routers that name it.
    #[schemars(with = "Vec<String>")]
    pub routers: Vec<Text>,
    /// Its servers, in the order that Traefik has them.
    pub servers: Vec<Server>,
    /// The URLs of servers that can't be reached by anybody, for they name no machine or no port.
    pub left_out: Vec<String>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// `http://10.0.0.1:80`, or `10.0.0.1:80` for TCP and UDP.
    pub url: String,
    /// `http`, `https` or `h2c`; empty for TCP and UDP.
    pub scheme: String,
    /// The address alone, without brackets.
    pub host: String,
    /// The port alone; null where the URL names none.
    pub port: Option<u16>,
    /// Address and port as most proxies want them, with brackets around IPv6.
    pub address: String,
    /// Its weight; 1 where none is given.
    pub weight: i64,
    /// The container that it belongs to: cluster, ECS service, container, task. Null where none is known.
    pub container: Option<Origin>,
}

/// A server with its service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceServer {
    /// `http`, `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its service's name, without `@ecs`.
    #[schemars(with = "String")]
    pub service: Text,
    /// The routers that name the service.
    #[schemars(with = "Vec<String>")]
    pub routers: Vec<Text>,
    /// The server itself.
    #[serde(flatten)]
    pub server: Server,
}

/// Whose server it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The cluster's name.
    #[schemars(with = "String")]
    pub cluster: Text,
    /// The ECS service; null for a task without one.
    #[schemars(with = "Option<String>")]
    pub ecs_service: Option<Text>,
    /// The container's name.
    #[schemars(with = "String")]
    pub container: Text,
    /// The last part of the task's ARN.
    pub task: String,
}

impl Templated {
    /// The data of a pass.
    pub fn of(run: &Run, facts: Facts, entry_points: &EntryPoints) -> Self {
        let Discovered { schema: _, complete, source, region, time, traefik, containers, .. } =
            Discovered::of(run, facts);
        let services = balancers::services(run, &containers);
        let routers = routers(run, &services, &default_entry_points(entry_points));
        Self {
            schema: "ecsroute.template/1",
            source,
            region,
            time,
            traefik: traefik.version,
            complete,
            outcome: traefik.outcome,
            entry_points: entry_points.iter().map(|(name, known)| entry_point(name, known)).collect(),
            hosts: hosts::hosts(&routers),
            routers,
            servers: services.iter().flat_map(Service::placed).collect(),
            services,
            containers,
            configuration: run.configuration.json(run.release),
        }
    }

    /// The data as JSON with its schema beside it, for people who write a template.
    pub fn with_schema(&self) -> serde_json::Value {
        serde_json::json!({ "data": self, "jsonSchema": schema_for!(Self) })
    }
}

impl Service {
    fn placed(&self) -> impl Iterator<Item = ServiceServer> {
        self.servers.iter().map(|server| ServiceServer {
            protocol: self.protocol,
            service: self.name.clone(),
            routers: self.routers.clone(),
            server: server.clone(),
        })
    }
}

fn entry_point(name: &Text, known: &crate::settings::EntryPoint) -> EntryPoint {
    let (address, transport) = known.address.split_once('/').unwrap_or((&known.address, "tcp"));
    let port = address.rsplit(':').next().and_then(|port| port.parse().ok());
    let transport = if transport.eq_ignore_ascii_case("udp") { "udp" } else { "tcp" };
    EntryPoint { name: name.clone(), address: known.address.clone(), port, transport }
}

/// The routers of all protocols, each protocol's in the order in which Traefik tries them.
fn routers(run: &Run, services: &[Service], defaults: &[Text]) -> Vec<Router> {
    let servers: BTreeMap<_, _> =
        services.iter().map(|service| ((service.protocol, &*service.name), &service.servers)).collect();
    let mut all = Vec::new();
    for protocol in Protocol::ALL {
        let mut routers: Vec<_> = run
            .configuration
            .elements(protocol.routers())
            .map(|(name, fields)| {
                let router = dynamic::Router::of(protocol, fields);
                let own = servers.get(&(protocol.name(), local(router.service())));
                Router {
                    servers: own.map(|own| (*own).clone()).unwrap_or_default(),
                    ..shown(run, name, protocol, router, defaults)
                }
            })
            .collect();
        routers.sort_by(|a, b| b.priority.cmp(&a.priority).then_with(|| a.name.cmp(&b.name)));
        all.extend(routers);
    }
    all
}

/// A router without its servers.
fn shown(run: &Run, name: &Text, protocol: Protocol, router: dynamic::Router<'_>, defaults: &[Text]) -> Router {
    let (places, beyond) = match places::places(router.rule(), protocol, router.rule_syntax(), run.release) {
        Ok(places) => (places, None),
        Err(beyond) => (Vec::new(), Some(beyond)),
    };
    let named: Vec<_> = router.entry_points().cloned().collect();
    let tls = router.tls();
    Router {
        protocol: protocol.name(),
        name: name.clone(),
        rule: router.rule().to_owned(),
        priority: places::priority(router, protocol),
        entry_points: if named.is_empty() && protocol != Protocol::Udp { defaults.to_vec() } else { named },
        middlewares: router.middlewares().cloned().collect(),
        service: router.service().to_owned(),
        tls: tls.is_some(),
        cert_resolver: tls.map(|tls| tls.cert_resolver().to_owned()).unwrap_or_default(),
        passthrough: tls.is_some_and(dynamic::RouterTls::passthrough),
        places,
        beyond,
        servers: Vec::new(),
    }
}

/// The name of an element of this provider, as a reference may spell it.
fn local(name: &str) -> &str {
    name.strip_suffix("@ecs").unwrap_or(name)
}
