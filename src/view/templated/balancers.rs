//! Services with servers, each server with the container that it belongs to.

use std::collections::BTreeMap;

use super::{Origin, Server, Service, local};
use crate::dynamic::{self, Protocol};
use crate::model::Text;
use crate::pipeline::Run;
use crate::view::discovered::Container;

/// The services of all protocols that have servers of their own.
pub(super) fn services(run: &Run, containers: &[Container]) -> Vec<Service> {
    let owners = owners(containers);
    let mut all = Vec::new();
    for protocol in Protocol::ALL {
        let users = users(run, protocol);
        for (name, fields) in run.configuration.elements(protocol.services()) {
            let Some(balancer) = dynamic::Service::of(protocol, fields).load_balancer() else { continue };
            let servers = balancer.servers().map(|server| {
                let url = if protocol == Protocol::Http { server.url() } else { server.address() };
                let owner = owners.get(&(protocol.name(), &**name, url));
                Server { container: owner.map(|owner| origin(owner)), ..shown(url, server.weight()) }
            });
            all.push(Service {
                protocol: protocol.name(),
                name: name.clone(),
                routers: users.get(&**name).cloned().unwrap_or_default(),
                servers: servers.collect(),
            });
        }
    }
    all
}

/// Containers by the protocol, service and URL of their servers.
fn owners(containers: &[Container]) -> BTreeMap<(&str, &str, &str), &Container> {
    let servers = containers.iter().flat_map(|owner| owner.servers.iter().map(move |server| (owner, server)));
    servers.map(|(owner, server)| ((server.protocol, &*server.service, &*server.url), owner)).collect()
}

/// The routers that name each service.
fn users(run: &Run, protocol: Protocol) -> BTreeMap<&str, Vec<Text>> {
    let mut users = BTreeMap::<_, Vec<_>>::new();
    for (name, fields) in run.configuration.elements(protocol.routers()) {
        users.entry(local(dynamic::Router::of(protocol, fields).service())).or_default().push(name.clone());
    }
    users
}

fn origin(container: &Container) -> Origin {
    Origin {
        cluster: container.cluster.clone(),
        ecs_service: container.ecs_service.clone(),
        container: container.container.clone(),
        task: container.task_id().to_owned(),
    }
}

/// A server by its URL, or its address with the port.
fn shown(url: &str, weight: Option<i64>) -> Server {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()),
        _ => (authority, None),
    };
    let port = port.or(match scheme {
        "https" => Some(443),
        "http" | "h2c" => Some(80),
        _ => None,
    });
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let bracketed = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    Server {
        url: url.to_owned(),
        scheme: scheme.to_owned(),
        host: host.to_owned(),
        port,
        address: port.map(|port| format!("{bracketed}:{port}")).unwrap_or(bracketed),
        weight: weight.unwrap_or(1),
        container: None,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_url_is_taken_apart() {
        for (url, scheme, host, port, address) in [
            ("http://10.0.0.1:80", "http", "10.0.0.1", Some(80), "10.0.0.1:80"),
            ("https://api.internal/x", "https", "api.internal", Some(443), "api.internal:443"),
            ("http://[fd00::1]:8080", "http", "fd00::1", Some(8080), "[fd00::1]:8080"),
            ("http://[fd00::1]", "http", "fd00::1", Some(80), "[fd00::1]:80"),
            ("10.0.0.1:5432", "", "10.0.0.1", Some(5432), "10.0.0.1:5432"),
            ("[fd00::1]:53", "", "fd00::1", Some(53), "[fd00::1]:53"),
        ] {
            let server = shown(url, None);
            assert_eq!((&*server.scheme, &*server.host, server.port, &*server.address), (scheme, host, port, address));
        }
    }
}
