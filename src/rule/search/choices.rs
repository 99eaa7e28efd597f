//! What is tried for each part of a request: so many values that every other value is taken and refused by the same
//! atoms as one of these. Only where a regular expression looks at a part there may be more.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::atom::{Part, wanted};
use crate::golang::regexp::Regexp;
use crate::rule::client::Network;
use crate::rule::example::Example;
use crate::rule::http::{self, Value};
use crate::rule::matcher::Matcher;
use crate::rule::tcp;

/// Of more values than these not every combination is tried.
const MOST_TOGETHER: usize = 6;

/// The first address behind the IPv4 addresses that IPv6 holds.
const AFTER_MAPPED: u128 = 0x0001_0000_0000_0000;

/// Something that a part of a request can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    Method(String),
    Host(String),
    Path(Vec<u8>),
    Header(String, Vec<String>),
    Query(Vec<u8>, Vec<Vec<u8>>),
    Client(IpAddr),
    ServerName(String),
    Protocols(Vec<String>),
}

impl Choice {
    /// Makes a request have it.
    pub(super) fn put(&self, example: &mut Example) {
        match self {
            Self::Method(method) => example.method.clone_from(method),
            Self::Host(host) => example.host.clone_from(host),
            Self::Path(path) => example.set_path(path),
            Self::Header(name, values) => {
                example.headers.extend(values.iter().map(|value| (name.clone(), value.clone())));
            }
            Self::Query(key, values) => {
                example.query.extend(values.iter().map(|value| (key.clone(), value.clone())));
            }
            Self::Client(client) => example.client = *client,
            Self::ServerName(name) => example.server_name.clone_from(name),
            Self::Protocols(protocols) => example.protocols.extend(protocols.iter().cloned()),
        }
    }
}

/// What is tried for a part, given the atoms that are about it. The plainest come first.
pub(super) fn choices(part: &Part, atoms: &[&Matcher]) -> Vec<Choice> {
    let mut all = match part {
        Part::Method => methods(atoms),
        Part::Host => hosts(atoms).into_iter().map(Choice::Host).collect(),
        Part::Path => paths(atoms),
        Part::Header(name, Some(value)) => {
            let values = vec![String::from_utf8_lossy(value).into_owned()];
            vec![Choice::Header(name.clone(), Vec::new()), Choice::Header(name.clone(), values)]
        }
        Part::Header(name, None) => {
            let text = |value: Vec<u8>| String::from_utf8_lossy(&value).into_owned();
            let together = together(&values(atoms, b"")).into_iter();
            together.map(|values| Choice::Header(name.clone(), values.into_iter().map(text).collect())).collect()
        }
        Part::Query(key, Some(value)) => {
            vec![Choice::Query(key.clone(), Vec::new()), Choice::Query(key.clone(), vec![value.clone()])]
        }
        Part::Query(key, None) => {
            let before = [key, &b"="[..]].concat();
            together(&values(atoms, &before)).into_iter().map(|values| Choice::Query(key.clone(), values)).collect()
        }
        Part::Client => clients(atoms),
        Part::ServerName => server_names(atoms),
        Part::Protocol(name) => vec![Choice::Protocols(Vec::new()), Choice::Protocols(vec![name.clone()])],
    };
    let mut seen: Vec<Choice> = Vec::with_capacity(all.len());
    all.retain(|choice| {
        let is_new = all_but_long(&seen, choice);
        if is_new {
            seen.push(choice.clone());
        }
        is_new
    });
    all
}

/// Whether a choice is not yet among these; of very many no two are compared, for one twice does no harm.
fn all_but_long(seen: &[Choice], choice: &Choice) -> bool {
    seen.len() > 64 || !seen.contains(choice)
}

fn methods(atoms: &[&Matcher]) -> Vec<Choice> {
    let mut methods = vec!["GET".to_owned()];
    for atom in atoms {
        if let Matcher::Http(http::Matcher::Method(named)) = atom {
            methods.extend(named.iter().cloned());
        }
    }
    methods.push(fresh("OTHER", &methods));
    methods.into_iter().map(Choice::Method).collect()
}

/// Names, each with a dot behind it and without; for a wildcard one that nobody names.
fn names(named: &[&str], regexps: &[&Regexp]) -> Vec<String> {
    let examples: Vec<String> = regexps.iter().filter_map(|regexp| regexp.example()).collect();
    let label = fresh("other", named);
    let mut all: Vec<String> = Vec::new();
    for name in named {
        let lower = name.to_lowercase();
        if let Some(rest) = lower.strip_prefix('*') {
            let labels = examples.iter().map(|example| example.split('.').next().unwrap_or_default());
            all.extend(labels.chain([label.as_str()]).map(|label| format!("{label}{rest}")));
        }
        all.extend([lower.trim_end_matches('.').to_owned(), lower.clone(), format!("{lower}.")]);
    }
    all.extend(examples.iter().map(|example| example.to_lowercase()));
    all.push(format!("{label}.example.com"));
    all
}

fn hosts(atoms: &[&Matcher]) -> Vec<String> {
    let (mut named, mut regexps): (Vec<&str>, Vec<&Regexp>) = (Vec::new(), Vec::new());
    for atom in atoms {
        match atom {
            Matcher::Http(http::Matcher::Host(hosts, _)) => named.extend(hosts.iter().map(String::as_str)),
            Matcher::Http(http::Matcher::HostRegexp(regexp)) => regexps.push(regexp),
            Matcher::Http(http::Matcher::HostTemplate(hosts)) => regexps.extend(hosts),
            _ => {}
        }
    }
    let mut all = names(&named, &regexps);
    all.push(String::new());
    all
}

fn server_names(atoms: &[&Matcher]) -> Vec<Choice> {
    let (mut named, mut regexps): (Vec<&str>, Vec<&Regexp>) = (Vec::new(), Vec::new());
    for atom in atoms {
        match atom {
            Matcher::Tcp(tcp::Matcher::ServerName(names)) => named.extend(names.iter().map(tcp::Name::text)),
            Matcher::Tcp(tcp::Matcher::ServerNameRegexp(names)) => regexps.extend(names),
            _ => {}
        }
    }
    let mut all = names(&named, &regexps);
    all.push(String::new());
    all.into_iter().map(Choice::ServerName).collect()
}

/// Every path that is named, and each with something behind it that nobody names: of two paths with the same
/// longest named beginning, no rule tells one from the other.
fn paths(atoms: &[&Matcher]) -> Vec<Choice> {
    let (mut named, mut regexps): (Vec<&[u8]>, Vec<&Regexp>) = (vec![b"/"], Vec::new());
    for atom in atoms {
        match atom {
            Matcher::Http(http::Matcher::Path(paths) | http::Matcher::PathPrefix(paths)) => {
                named.extend(paths.iter().map(Vec::as_slice));
            }
            Matcher::Http(http::Matcher::PathRegexp(paths)) => regexps.extend(paths),
            _ => {}
        }
    }
    let texts: Vec<String> = named.iter().map(|path| String::from_utf8_lossy(path).into_owned()).collect();
    let behind = fresh("other", &texts);
    let examples: Vec<String> = regexps.iter().filter_map(|regexp| regexp.example()).collect();
    let mut all: Vec<Vec<u8>> = named.iter().map(|path| path.to_vec()).collect();
    all.extend(examples.iter().filter(|example| example.starts_with('/')).map(|example| example.clone().into_bytes()));
    all.extend(named.iter().map(|path| [path, behind.as_bytes()].concat()));
    for example in &examples {
        all.extend(named.iter().map(|path| [path, example.as_bytes()].concat()));
    }
    all.into_iter().map(Choice::Path).collect()
}

/// The values of a header or of a key that atoms ask for, and examples of what their regular expressions take.
/// `before` is what an expression of v2 has in front of the value.
fn values(atoms: &[&Matcher], before: &[u8]) -> Vec<Vec<u8>> {
    let example = |regexp: &Regexp| regexp.example().map(String::into_bytes);
    let value = |atom: &&Matcher| match atom {
        Matcher::Http(http::Matcher::Headers(headers)) => match headers.first() {
            Some((_, Value::Matching(regexp))) => example(regexp),
            _ => wanted(atom),
        },
        Matcher::Http(http::Matcher::Query(_, Value::Matching(regexp))) => example(regexp),
        Matcher::Http(http::Matcher::QueryTemplate(pairs)) => {
            let text = example(&pairs.first()?.1)?;
            Some(text.strip_prefix(before).map_or(text.clone(), <[u8]>::to_vec))
        }
        _ => wanted(atom),
    };
    let mut values: Vec<Vec<u8>> = atoms.iter().filter_map(value).collect();
    values.sort();
    values.dedup();
    values
}

/// Combinations of values: all of them where they are few; else none, each alone, and all at once.
fn together(values: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    if values.len() > MOST_TOGETHER {
        let mut some = vec![Vec::new()];
        some.extend(values.iter().map(|value| vec![value.clone()]));
        some.push(values.to_vec());
        return some;
    }
    let chosen = |number: usize| {
        let taken = values.iter().enumerate().filter(|(at, _)| number >> at & 1 == 1);
        taken.map(|(_, value)| value.clone()).collect()
    };
    (0..1_usize << values.len()).map(chosen).collect()
}

/// The bounds of all networks: between two of them no rule tells one address from the other.
fn clients(atoms: &[&Matcher]) -> Vec<Choice> {
    let mut all = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    let mut add = |networks: &[Network]| all.extend(networks.iter().flat_map(|network| network.bounds()).flatten());
    for atom in atoms {
        match atom {
            Matcher::Http(http::Matcher::Client(networks)) | Matcher::Tcp(tcp::Matcher::Client(networks)) => {
                add(networks);
            }
            _ => {}
        }
    }
    all.extend([IpAddr::V4(Ipv4Addr::UNSPECIFIED), IpAddr::V6(Ipv6Addr::UNSPECIFIED)]);
    all.push(IpAddr::V6(AFTER_MAPPED.into()));
    all.into_iter().map(Choice::Client).collect()
}

/// A word that is in none of these texts.
fn fresh<T: AsRef<str>>(word: &str, texts: &[T]) -> String {
    let is_free = |word: &String| texts.iter().all(|text| !text.as_ref().contains(word.as_str()));
    let numbered = (2..).map(|number: u32| format!("{word}{number}"));
    std::iter::once(word.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
