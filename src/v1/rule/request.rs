//! A request as the v1 router sees it.

use super::url::RequestUrl;

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// As sent; case counts.
    pub method: String,
    /// The value of the `Host` header, port included.
    pub host: String,
    /// Other headers, with canonical names.
    pub headers: Vec<(String, Vec<String>)>,
    pub(super) url: RequestUrl,
}

/// A request that Go's server refuses before any router sees it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the path `{path}` holds a `%` without two hexadecimal digits")]
pub struct InvalidRequest {
    path: String,
}

impl Request {
    /// A request for a path as sent, percent-encoded or not, with a query as sent (empty: none).
    ///
    /// # Errors
    /// When the path can't be decoded.
    pub fn new(method: &str, host: &str, path: &str, query: &str) -> Result<Self, InvalidRequest> {
        let url = RequestUrl::parse(path, query).ok_or_else(|| InvalidRequest { path: path.to_owned() })?;
        Ok(Self { method: method.to_owned(), host: host.to_owned(), headers: Vec::new(), url })
    }

    /// Adds a header's values.
    #[must_use]
    pub fn header(mut self, name: &str, values: Vec<String>) -> Self {
        let name = crate::golang::canonical_header(name);
        match self.headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.extend(values),
            None => self.headers.push((name, values)),
        }
        self
    }

    /// The decoded path; need not be UTF-8.
    pub fn path(&self) -> &[u8] {
        &self.url.path
    }

    /// The values of a header, by its name in any case; nothing where it is absent.
    pub(in crate::v1) fn values(&self, name: &str) -> Option<&[String]> {
        let name = crate::golang::canonical_header(name);
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, values)| values.as_slice())
    }

    /// The host as `Host` compares it: without port, trimmed, lower case.
    pub(super) fn canonical_host(&self) -> String {
        without_port(&self.host).trim().to_lowercase()
    }

    /// The host as `HostRegexp` sees it: everything before the first colon.
    pub(super) fn short_host(&self) -> &str {
        self.host.split(':').next().unwrap_or_default()
    }
}

/// The host of `host:port` and `[host]:port`; anything that is neither stays whole.
fn without_port(address: &str) -> &str {
    let Some(colon) = address.rfind(':') else {
        return address;
    };
    let (host, port) = (&address[..colon], &address[colon + 1..]);
    if port.contains(['[', ']']) {
        return address;
    }
    if let Some(inner) = host.strip_prefix('[') {
        return match inner.strip_suffix(']') {
            Some(inner) if !inner.contains(['[', ']']) => inner,
            _ => address,
        };
    }
    if host.contains([':', '[', ']']) { address } else { host }
}
