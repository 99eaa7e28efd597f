//! Redirections: `redirectRegex`, `redirectScheme`, and those of entry points.

use super::arrival::Passing;
use super::middleware::Stop;
use super::url::RequestUrl;
use crate::golang::net::split_host_port;
use crate::golang::regexp::Regexp;
use crate::golang::url::Url;

/// How a redirection reads the URL that was asked for: scheme, host, port, and the rest.
const PARTS: &str = r"^(https?:\/\/)?(\[[\w:.]+\]|[\w\._-]+)?(:\d+)?(.*)$";

/// A redirection.
#[derive(Debug, Clone)]
pub(super) struct Redirect {
    regexp: Regexp,
    replacement: String,
    permanent: bool,
    /// Whether a scheme's own port is left out of the URL before it is compared.
    by_scheme: bool,
}

impl Redirect {
    pub(super) fn by_regexp(regexp: Regexp, replacement: &str, permanent: bool) -> Self {
        Self { regexp, replacement: replacement.to_owned(), permanent, by_scheme: false }
    }

    /// To another scheme; a port that is the scheme's own is left out.
    pub(super) fn to_scheme(scheme: &str, port: &str, permanent: bool) -> Self {
        let own = matches!((scheme, port), (_, "") | ("http", "80") | ("https", "443"));
        let port = if own { String::new() } else { format!(":{port}") };
        let regexp = Regexp::compile(PARTS).expect("the expression is written right");
        Self { regexp, replacement: format!("{scheme}://${{2}}{port}${{4}}"), permanent, by_scheme: true }
    }

    /// Status and place of the answer; nothing where the request passes.
    pub(super) fn answer(&self, request: &Passing) -> Result<Option<(u16, String)>, Stop> {
        let asked = self.asked(request);
        if !self.regexp.is_match(asked.as_bytes()) {
            return Ok(None);
        }
        let wanted = self.regexp.replace_all(asked.as_bytes(), self.replacement.as_bytes());
        // Go's error for a URL counts as one of the network.
        let failed = Stop::with(502);
        let parsed = Url::parse(&wanted).map_err(|_| failed)?;
        if wanted == asked.as_bytes() {
            return Ok(None);
        }
        let status = match (request.method.as_str(), self.permanent) {
            ("GET", true) => 301,
            ("GET", false) => 302,
            (_, true) => 308,
            (_, false) => 307,
        };
        Ok(Some((status, location(&wanted, &parsed))))
    }

    /// The scheme that was asked for: a proxy before may have said it.
    fn scheme<'r>(&self, request: &'r Passing) -> &'r str {
        match request.header("X-Forwarded-Proto").filter(|said| self.by_scheme && !said.is_empty()) {
            Some(said) if said.eq_ignore_ascii_case("ws") => "http",
            Some(said) if said.eq_ignore_ascii_case("wss") => "https",
            Some(said) => said,
            None if request.tls => "https",
            None => "http",
        }
    }

    /// The URL that was asked for.
    fn asked(&self, request: &Passing) -> String {
        let scheme = self.scheme(request);
        let host = if self.by_scheme { without_own_port(request, scheme) } else { request.host.clone() };
        let mut uri = request.url.request_uri();
        if let Some(query) = &request.written_query {
            let path = uri.split_once('?').map_or(uri.as_str(), |(path, _)| path);
            uri = format!("{path}?{query}");
        }
        format!("{scheme}://{host}{uri}")
    }
}

/// The host without the port that is the scheme's own. The brackets of an IPv6 address with a port are lost on the
/// way, as they are in Traefik, so that it can't be redirected by scheme.
fn without_own_port(request: &Passing, scheme: &str) -> String {
    let own = if scheme == "https" { "443" } else { "80" };
    match split_host_port(&request.host) {
        Some((host, port)) if port == own => host.to_owned(),
        Some((host, port)) => format!("{host}:{port}"),
        None => request.host.clone(),
    }
}

/// A URL as Go writes it back: the path as it was written where that is right, else encoded anew.
fn location(wanted: &[u8], parsed: &Url) -> String {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let text = lossy(wanted);
    let whole = || lossy(&parsed.text());
    let after_scheme = text.get(parsed.scheme.len()..).unwrap_or_default();
    let Some(after) = after_scheme.strip_prefix("://").filter(|_| !parsed.scheme.is_empty()) else { return whole() };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (tail, fragment) = after[end..].split_once('#').map_or((&after[end..], None), |(a, b)| (a, Some(b)));
    let Some(url) = RequestUrl::parse(tail) else { return whole() };
    let mut path = lossy(&url.escaped_path());
    if let Some(query) = &url.query {
        path = format!("{path}?{query}");
    }
    if let Some(fragment) = fragment {
        path = format!("{path}#{fragment}");
    }
    format!("{}://{}{path}", lossy(&parsed.scheme), &after[..end])
}
