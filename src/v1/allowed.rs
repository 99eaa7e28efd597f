//! Lists of addresses that may come in, at an entry point or at a frontend.
//!
//! Where `X-Forwarded-For` counts, it counts whoever sent it: 1.7 looks at whose word it takes only once a request is on
//! its way to a server.

use super::configuration::Struct;
use super::entry_points::option;
use super::rule::Request;
use super::toml::{Table, Toml};
use crate::golang::net::split_host_port;
use crate::rule::{client_is_within, is_network};

/// A list of addresses and networks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// The addresses and networks.
    pub ranges: Vec<String>,
    /// Whether an address in `X-Forwarded-For` is enough.
    pub by_header: bool,
}

impl Allowed {
    /// That of an entry point: the older name counts where the newer isn't there.
    pub(super) fn of_entry_point(options: &Table) -> Option<Self> {
        let texts = |value: Option<&Toml>| match value {
            Some(Toml::Array(items)) => items.iter().filter_map(Toml::as_text).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let found = match option(options, "whiteList") {
            Some(Toml::Table(list)) => {
                let by_header = option(list, "useXForwardedFor") == Some(&Toml::Bool(true));
                Self { ranges: texts(option(list, "sourceRange")), by_header }
            }
            _ => Self { ranges: texts(option(options, "whitelistSourceRange")), by_header: false },
        };
        Some(found).filter(|found| !found.ranges.is_empty())
    }

    /// That of a frontend.
    pub(super) fn of_frontend(options: &Struct) -> Option<Self> {
        let found = match options.section("WhiteList") {
            Some(list) => Self { ranges: list.texts("SourceRange").to_vec(), by_header: list.bool("UseXForwardedFor") },
            None => Self { ranges: options.texts("WhitelistSourceRange").to_vec(), by_header: false },
        };
        Some(found).filter(|found| !found.ranges.is_empty())
    }

    /// Whether a request of a client may pass. An address that is none is refused, whatever follows it.
    pub(super) fn passes(&self, client: &str, request: &Request) -> bool {
        let forwarded = request.values("X-Forwarded-For").filter(|_| self.by_header).unwrap_or_default();
        for hop in forwarded.iter().flat_map(|value| value.split(',')) {
            let hop = hop.trim();
            let address = split_host_port(hop).map_or(hop, |(host, _)| host);
            if !is_network(address) || address.contains('/') {
                return false;
            }
            if client_is_within(address, &self.ranges) {
                return true;
            }
        }
        client_is_within(client, &self.ranges)
    }
}

#[cfg(test)]
mod tests {
    use super::Allowed;
    use crate::v1::rule::Request;

    #[test]
    fn one_address_of_the_header_is_enough_and_one_that_is_none_refuses() {
        let passes = |by_header, client: &str, forwarded: &str| {
            let request = Request::new("GET", "a", "/", "").expect("it is a request");
            let request = request.header("X-Forwarded-For", vec![forwarded.to_owned()]);
            Allowed { ranges: vec!["10.0.0.0/8".to_owned()], by_header }.passes(client, &request)
        };
        assert!(passes(true, "1.1.1.1", "2.2.2.2, 10.0.0.1:80"));
        assert!(!passes(true, "1.1.1.1", "2.2.2.2"));
        assert!(passes(true, "10.1.1.1", "2.2.2.2"));
        assert!(!passes(true, "10.1.1.1", "unknown, 10.0.0.1"));
        assert!(!passes(false, "1.1.1.1", "10.0.0.1"));
    }
}
