//! Hosts: what Traefik makes of a `Host` header, and how it compares one with a rule.

use crate::golang::net::split_host_port;

/// A `Host` header without its port and without the brackets of IPv6.
fn without_port(header: &str) -> &str {
    if !header.contains(':') {
        return header;
    }
    let bare = || header.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    split_host_port(header).map(|(host, _)| host).or_else(bare).unwrap_or(header)
}

/// The host that rules compare: without port, in lower case.
pub(super) fn canonical(header: &str) -> String {
    without_port(header).trim().to_lowercase()
}

/// How a rule's host is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wildcard {
    /// `*.x` takes any first label (v3.7).
    Taken,
    /// A `*` is a character like any other.
    Literal,
}

/// Whether a host is the one of a rule; a trailing dot on either side doesn't count.
pub(super) fn matches(host: &str, wanted: &str, wildcard: Wildcard) -> bool {
    let same = |host: &str, wanted: &str| is_same(host, wanted, wildcard);
    !host.is_empty()
        && (same(host, wanted)
            || wanted.strip_suffix('.').is_some_and(|wanted| same(host, wanted))
            || host.strip_suffix('.').is_some_and(|host| same(host, wanted)))
}

/// Whether a name is the one of a rule, to the letter save for case.
pub(super) fn is_same(name: &str, wanted: &str, wildcard: Wildcard) -> bool {
    match wanted.strip_prefix('*') {
        Some(rest) if wildcard == Wildcard::Taken => {
            let after_label = name.find('.').map_or("", |dot| &name[dot..]);
            after_label.eq_ignore_ascii_case(rest)
        }
        _ => name.eq_ignore_ascii_case(wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wildcard, canonical, matches};

    #[test]
    fn headers_lose_port_and_brackets() {
        for (header, host) in [
            ("Example.com:8080", "example.com"),
            ("[::1]:80", "::1"),
            ("[::1]", "::1"),
            ("::1", "::1"),
            ("example.com", "example.com"),
            ("", ""),
        ] {
            assert_eq!(canonical(header), host);
        }
    }

    #[test]
    fn a_wildcard_stands_for_one_label() {
        let taken = |host, wanted| matches(host, wanted, Wildcard::Taken);
        assert!(taken("a.example.com", "*.example.com") && taken(".example.com", "*.example.com"));
        assert!(taken("a.example.com.", "*.example.com"));
        assert!(!taken("a.b.example.com", "*.example.com") && !taken("example.com", "*.example.com"));
        assert!(!taken("a.b.example.com", "*.*.example.com") && !taken("aexample.com", "*example.com"));
        assert!(!matches("a.example.com", "*.example.com", Wildcard::Literal));
        assert!(matches("*.example.com", "*.example.com", Wildcard::Literal));
    }
}
