//! The matchers of HTTP rules, of both generations.

use std::net::IpAddr;

use super::client::Network;
use super::error::Problem;
use super::host::{self, Wildcard};
use super::matcher::{ascii, text};
use super::request::HttpRequest;
use super::template::{self, Place};
use super::{Language, Syntax};
use crate::golang::canonical_header;
use crate::golang::regexp::Regexp;
use crate::model::Release;

/// A matcher of an HTTP rule. Of several alternatives one must fit.
#[derive(Debug, Clone)]
pub(super) enum Matcher {
    AnyHost,
    Host(Vec<String>, Wildcard),
    /// Searched in the host in lower case.
    HostRegexp(Regexp),
    /// v2: whole, whatever its case.
    HostTemplate(Vec<Regexp>),
    Method(Vec<String>),
    Path(Vec<Vec<u8>>),
    PathPrefix(Vec<Vec<u8>>),
    PathRegexp(Vec<Regexp>),
    /// Every one of these headers has a value that fits.
    Headers(Vec<(String, Value)>),
    /// A key of the query has a value that fits.
    Query(Vec<u8>, Value),
    /// v2: `key=value` of each key's first value.
    QueryTemplate(Vec<(Vec<u8>, Regexp)>),
    Client(Vec<Network>),
}

/// What a value must be.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Equal(Vec<u8>),
    Matching(Regexp),
}

impl Value {
    fn fits(&self, value: &[u8]) -> bool {
        match self {
            Self::Equal(wanted) => wanted == value,
            Self::Matching(regexp) => regexp.is_match(value),
        }
    }
}

fn regexp(pattern: &[u8]) -> Result<Regexp, Problem> {
    Regexp::compile_bytes(pattern).map_err(Problem::Regexp)
}

impl Matcher {
    /// The matcher of this name with arguments, none of them empty.
    pub(super) fn new(name: &str, arguments: &[&[u8]], language: Language) -> Result<Self, Problem> {
        match language.syntax {
            Syntax::V3 => Self::v3(name, arguments, language.release),
            Syntax::V2 => Self::v2(name, arguments),
        }
    }

    fn v3(name: &str, arguments: &[&[u8]], release: Release) -> Result<Self, Problem> {
        let first = arguments.first().copied().unwrap_or_default();
        let second = arguments.get(1).copied();
        let wildcard = if release >= Release::V3_7 { Wildcard::Taken } else { Wildcard::Literal };
        Ok(match name {
            "Host" if first == b"*" && wildcard == Wildcard::Taken => Self::AnyHost,
            "Host" => Self::Host(vec![ascii(first)?.to_lowercase()], wildcard),
            "HostRegexp" => Self::HostRegexp(regexp(ascii(first)?.as_bytes())?),
            "Method" => Self::Method(vec![text(first).to_uppercase()]),
            "Path" => Self::Path(vec![slashed(first)?.to_vec()]),
            "PathPrefix" => Self::PathPrefix(vec![slashed(first)?.to_vec()]),
            "PathRegexp" => Self::PathRegexp(vec![regexp(first)?]),
            "Header" => Self::Headers(vec![(canonical_header(&text(first)), equal(second.unwrap_or_default()))]),
            "HeaderRegexp" => {
                let value = Value::Matching(regexp(second.unwrap_or_default())?);
                Self::Headers(vec![(canonical_header(&text(first)), value)])
            }
            "Query" => Self::Query(first.to_vec(), equal(second.unwrap_or_default())),
            "QueryRegexp" => {
                // Without an expression it is `Query`.
                let value = second.map_or(Ok(equal(b"")), |pattern| regexp(pattern).map(Value::Matching))?;
                Self::Query(first.to_vec(), value)
            }
            _ => Self::Client(networks(arguments)?),
        })
    }

    fn v2(name: &str, arguments: &[&[u8]]) -> Result<Self, Problem> {
        let texts = || arguments.iter().map(|argument| text(argument));
        let ascii_texts = || arguments.iter().map(|argument| ascii(argument)).collect::<Result<Vec<_>, _>>();
        let templates = |place| {
            let compiled = |template: String| template::compile(&template, place).map(|found| found.regexp);
            texts().map(compiled).collect::<Result<Vec<_>, _>>()
        };
        Ok(match name {
            "Host" | "HostHeader" => {
                let hosts = ascii_texts()?.iter().map(|host| host.to_lowercase()).collect();
                Self::Host(hosts, Wildcard::Literal)
            }
            "HostRegexp" => {
                ascii_texts()?;
                Self::HostTemplate(templates(Place::Host)?)
            }
            "Method" => Self::Method(texts().map(|method| method.to_uppercase()).collect()),
            "Path" | "PathPrefix" => {
                for argument in arguments {
                    slashed(argument)?;
                }
                // Without variables a template is what it says.
                let is_plain = |path: &&[u8]| !path.contains(&b'{') && !path.contains(&b'}');
                let plain = arguments.iter().all(is_plain) && texts().all(|path| !path.contains('\u{fffd}'));
                let paths = || arguments.iter().map(|path| path.to_vec()).collect();
                match name {
                    "Path" if plain => Self::Path(paths()),
                    "Path" => Self::PathRegexp(templates(Place::Path)?),
                    _ if plain => Self::PathPrefix(paths()),
                    _ => Self::PathRegexp(templates(Place::PathPrefix)?),
                }
            }
            "Headers" | "HeadersRegexp" => Self::Headers(headers(name, arguments)?),
            "Query" => Self::QueryTemplate(queries(&texts().collect::<Vec<_>>())?),
            _ => Self::Client(networks(arguments)?),
        })
    }

    pub(super) fn matches(&self, request: &HttpRequest) -> bool {
        match self {
            Self::AnyHost => true,
            Self::Host(hosts, wildcard) => hosts.iter().any(|wanted| host::matches(&request.host, wanted, *wildcard)),
            // The second try is on the name behind a CNAME, which is empty without CNAME flattening.
            Self::HostRegexp(regexp) => regexp.is_match(request.host.as_bytes()) || regexp.is_match(b""),
            Self::HostTemplate(hosts) => hosts.iter().any(|regexp| regexp.is_match(request.sent_host.as_bytes())),
            Self::Method(methods) => methods.contains(&request.method),
            Self::Path(paths) => paths.contains(&request.path),
            Self::PathPrefix(prefixes) => prefixes.iter().any(|prefix| request.path.starts_with(prefix)),
            Self::PathRegexp(paths) => paths.iter().any(|regexp| regexp.is_match(&request.path)),
            Self::Headers(headers) => headers.iter().all(|(name, wanted)| {
                let values = request.headers.get(name).into_iter().flatten();
                values.into_iter().any(|value| wanted.fits(value.as_bytes()))
            }),
            Self::Query(key, wanted) => request.query.iter().any(|(name, value)| name == key && wanted.fits(value)),
            Self::QueryTemplate(pairs) => pairs.iter().all(|(key, regexp)| {
                let first = request.query.iter().find(|(name, _)| name == key);
                regexp.is_match(&first.map(|(name, value)| [name, &b"="[..], value].concat()).unwrap_or_default())
            }),
            Self::Client(networks) => client_is_in(networks, request.client),
        }
    }

    /// What is compared, in words.
    pub(super) fn evidence(&self, request: &HttpRequest) -> String {
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match self {
            Self::AnyHost | Self::Host(..) | Self::HostRegexp(_) => match request.host.as_str() {
                "" => "the request has no host".to_owned(),
                host => format!("the host is `{host}`"),
            },
            Self::HostTemplate(_) => format!("the host is `{}`", request.sent_host),
            Self::Method(_) => format!("the method is `{}`", request.method),
            Self::Path(_) | Self::PathPrefix(_) | Self::PathRegexp(_) => {
                format!("the path is `{}`", lossy(&request.path))
            }
            Self::Headers(headers) => {
                let told = headers.iter().map(|(name, _)| match request.headers.get(name) {
                    Some(values) => format!("the header `{name}` is `{}`", values.join("`, `")),
                    None => format!("there is no header `{name}`"),
                });
                told.collect::<Vec<_>>().join("; ")
            }
            Self::Query(key, _) => query_evidence(&[key], request),
            Self::QueryTemplate(pairs) => {
                query_evidence(&pairs.iter().map(|(key, _)| key).collect::<Vec<_>>(), request)
            }
            Self::Client(_) => client_evidence(request.client),
        }
    }
}

fn query_evidence(keys: &[&Vec<u8>], request: &HttpRequest) -> String {
    let told = keys.iter().map(|key| {
        let values = request.query.iter().filter(|(name, _)| name == *key);
        let values: Vec<_> = values.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).collect();
        let key = String::from_utf8_lossy(key);
        match values.as_slice() {
            [] => format!("there is no query parameter `{key}`"),
            values => format!("the query parameter `{key}` is `{}`", values.join("`, `")),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Whether a client's address is in one of these networks; one that is unknown never is.
pub(super) fn client_is_in(networks: &[Network], client: Option<IpAddr>) -> bool {
    client.is_some_and(|client| networks.iter().any(|network| network.contains(client)))
}

pub(super) fn client_evidence(client: Option<IpAddr>) -> String {
    client.map_or_else(|| "the client's address is not known".to_owned(), |client| format!("the client is {client}"))
}

/// The networks of `ClientIP`.
pub(super) fn networks(arguments: &[&[u8]]) -> Result<Vec<Network>, Problem> {
    let network = |argument: &&[u8]| {
        let text = text(argument);
        Network::parse(&text).ok_or(Problem::NoNetwork(text))
    };
    arguments.iter().map(network).collect()
}

fn slashed(path: &[u8]) -> Result<&[u8], Problem> {
    if path.starts_with(b"/") { Ok(path) } else { Err(Problem::NoSlash(text(path))) }
}

fn equal(value: &[u8]) -> Value {
    Value::Equal(value.to_vec())
}

/// Pairs of a header's name and its value; of a name given twice the last counts.
fn headers(name: &str, arguments: &[&[u8]]) -> Result<Vec<(String, Value)>, Problem> {
    if !arguments.len().is_multiple_of(2) {
        return Err(Problem::NoPairs(arguments.iter().map(|argument| text(argument)).collect()));
    }
    let mut headers: Vec<(String, Value)> = Vec::new();
    for pair in arguments.chunks_exact(2) {
        let value = if name == "Headers" { equal(pair[1]) } else { Value::Matching(regexp(pair[1])?) };
        let given = text(pair[0]);
        headers.retain(|(known, _)| *known != given);
        headers.push((given, value));
    }
    Ok(headers.into_iter().map(|(name, value)| (canonical_header(&name), value)).collect())
}

/// `key=value`, or a key and a value as two arguments, as templates.
fn queries(arguments: &[String]) -> Result<Vec<(Vec<u8>, Regexp)>, Problem> {
    let mut words: Vec<&str> = Vec::new();
    for argument in arguments {
        words.extend(argument.splitn(2, '='));
    }
    if !words.len().is_multiple_of(2) {
        return Err(Problem::NoPairs(words.into_iter().map(str::to_owned).collect()));
    }
    let mut seen: Vec<String> = Vec::new();
    let mut queries = Vec::new();
    for pair in words.chunks_exact(2) {
        let joined = format!("{}={}", pair[0], pair[1]);
        let template = template::compile(&joined, Place::Query)?;
        if let Some(twice) = template.variables.iter().find(|name| seen.contains(name)) {
            return Err(Problem::RepeatedVariable(twice.clone()));
        }
        seen.extend(template.variables);
        let key = joined.split('=').next().unwrap_or_default();
        queries.push((key.as_bytes().to_vec(), template.regexp));
    }
    Ok(queries)
}
