//! Services with servers, each server with the container that it belongs to.

use std::collections::BTreeMap;
use std::net::Ipv6Addr;

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
            let (mut servers, mut left_out) = (Vec::new(), Vec::new());
            for server in balancer.servers() {
                let url = if protocol == Protocol::Http { server.url() } else { server.address() };
                let owner = owners.get(&(protocol.name(), &**name, url));
                match shown(url, server.weight()) {
                    Some(server) => servers.push(Server { container: owner.map(|owner| origin(owner)), ..server }),
                    None => left_out.push(url.to_owned()),
                }
            }
            all.push(Service {
                protocol: protocol.name(),
                name: name.clone(),
                routers: users.get(&**name).cloned().unwrap_or_default(),
                servers,
                left_out,
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

/// A server by its URL, or its address with the port; nothing where it names no machine that can be reached.
fn shown(url: &str, weight: Option<i64>) -> Option<Server> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    // What may stand in front of it are credentials, which concern Traefik alone.
    let authority = authority.rsplit_once('@').map_or(authority, |(_, machine)| machine);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port.parse::<u16>().ok()?)),
        _ => (authority, None),
    };
    let port = port.or(match scheme {
        "https" => Some(443),
        "http" | "h2c" => Some(80),
        _ => None,
    });
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host = bare.unwrap_or(host);
    if bare.is_some_and(|host| host.parse::<Ipv6Addr>().is_err()) || (bare.is_none() && !is_machine(host)) {
        return None;
    }
    let bracketed = if bare.is_some() { format!("[{host}]") } else { host.to_owned() };
    Some(Server {
        url: url.to_owned(),
        scheme: scheme.to_owned(),
        host: host.to_owned(),
        port,
        address: port.map(|port| format!("{bracketed}:{port}")).unwrap_or(bracketed),
        weight: weight.unwrap_or(1),
        container: None,
    })
}

/// Whether a text can be a machine's name, or its address of four numbers. What else a label holds would be a pattern,
/// a variable or a directive to some proxy.
pub(super) fn is_machine(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_url_is_taken_apart() {
        for (url, scheme, host, port, address) in [
            ("http://10.0.0.1:80", "http", "10.0.0.1", Some(80), "10.0.0.1:80"),
            ("https://api.internal/x", "https", "api.internal", Some(443), "api.internal:443"),
            ("http://user:word@10.0.0.1:81/x", "http", "10.0.0.1", Some(81), "10.0.0.1:81"),
            ("http://[fd00::1]:8080", "http", "fd00::1", Some(8080), "[fd00::1]:8080"),
            ("http://[fd00::1]", "http", "fd00::1", Some(80), "[fd00::1]:80"),
            ("10.0.0.1:5432", "", "10.0.0.1", Some(5432), "10.0.0.1:5432"),
            ("[fd00::1]:53", "", "fd00::1", Some(53), "[fd00::1]:53"),
        ] {
            let server = shown(url, None).expect(url);
            assert_eq!((&*server.scheme, &*server.host, server.port, &*server.address), (scheme, host, port, address));
        }
    }

    #[test]
    fn what_names_no_machine_is_no_server() {
        let urls =
            ["http://a\"b:80", "http://{$HOME}:80", "http://a b", "http://10.0.0.1:99999", "http://", "[x]:1", ""];
        for url in urls {
            assert_eq!(shown(url, None), None, "{url}");
        }
    }
}
