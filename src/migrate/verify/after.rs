//! v3's side: routers with their rules, the middlewares that change paths, and the servers behind.

use std::collections::BTreeSet;

use super::{Outcome, Probe};
use crate::dynamic::{Configuration, Protocol, Router, Section, Service};
use crate::model::Release;
use crate::routing::{Arrival, Entered, PathChange};
use crate::rule::{HttpRequest, Kind, Language, Request, RequestHead, Rule, default_priority};

/// Where requests come from.
const CLIENT: &str = "127.0.0.1";

/// A router.
#[derive(Debug, Clone)]
pub struct After {
    /// Its name.
    pub name: String,
    /// Its rule.
    pub rule: Rule,
    /// Its effective priority.
    pub priority: i64,
    /// The entry points that it serves; none stands for the default ones.
    pub entry_points: Vec<String>,
    /// The servers of its service.
    pub servers: BTreeSet<String>,
    changes: Vec<PathChange>,
}

/// The routers of a configuration. One that v3 refuses is as if it were not there.
pub fn after(configuration: &Configuration, release: Release) -> Vec<After> {
    let middlewares = configuration.json(release)["http"]["middlewares"].clone();
    let language = Language::new(release, "", Kind::Http);
    let routers = configuration.elements(Section::HttpRouters).filter_map(|(name, fields)| {
        let router = Router::of(Protocol::Http, fields);
        let rule = Rule::parse(router.rule(), language).ok()?;
        let given = router.priority();
        let named = router.middlewares().map(|name| &middlewares[&**name]);
        Some(After {
            name: name.to_string(),
            rule,
            priority: if given == 0 { default_priority(router.rule(), Kind::Http) } else { given },
            entry_points: router.entry_points().map(ToString::to_string).collect(),
            servers: servers(configuration, router.service()),
            changes: named.filter_map(PathChange::of).collect(),
        })
    });
    routers.collect()
}

/// The same with services' names for servers: what labels alone come to.
pub fn after_by_service(configuration: &Configuration, release: Release) -> Vec<After> {
    let mut routers = after(configuration, release);
    for router in &mut routers {
        let fields = configuration.get(Section::HttpRouters, &router.name);
        let service = fields.map(|fields| Router::of(Protocol::Http, fields).service().to_owned());
        router.servers = service.into_iter().collect();
    }
    routers
}

fn servers(configuration: &Configuration, service: &str) -> BTreeSet<String> {
    let Some(fields) = configuration.get(Section::HttpServices, service) else { return BTreeSet::new() };
    let balancer = Service::of(Protocol::Http, fields).load_balancer();
    balancer
        .into_iter()
        .flat_map(|balancer| balancer.servers().map(|server| server.url().to_owned()).collect::<Vec<_>>())
        .collect()
}

/// What v3 does with a request; nothing where Go's server refuses it, 1.7's as well as v3's.
pub(super) fn outcome(all: &[After], probe: &Probe) -> Option<Outcome> {
    let nothing = Outcome { status: 404, ..Outcome::default() };
    let mut entered = Entered::new(&arrival(probe))?;
    let head = RequestHead {
        method: &probe.method,
        host: &probe.host,
        path: &entered.escaped_path(),
        query: &probe.query,
        headers: &probe.headers,
        remote_address: CLIENT,
    };
    let request = Request::Http(HttpRequest::new(&head, Release::default()));
    let here = |one: &&After| {
        let named = one.entry_points.contains(&probe.entry_point);
        named || one.entry_points.is_empty() && probe.entry_point.is_empty()
    };
    let matching = all.iter().filter(here).filter(|one| one.rule.matches(&request));
    let Some(taken) = matching.max_by_key(|one| (one.priority, std::cmp::Reverse(one.name.as_str()))) else {
        return Some(nothing);
    };
    let taken_by = Some(taken.name.clone());
    if let Err(status) = taken.changes.iter().try_for_each(|change| entered.change(change)) {
        return Some(Outcome { taken_by, status, ..Outcome::default() });
    }
    Some(Outcome {
        taken_by,
        status: 200,
        target: Some(entered.request_uri()),
        prefix: entered.forwarded_prefix().join(","),
        servers: taken.servers.clone(),
    })
}

fn arrival(probe: &Probe) -> Arrival {
    let query = if probe.query.is_empty() { String::new() } else { format!("?{}", probe.query) };
    Arrival {
        entry_point: probe.entry_point.as_str().into(),
        tls: false,
        server_name: String::new(),
        protocols: Vec::new(),
        method: probe.method.clone(),
        target: format!("{}{query}", probe.path),
        host: probe.host.clone(),
        headers: probe.headers.clone(),
        remote_address: CLIENT.to_owned(),
    }
}
