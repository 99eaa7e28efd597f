//! Every router that could have taken a request, and how each fared.

use super::arrival::Arrival;
use super::doors::{Doors, HttpRouter, TcpRouter, Way};
use super::table::{Cause, Table};
use crate::dynamic::Protocol;
use crate::model::Text;
use crate::rule::{Connection, Proof, Request, Rule};

/// A router, and how it fared with a request.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// HTTP or TCP.
    pub protocol: Protocol,
    /// Its name with its provider.
    pub name: Text,
    /// Its rule.
    pub rule: Text,
    /// Its priority, the one that follows from its rule included; nothing where it doesn't start.
    pub priority: Option<i64>,
    /// How it fared.
    pub standing: Standing,
}

/// How a router fared with a request.
#[derive(Debug, Clone)]
pub enum Standing {
    /// It takes the request.
    Wins,
    /// It has the priority of another that matches too: which of them wins differs from start to start.
    Ties,
    /// It matches, and another of a higher priority does too.
    Lower,
    /// Its rule doesn't match.
    NoMatch(Proof),
    /// It is on other entry points.
    Elsewhere(Vec<Text>),
    /// It takes TLS alone.
    WantsTls,
    /// It takes connections without TLS alone.
    WantsPlain,
    /// A TCP router takes the connection before anything is read from it.
    BehindTcp(Text),
    /// HTTP takes the connection by its server name.
    BehindHttp,
    /// It doesn't start.
    Disabled(Cause),
}

impl Table {
    /// Every router with its standing: those that match first, by priority, then the others by name.
    pub fn candidates(&self, arrival: &Arrival) -> Vec<Candidate> {
        let mut all = Vec::new();
        if let Some(doors) = self.doors.get(&arrival.entry_point) {
            self.present(doors, arrival, &mut all);
        }
        for (name, doors) in self.doors.iter().filter(|(name, _)| **name != arrival.entry_point) {
            for router in doors.plain.iter().chain(&doors.secure) {
                elsewhere(&mut all, Protocol::Http, (&router.name, &router.text, router.priority), name);
            }
            for router in doors.tcp.iter().chain(&doors.tcp_secure) {
                elsewhere(&mut all, Protocol::Tcp, (&router.name, &router.text, router.priority), name);
            }
        }
        all.extend(self.disabled.iter().map(|disabled| Candidate {
            protocol: disabled.protocol,
            name: disabled.name.clone(),
            rule: disabled.rule.clone(),
            priority: None,
            standing: Standing::Disabled(disabled.cause.clone()),
        }));
        all
    }

    /// The routers of the entry point that the request came to.
    fn present(&self, doors: &Doors, arrival: &Arrival, all: &mut Vec<Candidate>) {
        let connection = Connection::new(&arrival.server_name, &arrival.protocols, &arrival.remote_address);
        let ways = doors.ways(&connection, arrival.tls);
        let way = ways[0];
        let wins =
            |router: &TcpRouter| ways.iter().any(|way| matches!(way, Way::Tcp(winner) if winner.name == router.name));
        let request = Request::Tcp(connection);
        for router in doors.tcp.iter().chain(&doors.tcp_secure) {
            let standing = match way {
                _ if wins(router) => {
                    if ways.len() > 1 {
                        Standing::Ties
                    } else {
                        Standing::Wins
                    }
                }
                _ if router.tls && !arrival.tls => Standing::WantsTls,
                _ if !router.rule.matches(&request) => Standing::NoMatch(router.rule.prove(&request)),
                Way::Tcp(_) => Standing::Lower,
                _ if !router.tls && arrival.tls => Standing::WantsPlain,
                _ => Standing::BehindHttp,
            };
            let (name, rule) = (router.name.clone(), router.text.clone());
            all.push(Candidate { protocol: Protocol::Tcp, name, rule, priority: Some(router.priority), standing });
        }
        let behind = match way {
            Way::Tcp(winner) => Some(winner.name.clone()),
            _ => None,
        };
        let read = self.read(doors, arrival).map(|(_, request)| request);
        let mut first = None;
        for (routers, tls) in [(&doors.plain, false), (&doors.secure, true)] {
            for router in routers {
                let standing = match (&behind, &read) {
                    _ if tls && !arrival.tls => Standing::WantsTls,
                    _ if !tls && arrival.tls => Standing::WantsPlain,
                    (Some(tcp), _) => Standing::BehindTcp(tcp.clone()),
                    (None, Some(request)) => standing(router, &router.rule, request, &mut first),
                    (None, None) => continue,
                };
                let (name, rule) = (router.name.clone(), router.text.clone());
                all.push(Candidate { protocol: Protocol::Http, name, rule, priority: Some(router.priority), standing });
            }
        }
        let http = |candidate: &&mut Candidate| candidate.protocol == Protocol::Http;
        let tied = all.iter_mut().filter(http).any(|candidate| matches!(candidate.standing, Standing::Ties));
        for candidate in all.iter_mut().filter(http) {
            if tied && matches!(candidate.standing, Standing::Wins) {
                candidate.standing = Standing::Ties;
            }
        }
        all.sort_by_key(|candidate| candidate.standing.rank());
    }
}

/// How a router fares that the request reaches; routers come by priority.
fn standing(router: &HttpRouter, rule: &Rule, request: &Request, first: &mut Option<i64>) -> Standing {
    if !rule.matches(request) {
        return Standing::NoMatch(rule.prove(request));
    }
    match *first {
        None => {
            *first = Some(router.priority);
            Standing::Wins
        }
        Some(priority) if priority == router.priority => Standing::Ties,
        Some(_) => Standing::Lower,
    }
}

fn elsewhere(all: &mut Vec<Candidate>, protocol: Protocol, router: (&Text, &Text, i64), entry_point: &Text) {
    let (name, rule, priority) = router;
    let known = all.iter_mut().find(|candidate| candidate.protocol == protocol && candidate.name == *name);
    match known.map(|candidate| &mut candidate.standing) {
        Some(Standing::Elsewhere(entry_points)) => entry_points.push(entry_point.clone()),
        Some(_) => {}
        None => all.push(Candidate {
            protocol,
            name: name.clone(),
            rule: rule.clone(),
            priority: Some(priority),
            standing: Standing::Elsewhere(vec![entry_point.clone()]),
        }),
    }
}

impl Standing {
    /// Those that matter first.
    fn rank(&self) -> u8 {
        match self {
            Self::Wins => 0,
            Self::Ties => 1,
            Self::Lower => 2,
            Self::BehindTcp(_) | Self::BehindHttp => 3,
            Self::WantsTls | Self::WantsPlain => 4,
            Self::NoMatch(_) => 5,
            Self::Elsewhere(_) | Self::Disabled(_) => 6,
        }
    }
}
