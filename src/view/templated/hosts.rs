//! HTTP routers laid out by host and path, as proxies are configured that know nothing of rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Router, Server};
use crate::model::Text;

/// A host with the paths below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Host {
    /// The host; empty for routers that take any.
    pub name: String,
    /// Whether these are the routers behind TLS.
    pub tls: bool,
    /// Its paths, in byte order; of two routers for one path the one that Traefik tries first.
    pub locations: Vec<Location>,
    /// Whether a location takes whatever no other one takes.
    pub has_root: bool,
}

/// A path, or everything that begins with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// The path; `/` takes all.
    pub path: String,
    /// Whether it is this path alone, not what begins with it.
    pub exact: bool,
    /// The router.
    #[schemars(with = "String")]
    pub router: Text,
    /// Its priority.
    pub priority: i64,
    /// Its service.
    pub service: String,
    /// Its middlewares, in order.
    #[schemars(with = "Vec<String>")]
    pub middlewares: Vec<Text>,
    /// `http` or `https`: how its first server is spoken to.
    pub scheme: String,
    /// Its servers.
    pub servers: Vec<Server>,
}

/// The hosts of the HTTP routers, which come in the order in which Traefik tries them.
pub(super) fn hosts(routers: &[Router]) -> Vec<Host> {
    let mut hosts = BTreeMap::<(String, bool), BTreeMap<(String, bool), Location>>::new();
    for router in routers.iter().filter(|router| router.protocol == "http") {
        for place in &router.places {
            let below = hosts.entry((place.host.clone().unwrap_or_default(), router.tls)).or_default();
            let path = place.path.clone().unwrap_or_else(|| "/".to_owned());
            below.entry((path.clone(), place.exact)).or_insert_with(|| location(router, path, place.exact));
        }
    }
    let hosts = hosts.into_iter().map(|((name, tls), below)| {
        let has_root = below.contains_key(&("/".to_owned(), false));
        Host { name, tls, locations: below.into_values().collect(), has_root }
    });
    hosts.collect()
}

fn location(router: &Router, path: String, exact: bool) -> Location {
    let secure = router.servers.first().is_some_and(|server| server.scheme == "https");
    Location {
        path,
        exact,
        router: router.name.clone(),
        priority: router.priority,
        service: router.service.clone(),
        middlewares: router.middlewares.clone(),
        scheme: if secure { "https" } else { "http" }.to_owned(),
        servers: router.servers.clone(),
    }
}
