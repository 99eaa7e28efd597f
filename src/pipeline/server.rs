//! The address of a container's server: which port, which scheme, and what labels may say about both.

use super::decision::{Made, PortFrom};
use super::reason::Reason;
use super::verdict::Machine;
use crate::dynamic::{Protocol, Server, ServerMut, Struct, Value};
use crate::model::{Release, Text};

/// A server that a service gets of each container: what labels say of it, without the address.
#[derive(Debug)]
pub(super) struct Serving {
    pub(super) protocol: Protocol,
    /// Its service.
    pub(super) service: Text,
    /// Whether the service was made because labels define none.
    by_default: bool,
    /// As labels give it.
    given: Struct,
}

impl Serving {
    pub(super) fn new(protocol: Protocol, service: Text, by_default: bool, given: Struct) -> Self {
        Self { protocol, service, by_default, given }
    }

    /// The server on a machine; gives its address, and where its port came from.
    pub(super) fn on(&self, machine: &Machine, release: Release) -> Result<Made, Reason> {
        let (address, port) = self.address(machine, release)?;
        let (protocol, service) = (self.protocol, self.service.clone());
        Ok(Made::Server { protocol, service, by_default: self.by_default, address, port })
    }

    fn address(&self, machine: &Machine, release: Release) -> Result<(Text, PortFrom), Reason> {
        let given = Server::of(self.protocol, &self.given);
        if !given.url().is_empty() {
            if given.port().is_empty() && given.scheme().is_empty() {
                return Ok((given.shared_place(), PortFrom::Url));
            }
            return Err(Reason::ServerUrlConflict { service: self.service.clone() });
        }
        let (port, from) = port(&given.shared_port(), machine)
            .ok_or_else(|| Reason::PortMissing { protocol: self.protocol, service: self.service.clone() })?;
        let scheme = match self.protocol {
            Protocol::Http => Some(scheme(given.scheme(), release)),
            Protocol::Tcp | Protocol::Udp => None,
        };
        Ok((join(scheme, &machine.address, &port), from))
    }

    /// The server as it is published, with an address that [`on`](Self::on) gave.
    pub(super) fn at(&self, address: &Text) -> Value {
        let mut fields = self.given.clone();
        let mut server = ServerMut::of(self.protocol, &mut fields);
        server.set_port(Text::default());
        server.set_scheme(Text::default());
        server.set_place(address.clone());
        Value::Struct(fields)
    }
}

/// The scheme of a URL. Before v3.4 an empty one stays empty; there a server is made with `http`, so that only a label
/// can empty it.
fn scheme(given: &str, release: Release) -> &str {
    if given.is_empty() && release >= Release::V3_4 { "http" } else { given }
}

/// The port on the machine's address. A label's port is one of the container's where a mapping has it, whatever its
/// protocol, and otherwise is taken as it stands. Without a label it is the lowest of the machine's ports.
fn port(label: &Text, machine: &Machine) -> Option<(Text, PortFrom)> {
    if label.is_empty() {
        let ports = machine.ports.iter().filter(|port| (0..=i32::from(u16::MAX)).contains(&port.host));
        let lowest = ports.clone().map(|port| port.host).min()?;
        return Some((lowest.to_string().into(), PortFrom::Lowest { of: ports.count() }));
    }
    let mapped = machine.ports.iter().find(|port| is_written(port.container, label));
    Some(match mapped {
        Some(port) if port.host == port.container => (label.clone(), PortFrom::Mapped { label: label.clone() }),
        Some(port) => (port.host.to_string().into(), PortFrom::Mapped { label: label.clone() }),
        None => (label.clone(), PortFrom::Label),
    })
}

/// Whether a text is a number as Go writes it: without a sign or zeros in front.
fn is_written(number: i32, text: &str) -> bool {
    text.parse() == Ok(number) && (!text.starts_with(['0', '+']) || text == "0") && !text.starts_with("-0")
}

/// An address with a port, as Go joins them, behind a scheme: an address with colons in it goes into brackets.
fn join(scheme: Option<&str>, address: &str, port: &str) -> Text {
    let mut joined = String::with_capacity(address.len() + port.len() + 16);
    if let Some(scheme) = scheme {
        joined.push_str(scheme);
        joined.push_str("://");
    }
    let (open, close) = if address.contains(':') { ("[", "]:") } else { ("", ":") };
    for part in [open, address, close, port] {
        joined.push_str(part);
    }
    joined.into()
}

#[cfg(test)]
mod tests {
    use super::{is_written, join, port, scheme};
    use crate::model::Release;
    use crate::pipeline::{Found, Machine, Port, PortFrom};

    fn machine(ports: &[(i32, i32)]) -> Machine {
        let ports = ports.iter().map(|(container, host)| Port { container: *container, host: *host }).collect();
        Machine { found: Found::Interface, address: "10.0.0.1".into(), ports }
    }

    fn found(label: &str, ports: &[(i32, i32)]) -> Option<(String, PortFrom)> {
        port(&label.into(), &machine(ports)).map(|(port, from)| (port.to_string(), from))
    }

    #[test]
    fn a_label_names_a_port_of_the_container_or_one_of_the_host() {
        let ports = [(80, 32768), (443, 32769), (53, 53)];
        assert_eq!(found("443", &ports), Some(("32769".into(), PortFrom::Mapped { label: "443".into() })));
        assert_eq!(found("53", &ports), Some(("53".into(), PortFrom::Mapped { label: "53".into() })));
        assert_eq!(found("8080", &ports), Some(("8080".into(), PortFrom::Label)));
        assert_eq!(found("080", &ports), Some(("080".into(), PortFrom::Label)));
    }

    #[test]
    fn a_number_is_written_in_one_way() {
        for number in [-7, 0, 7, 80, i32::MIN, i32::MAX] {
            assert!(is_written(number, &number.to_string()), "{number}");
        }
        for text in ["", "+0", "-0", "00", "+7", "07", "-07", " 7", "7 ", "x", "99999999999"] {
            assert!(![-7, 0, 7].into_iter().any(|number| is_written(number, text)), "{text}");
        }
    }

    #[test]
    fn without_a_label_the_lowest_host_port_counts_zero_included() {
        assert_eq!(found("", &[(80, 9000), (81, 8000)]), Some(("8000".into(), PortFrom::Lowest { of: 2 })));
        assert_eq!(found("", &[(80, 0), (81, 8000)]), Some(("0".into(), PortFrom::Lowest { of: 2 })));
        assert_eq!(found("", &[(80, -1), (81, 70_000)]), None);
        assert_eq!(found("", &[]), None);
    }

    #[test]
    fn an_empty_scheme_is_http_since_v3_4() {
        assert_eq!(scheme("", Release::V3_4), "http");
        assert_eq!(scheme("", Release::V3_3), "");
        assert_eq!(scheme("h2c", Release::V3_7), "h2c");
    }

    #[test]
    fn an_ipv6_address_stands_in_brackets() {
        assert_eq!(&*join(None, "fd00::1", "80"), "[fd00::1]:80");
        assert_eq!(&*join(Some("http"), "10.0.0.1", "80"), "http://10.0.0.1:80");
    }
}
