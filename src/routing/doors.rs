//! The routers of one entry point, and which of them a connection comes to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::middleware::Middleware;
use crate::model::{Release, Text};
use crate::rule::{Connection, Kind, Language, Request, Rule, Syntax};
use crate::settings::{EncodedCharacters, EntryPoint};

/// An HTTP router that starts.
#[derive(Debug, Clone)]
pub(super) struct HttpRouter {
    pub(super) name: Text,
    pub(super) text: Text,
    pub(super) rule: Rule,
    pub(super) priority: i64,
    /// The hosts that its rule names.
    pub(super) domains: Vec<String>,
    pub(super) middlewares: Vec<Middleware>,
    pub(super) service: Text,
    pub(super) target: Target,
    pub(super) encoded_characters: Option<EncodedCharacters>,
    /// What the header `X-Traefik-Router` says of requests that went through it once, where it looks.
    pub(super) guard: Option<String>,
    /// The entry point of this copy.
    pub(super) entry_point: Text,
}

impl HttpRouter {
    /// The copy of an entry point.
    pub(super) fn on(&self, entry_point: &Text) -> Self {
        Self { entry_point: entry_point.clone(), ..self.clone() }
    }
}

/// What a router leads to.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// Something within Traefik.
    Internal,
    Servers {
        servers: Vec<Server>,
        passes_host: bool,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) url: Text,
    /// Whether the path of its URL stays in front.
    pub(super) keeps_path: bool,
}

/// A TCP router that starts.
#[derive(Debug, Clone)]
pub(super) struct TcpRouter {
    pub(super) name: Text,
    pub(super) text: Text,
    pub(super) rule: Rule,
    pub(super) priority: i64,
    pub(super) is_catch_all: bool,
    pub(super) middlewares: Vec<Text>,
    /// What its middlewares let in: of each list, an address or a network.
    pub(super) admitted: Vec<Vec<String>>,
    pub(super) service: Text,
    pub(super) servers: Vec<Text>,
    pub(super) tls: bool,
    pub(super) passthrough: bool,
    /// TLS options that don't exist: its connections are closed.
    pub(super) broken_by: Option<Text>,
}

/// One entry point.
#[derive(Debug)]
pub(super) struct Doors {
    pub(super) settings: EntryPoint,
    pub(super) plain: Vec<HttpRouter>,
    pub(super) secure: Vec<HttpRouter>,
    pub(super) tcp: Vec<TcpRouter>,
    pub(super) tcp_secure: Vec<TcpRouter>,
    /// The TLS options by which routers name a host.
    options: BTreeMap<String, BTreeSet<Text>>,
    /// The hosts that are named, as rules on the server name, and whether a handshake for one fails.
    named: Vec<(Rule, bool)>,
    /// Which of these a request can meet.
    indexes: Indexes,
    /// Whether an HTTP router with TLS names no host.
    is_open: bool,
}

/// Which routers a request can meet, for each sort of them.
#[derive(Debug, Default)]
struct Indexes {
    plain: Index,
    secure: Index,
    tcp: Index,
    tcp_secure: Index,
    named: Index,
}

/// What a connection comes to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'d> {
    /// HTTP without TLS.
    Plain,
    /// HTTP with TLS.
    Secure,
    /// A TCP router.
    Tcp(&'d TcpRouter),
    /// The connection is closed.
    Closed,
}

impl Doors {
    pub(super) fn new(settings: EntryPoint) -> Self {
        Self {
            settings,
            plain: Vec::new(),
            secure: Vec::new(),
            tcp: Vec::new(),
            tcp_secure: Vec::new(),
            options: BTreeMap::new(),
            named: Vec::new(),
            indexes: Indexes::default(),
            is_open: false,
        }
    }

    pub(super) fn add_http(&mut self, router: HttpRouter, has_tls: bool) {
        if has_tls { self.secure.push(router) } else { self.plain.push(router) }
    }

    /// Adds the hosts that an HTTP router with TLS names. They count where connections are told apart, whether the
    /// router starts or not.
    pub(super) fn add_hosts(&mut self, hosts: &[String], options: &Text) {
        for host in hosts {
            self.options.entry(host.clone()).or_default().insert(named(options));
        }
        self.is_open |= hosts.is_empty() || hosts.iter().any(|host| host == "*");
    }

    pub(super) fn add_tcp(&mut self, router: TcpRouter) {
        if router.tls { self.tcp_secure.push(router) } else { self.tcp.push(router) }
    }

    /// Once all routers are there: their order, and what they make of hosts.
    pub(super) fn settle(&mut self, release: Release) {
        let by_rank = |a: &HttpRouter, b: &HttpRouter| b.priority.cmp(&a.priority).then_with(|| a.name.cmp(&b.name));
        self.plain.sort_by(by_rank);
        let conflicted: BTreeSet<&String> =
            self.options.iter().filter(|(_, options)| options.len() > 1).map(|(host, _)| host).collect();
        for router in &mut self.secure {
            if router.domains.iter().any(|host| conflicted.contains(host)) {
                router.name = format!("{}-conflicted-{}", router.entry_point, router.name).into();
            }
        }
        self.secure.sort_by(by_rank);
        let by_rank = |a: &TcpRouter, b: &TcpRouter| b.priority.cmp(&a.priority).then_with(|| a.name.cmp(&b.name));
        self.tcp.sort_by(by_rank);
        self.tcp_secure.sort_by(by_rank);
        let language = Language { release, syntax: Syntax::V3, kind: Kind::Tcp };
        let mut hosts: Vec<_> = self.options.iter().filter(|(host, _)| *host != "*").collect();
        // The longer rule goes first.
        hosts.sort_by_key(|(host, _)| Reverse(host.len()));
        for (host, options) in hosts {
            let broken = options.len() == 1 && options.iter().all(|name| **name != *"default");
            if let Ok(rule) = Rule::parse(&format!("HostSNI(`{host}`)"), language) {
                self.named.push((rule, broken));
            }
        }
        self.indexes = Indexes {
            plain: Index::new(self.plain.iter().map(|router| router.rule.needs())),
            secure: Index::new(self.secure.iter().map(|router| router.rule.needs())),
            tcp: Index::new(self.tcp.iter().map(|router| router.rule.needs())),
            tcp_secure: Index::new(self.tcp_secure.iter().map(|router| router.rule.needs())),
            named: Index::new(self.named.iter().map(|(rule, _)| rule.needs())),
        };
    }

    /// The HTTP routers that take a request, the first ones first.
    pub(super) fn taking(&self, request: &Request, tls: bool) -> impl Iterator<Item = &HttpRouter> {
        let (routers, index) =
            if tls { (&self.secure, &self.indexes.secure) } else { (&self.plain, &self.indexes.plain) };
        let near = index.near(request.host(), request.path());
        near.into_iter().map(|number| &routers[number]).filter(|router| router.rule.matches(request))
    }

    /// What a connection comes to. There are several ways where TCP routers of one priority take it: which of them
    /// wins differs from start to start. Priorities count only among TCP routers of one sort.
    pub(super) fn ways(&self, connection: &Connection, tls: bool) -> Vec<Way<'_>> {
        let request = Request::Tcp(connection.clone());
        let plain = || first(&self.tcp, &self.indexes.tcp, &request).map(TcpRouter::way).collect::<Vec<_>>();
        let knows_tls = !self.tcp_secure.is_empty() || self.is_open || !self.named.is_empty();
        if !tls {
            return or(plain(), Way::Plain);
        }
        if !knows_tls {
            let ways = plain();
            if !ways.is_empty() {
                return ways;
            }
        }
        let mut near = self.indexes.named.near(request.host(), b"").into_iter().map(|number| &self.named[number]);
        if let Some((_, broken)) = near.find(|(rule, _)| rule.matches(&request)) {
            return vec![if *broken { Way::Closed } else { Way::Secure }];
        }
        let winners = first(&self.tcp_secure, &self.indexes.tcp_secure, &request);
        let ways = winners.map(|router| if router.is_catch_all && self.is_open { Way::Secure } else { router.way() });
        or(ways.collect(), Way::Secure)
    }
}

impl TcpRouter {
    /// What becomes of a connection that it takes.
    fn way(&self) -> Way<'_> {
        if self.broken_by.is_some() { Way::Closed } else { Way::Tcp(self) }
    }
}

/// The ways, or where there are none the other one.
fn or<'d>(ways: Vec<Way<'d>>, otherwise: Way<'d>) -> Vec<Way<'d>> {
    if ways.is_empty() { vec![otherwise] } else { ways }
}

/// The routers of the highest priority whose rules take the connection.
fn first<'d>(routers: &'d [TcpRouter], index: &Index, request: &Request) -> impl Iterator<Item = &'d TcpRouter> {
    let near = index.near(request.host(), b"").into_iter().map(|number| &routers[number]);
    let mut taking = near.filter(|router| router.rule.matches(request)).peekable();
    let priority = taking.peek().map(|router| router.priority);
    taking.take_while(move |router| Some(router.priority) == priority)
}

fn named(options: &Text) -> Text {
    if options.is_empty() { "default".into() } else { options.clone() }
}
