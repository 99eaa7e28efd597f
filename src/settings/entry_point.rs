//! An entry point of Traefik: where it listens, and what it lays on the routers that listen there.
//!
//! Only what decides which router takes a request, and what a server then gets, has a field here. Timeouts and the like
//! are checked when settings are read and then forgotten.

use std::collections::BTreeMap;

use crate::model::Text;

/// Entry points by name.
pub type EntryPoints = BTreeMap<Text, EntryPoint>;

/// The entry point that Traefik adds for its own API, ping and metrics.
pub const INTERNAL: &str = "traefik";

/// One entry point; the default is a new one as Traefik makes it, with no address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryPoint {
    /// `[host]:port`, with `/tcp` or `/udp` behind it or nothing, which means TCP.
    pub address: Text,
    /// Whether it is one of those that a router without entry points gets.
    pub as_default: bool,
    /// Whether routers of others may answer the challenges of certificates.
    pub allow_acme_by_pass: bool,
    /// What is believed of what clients say of their way.
    pub forwarded_headers: ForwardedHeaders,
    /// What is done to requests and routers.
    pub http: EntryPointHttp,
}

/// What an entry point believes of the headers that say which way a request came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForwardedHeaders {
    /// Everything, whoever says it.
    pub insecure: bool,
    /// What these addresses and networks say.
    pub trusted_ips: Vec<Text>,
    /// Headers that stay although a `Connection` header names them.
    pub connection: Vec<Text>,
}

/// The `http` section of an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPointHttp {
    /// A redirection of every request to another entry point: `redirections.entryPoint`.
    pub redirection: Option<Redirection>,
    /// Middlewares that go before those of every router.
    pub middlewares: Vec<Text>,
    /// The TLS section of every router that has none of its own.
    pub tls: Option<EntryPointTls>,
    /// Which encoded characters a path may have; absent: nothing is checked.
    pub encoded_characters: Option<EncodedCharacters>,
    /// Whether `;` in a query becomes `%3B` instead of `&`.
    pub encode_query_semicolons: bool,
    /// Whether `/./`, `/../` and repeated slashes are taken out of a path.
    pub sanitize_path: bool,
    /// How many bytes the request line and the headers may have, or so; zero and less: a mebibyte.
    pub max_header_bytes: i64,
    /// What becomes of headers with an underscore in their names: `keep`, `delete`, `reject`; empty means keep.
    pub underscore_headers_strategy: Text,
}

impl Default for EntryPointHttp {
    fn default() -> Self {
        Self {
            redirection: None,
            middlewares: Vec::new(),
            tls: None,
            encoded_characters: None,
            encode_query_semicolons: false,
            sanitize_path: true,
            max_header_bytes: 1 << 20,
            underscore_headers_strategy: Text::default(),
        }
    }
}

/// A redirection of everything that arrives at an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirection {
    /// The other entry point, or `:port`.
    pub to: Text,
    /// The scheme of the new URL.
    pub scheme: Text,
    /// Whether it is permanent (301, 308) or not (302, 307).
    pub permanent: bool,
    /// The priority of the router that does it.
    pub priority: i64,
}

impl Default for Redirection {
    /// To nowhere, by HTTPS, permanent, and before every router.
    fn default() -> Self {
        Self { to: Text::default(), scheme: "https".into(), permanent: true, priority: i64::MAX - 1 }
    }
}

/// The TLS section that an entry point lays on its routers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryPointTls {
    /// The name of TLS options; empty means the default ones.
    pub options: Text,
    /// The resolver that gets certificates; empty means none.
    pub cert_resolver: Text,
    /// The domains to get certificates for.
    pub domains: Vec<Domain>,
}

/// A domain that a certificate is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Domain {
    /// Its main name.
    pub main: Text,
    /// Its other names.
    pub sans: Vec<Text>,
}

/// Which characters may stand percent-encoded in a path; a request with another one is refused with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one independent switch for each character, as Traefik has them")]
pub struct EncodedCharacters {
    /// `%2F`.
    pub slash: bool,
    /// `%5C`.
    pub back_slash: bool,
    /// `%00`.
    pub null_character: bool,
    /// `%3B`.
    pub semicolon: bool,
    /// `%25`.
    pub percent: bool,
    /// `%3F`.
    pub question_mark: bool,
    /// `%23`.
    pub hash: bool,
}

impl Default for EncodedCharacters {
    /// All of them may.
    fn default() -> Self {
        Self {
            slash: true,
            back_slash: true,
            null_character: true,
            semicolon: true,
            percent: true,
            question_mark: true,
            hash: true,
        }
    }
}

/// What an entry point's connections carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// TCP, and HTTP on it.
    Tcp,
    /// UDP.
    Udp,
}

/// The address of an entry point ends in a protocol that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid protocol: {0}")]
pub struct UnknownTransport(pub String);

impl EntryPoint {
    /// What its connections carry.
    ///
    /// # Errors
    /// When something other than `tcp` and `udp`, in any case, follows the first `/` of the address.
    pub fn transport(&self) -> Result<Transport, UnknownTransport> {
        match self.address.split_once('/') {
            None => Ok(Transport::Tcp),
            Some((_, tcp)) if tcp.to_lowercase() == "tcp" => Ok(Transport::Tcp),
            Some((_, udp)) if udp.to_lowercase() == "udp" => Ok(Transport::Udp),
            Some((_, other)) => Err(UnknownTransport(other.to_owned())),
        }
    }

    /// The address without its protocol: `:80`.
    pub fn host_and_port(&self) -> &str {
        self.address.split_once('/').map_or(&self.address, |(address, _)| address)
    }

    /// The port alone, as it is written; "" where there is none.
    pub fn port(&self) -> &str {
        self.host_and_port().rsplit_once(':').map_or("", |(_, port)| port)
    }
}

/// The entry points of a router that names none: those with `asDefault` if there are any, else all; never UDP ones
/// and never the internal one.
pub fn default_entry_points(entry_points: &EntryPoints) -> Vec<Text> {
    let marked = entry_points.values().any(|entry_point| entry_point.as_default);
    entry_points
        .iter()
        .filter(|(name, entry_point)| {
            entry_point.as_default == marked && ***name != *INTERNAL && entry_point.transport() == Ok(Transport::Tcp)
        })
        .map(|(name, _)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{EntryPoint, EntryPoints, Transport, default_entry_points};

    fn at(address: &str, as_default: bool) -> EntryPoint {
        EntryPoint { address: address.into(), as_default, ..EntryPoint::default() }
    }

    #[test]
    fn the_protocol_follows_the_first_slash() {
        assert_eq!(at(":53/UDP", false).transport(), Ok(Transport::Udp));
        assert_eq!(at(":80", false).transport(), Ok(Transport::Tcp));
        assert!(at(":80/", false).transport().is_err());
        assert!(at(":80/tcp/x", false).transport().is_err());
        assert_eq!(at("10.0.0.1:80/tcp", false).port(), "80");
    }

    #[test]
    fn marked_entry_points_win_over_the_rest() {
        let mut all = EntryPoints::new();
        all.insert("web".into(), at(":80", false));
        all.insert("dns".into(), at(":53/udp", false));
        all.insert("traefik".into(), at(":8080", false));
        assert_eq!(default_entry_points(&all), ["web".into()]);
        all.insert("alt".into(), at(":81", true));
        assert_eq!(default_entry_points(&all), ["alt".into()]);
    }
}
