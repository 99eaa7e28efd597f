//! A request in parts that can each be chosen by themselves: what a comparison of rules gives to show that it is true.

use std::fmt::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};

use super::request::{Connection, HttpRequest, Request, RequestHead};
use crate::model::Release;

/// The client where it doesn't matter which.
const ANY_CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// What may stand in a path as it is, beside letters and digits; an escape stays what it is.
const IN_PATH: &[u8] = b"-_.~$&+,/:;=@!'()*[]";

/// A request, and the connection that it comes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The method.
    pub method: String,
    /// The host, without a port.
    pub host: String,
    /// The path, encoded.
    pub path: String,
    /// Keys and values of the query, decoded.
    pub query: Vec<(Vec<u8>, Vec<u8>)>,
    /// Headers beside `Host`.
    pub headers: Vec<(String, String)>,
    /// The client's address.
    pub client: IpAddr,
    /// The server name of the TLS handshake; empty for none.
    pub server_name: String,
    /// The protocols that the client offers.
    pub protocols: Vec<String>,
}

impl Default for Example {
    fn default() -> Self {
        Self {
            method: "GET".to_owned(),
            host: "example.com".to_owned(),
            path: "/".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            client: ANY_CLIENT,
            server_name: String::new(),
            protocols: Vec::new(),
        }
    }
}

impl Example {
    /// The request and the connection as rules see them when nothing stands before the routers.
    pub fn requests(&self, release: Release) -> Vec<Request> {
        let client = self.client.to_string();
        let query = self.query_text();
        let head = RequestHead {
            method: &self.method,
            host: &self.host,
            path: &self.path,
            query: &query,
            headers: &self.headers,
            remote_address: &client,
        };
        let connection = Connection::new(&self.server_name, &self.protocols, &client);
        vec![Request::Http(HttpRequest::new(&head, release)), Request::Tcp(connection)]
    }

    /// Path and query, as a request line has them.
    pub fn target(&self) -> String {
        match self.query_text() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    fn query_text(&self) -> String {
        let pair = |(key, value): &(Vec<u8>, Vec<u8>)| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
            format!("{}={}", encoded(key, plain), encoded(value, plain))
        };
        self.query.iter().map(pair).collect::<Vec<_>>().join("&")
    }

    /// Takes the path that rules shall see, as far as a request can bring it about.
    pub(super) fn set_path(&mut self, path: &[u8]) {
        self.path.clear();
        let mut rest = path;
        while let Some((first, after)) = rest.split_first() {
            let is_escape =
                matches!(rest, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || IN_PATH.contains(&byte) || is_escape;
            self.path.push_str(&encoded(&[*first], plain));
            rest = after;
        }
    }
}

impl fmt::Display for Example {
    /// `GET a.example.com/x?k=v with X-A: b from 10.0.0.1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.host, self.target())?;
        for (number, (name, value)) in self.headers.iter().enumerate() {
            write!(f, " {} {name}: {value}", if number == 0 { "with" } else { "and" })?;
        }
        if self.client != ANY_CLIENT {
            write!(f, " from {}", self.client)?;
        }
        Ok(())
    }
}

fn encoded(bytes: &[u8], plain: impl Fn(u8) -> bool) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if plain(*byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Example;

    #[test]
    fn parts_are_encoded_where_they_must_be() {
        let mut example = Example { query: vec![(b"a b".to_vec(), b"c&d".to_vec())], ..Example::default() };
        example.set_path("/x y/é%2F?".as_bytes());
        example.headers.push(("X-A".to_owned(), "b".to_owned()));
        assert_eq!(example.to_string(), "GET example.com/x%20y/%C3%A9%2F%3F?a%20b=c%26d with X-A: b");
    }
}
