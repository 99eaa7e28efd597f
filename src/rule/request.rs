//! What rules look at: a request as the router sees it, or a connection before anything is read from it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::client::peer_address;
use super::query::{self, Pair};
use super::{host, routing_path};
use crate::golang::canonical_header;
use crate::golang::net::split_host_port;
use crate::model::Release;

/// What a rule is matched against.
#[derive(Debug, Clone)]
pub enum Request {
    /// An HTTP request.
    Http(HttpRequest),
    /// A connection.
    Tcp(Connection),
}

impl Request {
    /// The host that rules compare; the server name of a connection.
    pub fn host(&self) -> &str {
        match self {
            Self::Http(request) => &request.host,
            Self::Tcp(connection) => &connection.server_name,
        }
    }

    /// The path that rules compare; a connection has none.
    pub fn path(&self) -> &[u8] {
        match self {
            Self::Http(request) => &request.path,
            Self::Tcp(_) => &[],
        }
    }
}

/// A request as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct RequestHead<'a> {
    /// The method.
    pub method: &'a str,
    /// The `Host` header, port included.
    pub host: &'a str,
    /// The path, still encoded.
    pub path: &'a str,
    /// What follows the `?`, still encoded.
    pub query: &'a str,
    /// Further headers in order.
    pub headers: &'a [(String, String)],
    /// The peer, as `ip:port` or an address alone.
    pub remote_address: &'a str,
}

/// An HTTP request, read as rules want it.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    pub(super) method: String,
    /// Without port, in lower case.
    pub(super) host: String,
    /// Without port, as it was sent: IPv6 without a port keeps its brackets.
    pub(super) sent_host: String,
    pub(super) path: Vec<u8>,
    pub(super) query: Vec<Pair>,
    /// By canonical name.
    pub(super) headers: BTreeMap<String, Vec<String>>,
    pub(super) client: Option<IpAddr>,
}

impl HttpRequest {
    /// Reads a request as a release does.
    pub fn new(head: &RequestHead<'_>, release: Release) -> Self {
        let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in head.headers {
            let value = value.trim_matches([' ', '\t']).to_owned();
            headers.entry(canonical_header(name)).or_default().push(value);
        }
        Self {
            method: head.method.to_owned(),
            host: host::canonical(head.host),
            sent_host: split_host_port(head.host).map_or(head.host, |(host, _)| host).to_owned(),
            path: routing_path::routing_path(head.path, release),
            query: query::parse(head.query),
            headers,
            client: peer_address(head.remote_address),
        }
    }
}

/// A connection, before anything but a TLS greeting is read.
#[derive(Debug, Clone)]
pub struct Connection {
    /// In lower case; empty where none was sent.
    pub(super) server_name: String,
    pub(super) protocols: Vec<String>,
    pub(super) client: Option<IpAddr>,
}

impl Connection {
    /// A connection with this server name (empty for none), the protocols that the client offers, and its address.
    pub fn new(server_name: &str, protocols: &[String], remote_address: &str) -> Self {
        Self {
            server_name: server_name.trim().to_lowercase(),
            protocols: protocols.to_vec(),
            client: peer_address(remote_address),
        }
    }
}
