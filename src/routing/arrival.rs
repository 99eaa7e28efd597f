//! A request as it arrives at an entry point, and what the entry point makes of it before any router sees it.

use super::forwarded;
use super::url::RequestUrl;
use crate::golang::canonical_header;
use crate::golang::url::Url;
use crate::model::Text;
use crate::settings::{EncodedCharacters, EntryPoint};

/// A connection to an entry point, with the request on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The entry point's name.
    pub entry_point: Text,
    /// Whether the client begins a TLS handshake.
    pub tls: bool,
    /// The server name in it; empty for none.
    pub server_name: String,
    /// The protocols that it offers.
    pub protocols: Vec<String>,
    /// The request's method.
    pub method: String,
    /// What the request line asks for: `/path?query`, or a whole URL.
    pub target: String,
    /// The `Host` header.
    pub host: String,
    /// Further headers in order.
    pub headers: Vec<(String, String)>,
    /// The client's address, with a port or without.
    pub remote_address: String,
}

/// A request on its way to a server.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    pub(super) method: String,
    pub(super) host: String,
    pub(super) url: RequestUrl,
    /// The query as the client wrote it, where it has semicolons and no middleware has rewritten the URL since.
    pub(super) written_query: Option<String>,
    pub(super) tls: bool,
    /// The address of the other end, without its port.
    pub(super) client: String,
    pub(super) headers: Vec<(String, String)>,
    /// What middlewares put into headers.
    pub(super) forwarded_prefix: Vec<String>,
    pub(super) replaced_path: Vec<String>,
    pub(super) set_headers: Vec<(String, String)>,
}

impl Passing {
    /// Reads a request as Go's server does; nothing where it is answered with 400 right away.
    pub(super) fn read(arrival: &Arrival) -> Option<Self> {
        let is_token = |text: &str| {
            let part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            !text.is_empty() && text.bytes().all(part)
        };
        let printable = |text: &str| text.bytes().all(|byte| byte > b' ' && byte != 0x7f);
        if !is_token(&arrival.method) || !printable(&arrival.target) {
            return None;
        }
        let (url, host) = target(&arrival.target)?;
        let host = host.unwrap_or_else(|| arrival.host.clone());
        let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"!$%&'()*+,-.:;=[]_~".contains(&byte);
        let value = |text: &str| text.bytes().all(|byte| byte >= b' ' && byte != 0x7f || byte == b'\t');
        let hosts_are_right = [&host, &arrival.host].iter().all(|host| host.bytes().all(in_host));
        if !hosts_are_right || !arrival.headers.iter().all(|(name, text)| is_token(name) && value(text)) {
            return None;
        }
        let headers = arrival.headers.iter().map(|(name, text)| (canonical_header(name), text.clone()));
        Some(Self {
            method: arrival.method.clone(),
            host,
            url,
            written_query: None,
            tls: arrival.tls,
            client: String::new(),
            headers: headers.collect(),
            forwarded_prefix: Vec::new(),
            replaced_path: Vec::new(),
            set_headers: Vec::new(),
        })
    }

    /// What an entry point does to it; nothing where it answers with 400.
    pub(super) fn enter(&mut self, entry_point: &EntryPoint, client: &str) -> Option<()> {
        match &*entry_point.http.underscore_headers_strategy {
            "delete" => self.headers.retain(|(name, _)| !name.contains('_')),
            "reject" if self.headers.iter().any(|(name, _)| name.contains('_')) => return None,
            _ => {}
        }
        client.clone_into(&mut self.client);
        self.part_query(entry_point.http.encode_query_semicolons);
        if self.url.raw_path.as_ref().is_some_and(|raw| raw.contains(&b'#')) {
            return None;
        }
        self.url.normalize();
        if entry_point.http.sanitize_path {
            self.url.sanitize();
        }
        forwarded::forward(self, &entry_point.forwarded_headers, client);
        Some(())
    }

    /// Semicolons of a query become `&`, save in what redirections read, or are encoded.
    fn part_query(&mut self, encodes_semicolons: bool) {
        let Some(query) = &mut self.url.query else { return };
        if encodes_semicolons {
            *query = query.replace(';', "%3B");
        } else if query.contains(';') {
            let parted = query.replace(';', "&");
            self.written_query = Some(std::mem::replace(query, parted));
        }
    }

    /// Whether what middlewares put into headers may stand there: a path can have been decoded to anything.
    pub(super) fn can_be_sent(&self) -> bool {
        let set = self.set_headers.iter().map(|(_, value)| value);
        let mut values = self.forwarded_prefix.iter().chain(&self.replaced_path).chain(set);
        values.all(|value| value.bytes().all(|byte| byte == b'\t' || byte >= b' ' && byte != 0x7f))
    }

    /// Whether the path has an encoded character that isn't one of these.
    pub(super) fn has_refused(&self, allowed: EncodedCharacters) -> bool {
        self.url.escaped_path().windows(3).any(|escape| match &escape.to_ascii_uppercase()[..] {
            b"%2F" => !allowed.slash,
            b"%5C" => !allowed.back_slash,
            b"%00" => !allowed.null_character,
            b"%3B" => !allowed.semicolon,
            b"%25" => !allowed.percent,
            b"%3F" => !allowed.question_mark,
            b"%23" => !allowed.hash,
            _ => false,
        })
    }

    /// The first value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets a header for the server; an empty value removes it.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| known != name);
        self.set_headers.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
            self.set_headers.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// What a request line asks for, and the host that it names itself.
fn target(text: &str) -> Option<(RequestUrl, Option<String>)> {
    if text.starts_with('/') || text == "*" {
        return Some((RequestUrl::parse(text)?, None));
    }
    let url = Url::parse(text.as_bytes()).ok()?;
    let (_, after) = text.split_once("://").filter(|_| !url.scheme.is_empty())?;
    let path = &after[after.find(['/', '?']).unwrap_or(after.len())..];
    let host = String::from_utf8_lossy(&url.host).into_owned();
    Some((RequestUrl::parse(path)?, (!host.is_empty()).then_some(host)))
}
