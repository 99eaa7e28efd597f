//! What an entry point makes of the headers that say which way a request came: what a client has no reason to be
//! believed is dropped, and what is known is added. `ClientIP` looks at none of them.

use super::arrival::Passing;
use crate::golang::canonical_header;
use crate::rule::client_is_within;
use crate::settings::ForwardedHeaders;

/// The headers that Traefik looks after.
const KEPT: [&str; 11] = [
    "X-Forwarded-Proto",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Server",
    "X-Forwarded-Uri",
    "X-Forwarded-Method",
    "X-Forwarded-Prefix",
    "X-Forwarded-Tls-Client-Cert",
    "X-Forwarded-Tls-Client-Cert-Info",
    "X-Real-Ip",
];

/// Whether Traefik looks after a header, with dashes or with underscores in its name.
fn is_kept(name: &str) -> bool {
    KEPT.contains(&name) || name.contains('_') && KEPT.contains(&canonical_header(&name.replace('_', "-")).as_str())
}

/// Drops and adds headers.
pub(super) fn forward(request: &mut Passing, settings: &ForwardedHeaders, client: &str) {
    let is_trusted = settings.insecure || client_is_within(client, &settings.trusted_ips);
    if !is_trusted {
        request.headers.retain(|(name, _)| !is_kept(name));
    }
    let is_websocket = has_word(request, "Connection", "upgrade") && has_word(request, "Upgrade", "websocket");
    let scheme = match (is_websocket, request.tls) {
        (true, true) => "wss",
        (true, false) => "ws",
        (false, true) => "https",
        (false, false) => "http",
    };
    let port = request.host.rsplit_once(':').map(|(_, port)| port).filter(|port| port.parse::<u16>().is_ok());
    let port = port.unwrap_or(if matches!(scheme, "https" | "wss") { "443" } else { "80" }).to_owned();
    let host = request.host.clone();
    set(request, "X-Real-Ip", client);
    set(request, "X-Forwarded-Proto", scheme);
    set(request, "X-Forwarded-Port", &port);
    set(request, "X-Forwarded-Host", &host);
    drop_connection_headers(request, settings, is_websocket);
}

/// Sets a header that isn't there, or is there without a value.
fn set(request: &mut Passing, name: &str, value: &str) {
    let there = request.header(name).is_some_and(|known| !known.is_empty());
    if !there && !value.is_empty() {
        request.headers.retain(|(known, _)| known != name);
        request.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// Whether one of a header's words is this one, whatever its case.
fn has_word(request: &Passing, name: &str, word: &str) -> bool {
    let values = request.headers.iter().filter(|(known, _)| known == name);
    values.flat_map(|(_, value)| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(word))
}

/// What a `Connection` header names goes no further, and neither does the header itself.
fn drop_connection_headers(request: &mut Passing, settings: &ForwardedHeaders, is_websocket: bool) {
    let values = request.headers.iter().filter(|(name, _)| name == "Connection");
    let named: Vec<String> = values
        .flat_map(|(_, value)| value.split(','))
        .map(|part| canonical_header(part.trim()))
        .filter(|name| !name.is_empty() && !is_kept(name))
        .collect();
    let stays: Vec<String> = settings.connection.iter().map(|name| canonical_header(name)).collect();
    let (stays, gone): (Vec<String>, Vec<String>) = named.into_iter().partition(|name| stays.contains(name));
    let upgrade = |name: &str| is_websocket && name == "Upgrade";
    request.headers.retain(|(name, _)| name != "Connection" && (!gone.contains(name) || upgrade(name)));
    let left: Vec<String> = stays.into_iter().chain(is_websocket.then(|| "Upgrade".to_owned())).collect();
    if !left.is_empty() {
        request.headers.push(("Connection".to_owned(), left.join(",")));
    }
}
