//! What rules ask of one part of a request: atoms, and the parts that they are about.
//!
//! Parts are independent of one another: any host may come with any path. What may be there several times, values of
//! a header, has a part of its own for every value that is asked for.

use std::collections::BTreeSet;

use crate::rule::host::Wildcard;
use crate::rule::http::{self, Value};
use crate::rule::matcher::Matcher;
use crate::rule::tcp;

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Method,
    Host,
    Path,
    /// A header's value, or all its values where a regular expression looks at them.
    Header(String, Option<Vec<u8>>),
    /// The same of a key of the query.
    Query(Vec<u8>, Option<Vec<u8>>),
    Client,
    ServerName,
    Protocol(String),
}

/// How a leaf of a rule follows from its atoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    All,
    Any,
}

/// Headers that an entry point fills in from other parts of a request.
const FOLLOWING: [&str; 4] = ["X-Forwarded-Host", "X-Forwarded-Port", "X-Real-Ip", "X-Forwarded-For"];

/// The atoms of a matcher.
pub(super) fn atoms(matcher: &Matcher) -> (Joined, Vec<Matcher>) {
    let http = Matcher::Http;
    match matcher {
        Matcher::Http(http::Matcher::Headers(headers)) => {
            (Joined::All, headers.iter().map(|one| http(http::Matcher::Headers(vec![one.clone()]))).collect())
        }
        Matcher::Http(http::Matcher::QueryTemplate(pairs)) => {
            (Joined::All, pairs.iter().map(|one| http(http::Matcher::QueryTemplate(vec![one.clone()]))).collect())
        }
        Matcher::Tcp(tcp::Matcher::Protocol(protocols)) => {
            let one = |protocol: &String| Matcher::Tcp(tcp::Matcher::Protocol(vec![protocol.clone()]));
            (Joined::Any, protocols.iter().map(one).collect())
        }
        other => (Joined::All, vec![other.clone()]),
    }
}

/// The part of a request that an atom is about, its values not told apart; nothing where it is about none: it
/// always holds.
pub(super) fn part(matcher: &Matcher) -> Option<Part> {
    Some(match matcher {
        Matcher::Http(matcher) => match matcher {
            http::Matcher::AnyHost => return None,
            http::Matcher::Host(..) | http::Matcher::HostRegexp(_) | http::Matcher::HostTemplate(_) => Part::Host,
            http::Matcher::Method(_) => Part::Method,
            http::Matcher::Path(_) | http::Matcher::PathPrefix(_) | http::Matcher::PathRegexp(_) => Part::Path,
            http::Matcher::Headers(headers) => Part::Header(headers.first()?.0.clone(), None),
            http::Matcher::Query(key, _) => Part::Query(key.clone(), None),
            http::Matcher::QueryTemplate(pairs) => Part::Query(pairs.first()?.0.clone(), None),
            http::Matcher::Client(_) => Part::Client,
        },
        Matcher::Tcp(matcher) => match matcher {
            tcp::Matcher::AnyName => return None,
            tcp::Matcher::ServerName(_) | tcp::Matcher::ServerNameRegexp(_) => Part::ServerName,
            tcp::Matcher::Protocol(protocols) => Part::Protocol(protocols.first()?.clone()),
            tcp::Matcher::Client(_) => Part::Client,
        },
    })
}

/// The part with the value that an atom asks for, where no regular expression looks at the same part.
pub(super) fn own_part(matcher: &Matcher, searched: &BTreeSet<Part>) -> Option<Part> {
    let part = part(matcher)?;
    if searched.contains(&part) {
        return Some(part);
    }
    Some(match (part, wanted(matcher)) {
        (Part::Header(name, None), Some(value)) => Part::Header(name, Some(value)),
        (Part::Query(key, None), Some(value)) => Part::Query(key, Some(value)),
        (part, _) => part,
    })
}

/// The value of a header or a query that an atom asks for.
pub(super) fn wanted(matcher: &Matcher) -> Option<Vec<u8>> {
    match matcher {
        Matcher::Http(http::Matcher::Headers(headers)) => match headers.first()? {
            (_, Value::Equal(value)) => Some(value.clone()),
            (_, Value::Matching(_)) => None,
        },
        Matcher::Http(http::Matcher::Query(_, Value::Equal(value))) => Some(value.clone()),
        _ => None,
    }
}

/// What tells an atom from others whose answer no list of choices can exhaust: regular expressions, and headers that
/// follow from other parts. Nothing for every other atom.
pub(super) fn loose(matcher: &Matcher) -> Option<String> {
    let sources = |regexps: &[crate::golang::regexp::Regexp]| {
        regexps.iter().map(|regexp| format!("{:?}", regexp.source())).collect::<Vec<_>>().join(",")
    };
    Some(match matcher {
        Matcher::Http(http::Matcher::HostRegexp(regexp)) => format!("host {:?}", regexp.source()),
        Matcher::Http(http::Matcher::HostTemplate(regexps)) => format!("template {}", sources(regexps)),
        Matcher::Http(http::Matcher::PathRegexp(regexps)) => format!("path {}", sources(regexps)),
        Matcher::Http(http::Matcher::Headers(headers)) => match headers.first()? {
            (name, Value::Matching(regexp)) => format!("header {name} {:?}", regexp.source()),
            (name, Value::Equal(value)) if FOLLOWING.contains(&name.as_str()) => format!("header {name} is {value:?}"),
            _ => return None,
        },
        Matcher::Http(http::Matcher::Query(key, Value::Matching(regexp))) => {
            format!("query {key:?} {:?}", regexp.source())
        }
        Matcher::Http(http::Matcher::QueryTemplate(pairs)) => {
            let (key, regexp) = pairs.first()?;
            format!("first {key:?} {:?}", regexp.source())
        }
        Matcher::Tcp(tcp::Matcher::ServerNameRegexp(regexps)) => format!("name {}", sources(regexps)),
        _ => return None,
    })
}

/// Whether an atom that holds leaves a part no other values than those that are tried.
pub(super) fn pins(matcher: &Matcher) -> bool {
    match matcher {
        Matcher::Http(http::Matcher::Host(hosts, wildcard)) => {
            *wildcard == Wildcard::Literal || hosts.iter().all(|host| !host.starts_with('*'))
        }
        Matcher::Http(http::Matcher::Path(_) | http::Matcher::Method(_)) => true,
        Matcher::Tcp(tcp::Matcher::ServerName(names)) => names.iter().all(|name| !name.text().starts_with('*')),
        _ => false,
    }
}
