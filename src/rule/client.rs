//! `ClientIP`: addresses and networks, as Go reads and compares them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::golang::net::split_host_port;

/// An address or a network. IPv4 within IPv6 (`::ffff:10.0.0.1`) is IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Network {
    V4 { base: u32, mask: u32 },
    V6 { base: u128, mask: u128 },
}

impl Network {
    /// `10.0.0.1`, `10.0.0.0/8`, `2001:db8::/32`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            None => (text.parse().ok()?, None),
            Some((address, length)) => (address.parse().ok()?, Some(prefix_length(length)?)),
        };
        match address {
            IpAddr::V4(address) => Self::v4(u32::from(address), length.unwrap_or(32)),
            IpAddr::V6(address) => Self::v6(u128::from(address), length.unwrap_or(128)),
        }
    }

    fn v4(address: u32, length: u32) -> Option<Self> {
        let mask = u32::MAX.checked_shl(32_u32.checked_sub(length)?).unwrap_or(0);
        Some(Self::V4 { base: address & mask, mask })
    }

    fn v6(address: u128, length: u32) -> Option<Self> {
        let mask = u128::MAX.checked_shl(128_u32.checked_sub(length)?).unwrap_or(0);
        let base = address & mask;
        match Ipv6Addr::from(base).to_ipv4_mapped() {
            Some(mapped) => Self::v4(u32::from(mapped), length.saturating_sub(96)),
            None => Some(Self::V6 { base, mask }),
        }
    }

    /// The first address, and the one after the last.
    pub(super) fn bounds(self) -> [Option<IpAddr>; 2] {
        match self {
            Self::V4 { base, mask } => {
                let after = (base | !mask).checked_add(1);
                [Some(base), after].map(|address| address.map(|address| IpAddr::V4(address.into())))
            }
            Self::V6 { base, mask } => {
                let after = (base | !mask).checked_add(1);
                [Some(base), after].map(|address| address.map(|address| IpAddr::V6(address.into())))
            }
        }
    }

    /// Whether the network holds an address.
    pub(super) fn contains(self, address: IpAddr) -> bool {
        match (self, address.to_canonical()) {
            (Self::V4 { base, mask }, IpAddr::V4(address)) => u32::from(address) & mask == base,
            (Self::V6 { base, mask }, IpAddr::V6(address)) => u128::from(address) & mask == base,
            _ => false,
        }
    }
}

fn prefix_length(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Whether an address, with a port or without, is one of these or in one of these networks; what is none of these has
/// none in it.
pub fn client_is_within(address: &str, networks: &[impl AsRef<str>]) -> bool {
    let Some(address) = peer_address(address) else { return false };
    networks.iter().filter_map(|network| Network::parse(network.as_ref())).any(|network| network.contains(address))
}

/// Whether a text is an address or a network.
pub fn is_network(text: &str) -> bool {
    Network::parse(text).is_some()
}

/// The address of a peer, `ip:port` or an address alone, without its zone; nothing where it is none.
pub(super) fn peer_address(text: &str) -> Option<IpAddr> {
    let host = split_host_port(text).map_or(text, |(host, _)| host);
    if let Some((address, zone)) = host.split_once('%') {
        return address.parse::<Ipv6Addr>().map(IpAddr::V6).ok().filter(|_| !zone.is_empty());
    }
    host.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| host.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

#[cfg(test)]
mod tests {
    use super::{IpAddr, Network, peer_address};

    #[test]
    fn networks_hold_what_go_says() {
        let holds = |network: &str, address: &str| {
            let address: IpAddr = address.parse().expect("an address");
            Network::parse(network).map(|network| network.contains(address))
        };
        for (network, address, expected) in [
            ("10.0.0.1", "10.0.0.1", Some(true)),
            ("10.0.0.1", "::ffff:10.0.0.1", Some(true)),
            ("10.0.0.0/8", "10.9.9.9", Some(true)),
            ("10.1.2.3/8", "10.9.9.9", Some(true)),
            ("0.0.0.0/0", "::1", Some(false)),
            ("::/0", "10.0.0.1", Some(false)),
            ("::/0", "::1", Some(true)),
            ("::ffff:10.0.0.0/104", "10.1.1.1", Some(true)),
            ("10.0.0.0/33", "10.0.0.0", None),
            ("10.0.0.0/", "10.0.0.0", None),
            ("010.0.0.1", "10.0.0.1", None),
            ("bad", "10.0.0.1", None),
        ] {
            assert_eq!(holds(network, address), expected, "{network} {address}");
        }
    }

    #[test]
    fn peers_have_a_port_or_none() {
        assert_eq!(peer_address("[::1]:80"), "::1".parse().ok());
        assert_eq!(peer_address("10.0.0.1"), "10.0.0.1".parse().ok());
        assert_eq!(peer_address("[fe80::1%eth0]:80"), "fe80::1".parse().ok());
        assert_eq!(peer_address("10.0.0.1%eth0"), None);
    }
}
