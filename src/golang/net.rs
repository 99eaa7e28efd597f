//! Hosts with ports, as Go's `net` takes them apart.

/// Host and port of `host:port`, the brackets of an IPv6 address taken off, as `net.SplitHostPort` does; nothing where
/// there is no port, or more colons than one without brackets.
pub fn split_host_port(text: &str) -> Option<(&str, &str)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(inner) => {
            let (host, after) = inner.split_once(']')?;
            (host, after.strip_prefix(':')?)
        }
        None => text.split_once(':')?,
    };
    let stray = |part: &str| part.contains(['[', ']']);
    (!port.contains(':') && !stray(host) && !stray(port)).then_some((host, port))
}

#[cfg(test)]
mod tests {
    use super::split_host_port;

    #[test]
    fn hosts_are_parted_from_ports_as_go_parts_them() {
        for (text, expected) in [
            ("a.example:80", Some(("a.example", "80"))),
            ("a.example:", Some(("a.example", ""))),
            ("[::1]:80", Some(("::1", "80"))),
            ("[::1]", None),
            ("::1", None),
            ("a.example", None),
            ("a[b:80", None),
        ] {
            assert_eq!(split_host_port(text), expected, "{text}");
        }
    }
}
