//! The address of a container's server: which port, which scheme, and what labels may say about both.

use super::decision::PortFrom;
use super::reason::Reason;
use super::verdict::Machine;
use crate::dynamic::{LoadBalancerMut, Protocol, Server};
use crate::model::{Release, Text};

/// Gives a service's load balancer the container's server; gives its address, and where its port came from.
pub(super) fn give_server(
    protocol: Protocol,
    service: &Text,
    mut balancer: LoadBalancerMut<'_>,
    machine: &Machine,
    release: Release,
) -> Result<(Text, PortFrom), Reason> {
    if balancer.servers().is_empty() {
        balancer.servers().push(Server::fresh(protocol, release));
    }
    let given = balancer.servers()[0].as_struct().expect("a list of servers holds structures").clone();
    let given = Server::of(protocol, &given);
    if !given.url().is_empty() {
        if given.port().is_empty() && given.scheme().is_empty() {
            return Ok((given.url().into(), PortFrom::Url));
        }
        return Err(Reason::ServerUrlConflict { service: service.clone() });
    }
    let (port, from) =
        port(given.port(), machine).ok_or_else(|| Reason::PortMissing { protocol, service: service.clone() })?;
    let address = join(&machine.address, &port);
    let address: Text = match protocol {
        Protocol::Http => format!("{}://{address}", scheme(given.scheme(), release)).into(),
        Protocol::Tcp | Protocol::Udp => address.into(),
    };
    if let Some(mut server) = balancer.server(0) {
        server.set_port(Text::default());
        server.set_scheme(Text::default());
        match protocol {
            Protocol::Http => server.set_url(address.clone()),
            Protocol::Tcp | Protocol::Udp => server.set_address(address.clone()),
        }
    }
    Ok((address, from))
}

/// The scheme of a URL. Before v3.4 an empty one stays empty; there a server is made with `http`, so that only a label
/// can empty it.
fn scheme(given: &str, release: Release) -> &str {
    if given.is_empty() && release >= Release::V3_4 { "http" } else { given }
}

/// The port on the machine's address. A label's port is one of the container's where a mapping has it, whatever its
/// protocol, and otherwise is taken as it stands. Without a label it is the lowest of the machine's ports.
fn port(label: &str, machine: &Machine) -> Option<(String, PortFrom)> {
    if label.is_empty() {
        let ports = machine.ports.iter().filter(|port| (0..=i32::from(u16::MAX)).contains(&port.host));
        let lowest = ports.clone().map(|port| port.host).min()?;
        return Some((lowest.to_string(), PortFrom::Lowest { of: ports.count() }));
    }
    let mapped = machine.ports.iter().find(|port| port.container.to_string() == label);
    Some(match mapped {
        Some(port) => (port.host.to_string(), PortFrom::Mapped { label: label.into() }),
        None => (label.to_owned(), PortFrom::Label),
    })
}

/// An address with a port, as Go joins them: an address with colons in it goes into brackets.
fn join(address: &str, port: &str) -> String {
    if address.contains(':') { format!("[{address}]:{port}") } else { format!("{address}:{port}") }
}

#[cfg(test)]
mod tests {
    use super::{join, port, scheme};
    use crate::model::Release;
    use crate::pipeline::{Found, Machine, Port, PortFrom};

    fn machine(ports: &[(i32, i32)]) -> Machine {
        let ports = ports.iter().map(|(container, host)| Port { container: *container, host: *host }).collect();
        Machine { found: Found::Interface, address: "10.0.0.1".into(), ports }
    }

    #[test]
    fn a_label_names_a_port_of_the_container_or_one_of_the_host() {
        let machine = machine(&[(80, 32768), (443, 32769)]);
        assert_eq!(port("443", &machine), Some(("32769".into(), PortFrom::Mapped { label: "443".into() })));
        assert_eq!(port("8080", &machine), Some(("8080".into(), PortFrom::Label)));
        assert_eq!(port("080", &machine), Some(("080".into(), PortFrom::Label)));
    }

    #[test]
    fn without_a_label_the_lowest_host_port_counts_zero_included() {
        assert_eq!(port("", &machine(&[(80, 9000), (81, 8000)])), Some(("8000".into(), PortFrom::Lowest { of: 2 })));
        assert_eq!(port("", &machine(&[(80, 0), (81, 8000)])), Some(("0".into(), PortFrom::Lowest { of: 2 })));
        assert_eq!(port("", &machine(&[(80, -1), (81, 70_000)])), None);
        assert_eq!(port("", &machine(&[])), None);
    }

    #[test]
    fn an_empty_scheme_is_http_since_v3_4() {
        assert_eq!(scheme("", Release::V3_4), "http");
        assert_eq!(scheme("", Release::V3_3), "");
        assert_eq!(scheme("h2c", Release::V3_7), "h2c");
    }

    #[test]
    fn an_ipv6_address_stands_in_brackets() {
        assert_eq!(join("fd00::1", "80"), "[fd00::1]:80");
        assert_eq!(join("10.0.0.1", "80"), "10.0.0.1:80");
    }
}
