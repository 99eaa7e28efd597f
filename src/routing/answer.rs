//! What becomes of a request: who answers it, or which servers get it, and as what.

use super::arrival::{Arrival, Passing};
use super::doors::{Doors, HttpRouter, Server, Target, TcpRouter, Way};
use super::middleware::Stop;
use super::served;
use super::table::Table;
use crate::golang::net::split_host_port;
use crate::model::Text;
use crate::rule::{Connection, HttpRequest, Request, RequestHead, client_is_within};

/// The header by which a router with a default rule knows its own requests.
const GUARD: &str = "X-Traefik-Router";

/// The header that tells a server which prefixes were stripped.
const PREFIX: &str = "X-Forwarded-Prefix";

/// The header that tells a server which paths were replaced.
const REPLACED: &str = "X-Replaced-Path";

/// What becomes of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status where Traefik answers itself; nothing where a server does, or where the connection isn't HTTP.
    pub status: Option<u16>,
    /// The router that took it.
    pub router: Option<Text>,
    /// The service, where a server was chosen.
    pub service: Option<Text>,
    /// Every server that it may go to.
    pub servers: Vec<Text>,
    /// Where a redirection leads.
    pub location: Option<String>,
    /// What the server gets.
    pub received: Option<Received>,
    /// Whether a TCP router took the connection, and then whether the server gets the TLS handshake itself.
    pub passthrough: Option<bool>,
    /// Whether the connection is closed without an answer.
    pub closed: bool,
    /// The middlewares that it went through, in order.
    pub middlewares: Vec<Text>,
    /// Whether it is refused since it comes from Traefik itself and would go round for ever.
    pub is_recursive: bool,
}

/// What a server gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The path, encoded.
    pub path: String,
    /// What follows the `?`, encoded; nothing without one.
    pub query: Option<String>,
    /// The `Host` header.
    pub host: String,
    /// `X-Forwarded-Prefix`: prefixes that were stripped, after those that a trusted client sent.
    pub forwarded_prefix: Vec<String>,
    /// `X-Replaced-Path`: paths that were replaced.
    pub replaced_path: Vec<String>,
    /// Headers that a middleware set.
    pub headers: Vec<(String, String)>,
}

impl Table {
    /// What becomes of a request. There is more than one answer where routers of one priority take it: which of them
    /// wins differs from start to start. An entry point that isn't known gives none.
    pub fn answers(&self, arrival: &Arrival) -> Vec<Answer> {
        let Some(doors) = self.doors.get(&arrival.entry_point) else { return Vec::new() };
        let connection = Connection::new(&arrival.server_name, &arrival.protocols, &arrival.remote_address);
        let answers = doors.ways(&connection, arrival.tls).into_iter().flat_map(|way| match way {
            Way::Closed => vec![Answer { closed: true, ..Answer::default() }],
            Way::Tcp(router) => vec![taken(router, arrival)],
            Way::Plain => self.http(doors, false, arrival),
            Way::Secure => self.http(doors, true, arrival),
        });
        answers.collect()
    }

    fn http(&self, doors: &Doors, tls: bool, arrival: &Arrival) -> Vec<Answer> {
        if let Some(refused) = served::refusal(arrival, &doors.settings) {
            return vec![status(refused)];
        }
        if arrival.method == "OPTIONS" && arrival.target == "*" {
            // Go's server answers what asks for the server as a whole.
            return vec![status(200)];
        }
        let Some((passing, request)) = self.read(doors, arrival) else { return vec![status(400)] };
        let mut winners = doors.taking(&request, tls).peekable();
        let Some(priority) = winners.peek().map(|first| first.priority) else { return vec![status(404)] };
        winners.take_while(|router| router.priority == priority).map(|router| router.answer(passing.clone())).collect()
    }

    /// A request as routers see it; nothing where it is refused before.
    pub(super) fn read(&self, doors: &Doors, arrival: &Arrival) -> Option<(Passing, Request)> {
        if served::refusal(arrival, &doors.settings).is_some() {
            return None;
        }
        let mut passing = Passing::read(arrival)?;
        let address = arrival.remote_address.as_str();
        let client = split_host_port(address).map_or(address, |(host, _)| host);
        passing.enter(&doors.settings, client)?;
        let path = String::from_utf8_lossy(&passing.url.escaped_path()).into_owned();
        let request = HttpRequest::new(
            &RequestHead {
                method: &passing.method,
                host: &passing.host,
                path: if path.is_empty() { "/" } else { &path },
                query: passing.url.query.as_deref().unwrap_or_default(),
                headers: &passing.headers,
                remote_address: address,
            },
            self.release,
        );
        Some((passing, Request::Http(request)))
    }
}

fn status(status: u16) -> Answer {
    Answer { status: Some(status), ..Answer::default() }
}

fn taken(router: &TcpRouter, arrival: &Arrival) -> Answer {
    let is_let_in = |ranges: &Vec<String>| client_is_within(&arrival.remote_address, ranges);
    if !router.admitted.iter().all(is_let_in) {
        let (router, middlewares) = (Some(router.name.clone()), router.middlewares.clone());
        return Answer { router, middlewares, closed: true, ..Answer::default() };
    }
    let mut servers = router.servers.clone();
    servers.sort();
    Answer {
        router: Some(router.name.clone()),
        service: Some(router.service.clone()),
        servers,
        passthrough: Some(arrival.tls && (router.passthrough || !router.tls)),
        middlewares: router.middlewares.clone(),
        ..Answer::default()
    }
}

impl HttpRouter {
    /// What becomes of a request that the router takes.
    fn answer(&self, mut passing: Passing) -> Answer {
        let mut answer = Answer { router: Some(self.name.clone()), ..Answer::default() };
        if let Some(guard) = &self.guard {
            if passing.header(GUARD) == Some(guard) {
                return Answer { status: Some(400), is_recursive: true, ..answer };
            }
            passing.headers.retain(|(name, _)| name != GUARD);
            passing.headers.push((GUARD.to_owned(), guard.clone()));
        }
        if self.encoded_characters.is_some_and(|allowed| passing.has_refused(allowed)) {
            return Answer { status: Some(400), ..answer };
        }
        for middleware in &self.middlewares {
            answer.middlewares.push(middleware.name.clone());
            if let Err(Stop { status, location }) = middleware.step.apply(&mut passing) {
                return Answer { status: Some(status), location, ..answer };
            }
        }
        match &self.target {
            Target::Internal => {
                // A service that does nothing says that it is a teapot; what the others say depends on the path.
                let status = (*self.service == *"noop@internal").then_some(418);
                Answer { service: Some(self.service.clone()), status, ..answer }
            }
            Target::Servers { servers, .. } if servers.is_empty() => Answer { status: Some(503), ..answer },
            Target::Servers { .. } if !passing.can_be_sent() => {
                Answer { service: Some(self.service.clone()), status: Some(500), ..answer }
            }
            Target::Servers { servers, passes_host } => {
                let mut urls: Vec<Text> = servers.iter().map(|server| server.url.clone()).collect();
                urls.sort();
                answer.received = servers.first().map(|first| received(passing, first, *passes_host));
                Answer { service: Some(self.service.clone()), servers: urls, ..answer }
            }
        }
    }
}

/// What the first of the servers gets; the others get the same, save for their own host where that is sent.
fn received(passing: Passing, server: &Server, passes_host: bool) -> Received {
    let authority = server.url.split_once("://").map_or(&*server.url, |(_, rest)| rest);
    let (host, base) = authority.find('/').map_or((authority, ""), |slash| authority.split_at(slash));
    let client = passing.headers;
    let uri = passing.url.request_uri();
    let (path, query) = uri.split_once('?').map_or((uri.as_str(), None), |(path, query)| (path, Some(query)));
    let path = if server.keeps_path && base.len() > 1 {
        format!("{}/{}", base.trim_end_matches('/'), path.trim_start_matches('/'))
    } else {
        path.to_owned()
    };
    let sent = |name: &str, set: Vec<String>| {
        let by_client = client.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone());
        by_client.chain(set).collect()
    };
    let set = passing.set_headers.into_iter();
    Received {
        path,
        query: query.map(|query| query.replace(';', "&")),
        host: if passes_host && !passing.host.is_empty() { passing.host } else { host.to_owned() },
        forwarded_prefix: sent(PREFIX, passing.forwarded_prefix),
        replaced_path: sent(REPLACED, passing.replaced_path),
        headers: set.filter(|(name, _)| name != PREFIX && name != REPLACED).collect(),
    }
}
