//! What a rule asks for, as far as it is nothing but hosts and paths: any of so many places.
//!
//! It says more than it should for no rule: what it can't put into places it names, and the router has none then.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::balancers::is_machine;
use crate::dynamic::{Protocol, Router};
use crate::golang::expression::{Arity, Call, Condition, Part};
use crate::model::Release;
use crate::rule::{self, Language, Syntax, default_priority};

/// The most places that a rule may come to; beyond it nobody writes a proxy's configuration by hand either.
const MOST: usize = 256;

/// A host, a path, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The host in lower case; null for any.
    pub host: Option<String>,
    /// The path, or what it begins with; null for any.
    pub path: Option<String>,
    /// Whether it is this path alone.
    pub exact: bool,
}

/// The places that a rule takes, in order and each once; a UDP router takes all.
///
/// # Errors
/// What the rule asks for beside hosts and paths.
pub(super) fn places(
    rule: &str,
    protocol: Protocol,
    rule_syntax: &str,
    release: Release,
) -> Result<Vec<Place>, String> {
    if protocol == Protocol::Udp {
        return Ok(vec![Place::default()]);
    }
    let kind = if protocol == Protocol::Tcp { rule::Kind::Tcp } else { rule::Kind::Http };
    let old = Language::new(release, rule_syntax, kind).syntax == Syntax::V2;
    let condition = Condition::parse(rule, &|_| Some(Arity::Any)).map_err(|error| error.to_string())?;
    let mut parts: Vec<BTreeSet<Place>> = Vec::with_capacity(condition.parts().len());
    for (part, _) in condition.parts() {
        let places = match part {
            Part::Leaf(call) => leaf(call, protocol, old)?,
            Part::Or(left, right) => &parts[left.index()] | &parts[right.index()],
            Part::And(left, right) => both(&parts[left.index()], &parts[right.index()]),
            Part::Not(_) => return Err("it excludes requests with `!`".to_owned()),
        };
        if places.len() > MOST {
            return Err(format!("it names more than {MOST} places"));
        }
        parts.push(places);
    }
    Ok(parts.pop().unwrap_or_default().into_iter().collect())
}

fn leaf(call: &Call, protocol: Protocol, old: bool) -> Result<BTreeSet<Place>, String> {
    let place: fn(String) -> Place = match (protocol, call.name.to_ascii_lowercase().as_str()) {
        (Protocol::Http, "host") => |host| Place { host: Some(host.to_ascii_lowercase()), ..Place::default() },
        (Protocol::Http, "path") => |path| Place { path: Some(path), exact: true, ..Place::default() },
        (Protocol::Http, "pathprefix") => |path| Place { path: Some(path), ..Place::default() },
        (Protocol::Tcp, "hostsni") => |host| Place { host: sni(&host), ..Place::default() },
        _ => return Err(format!("it asks for {}", call.name)),
    };
    call.arguments
        .iter()
        .map(|argument| {
            let text =
                std::str::from_utf8(&argument.value).map_err(|_| "it holds text that is not UTF-8".to_owned())?;
            if text.chars().any(char::is_control) {
                return Err("it holds a control character".to_owned());
            }
            if old && text.contains('{') {
                return Err(format!("`{text}` is a pattern"));
            }
            let place = place(text.to_owned());
            if place.host.as_deref().is_some_and(|host| !is_machine(host)) {
                return Err(format!("`{text}` is no plain host name"));
            }
            Ok(place)
        })
        .collect()
}

/// The server's name that a TCP router wants; none for `*`.
fn sni(host: &str) -> Option<String> {
    (host != "*").then(|| host.to_ascii_lowercase())
}

/// The places that are in one of each: hosts and paths that exclude each other leave none.
fn both(left: &BTreeSet<Place>, right: &BTreeSet<Place>) -> BTreeSet<Place> {
    left.iter().flat_map(|one| right.iter().filter_map(|other| one.and(other))).collect()
}

impl Place {
    fn and(&self, other: &Self) -> Option<Self> {
        let host = match (&self.host, &other.host) {
            (Some(one), Some(other)) if one != other => return None,
            (one, other) => one.as_ref().or(other.as_ref()).cloned(),
        };
        let (path, exact) = match (&self.path, &other.path) {
            (Some(one), Some(two)) => narrower((one, self.exact), (two, other.exact))?,
            (Some(path), None) => (path, self.exact),
            (None, Some(path)) => (path, other.exact),
            (None, None) => return Some(Self { host, ..Self::default() }),
        };
        Some(Self { host, path: Some(path.clone()), exact })
    }
}

/// Of two paths that a request must both have, the one that says more; nothing where no request has both.
fn narrower<'a>(one: (&'a String, bool), two: (&'a String, bool)) -> Option<(&'a String, bool)> {
    let holds = |prefix: (&String, bool), path: &String| {
        if prefix.1 { path == prefix.0 } else { path.starts_with(prefix.0.as_str()) }
    };
    let says_more = two.1 || (!one.1 && holds(one, two.0));
    let (more, less) = if says_more { (two, one) } else { (one, two) };
    holds(less, more.0).then_some(more)
}

/// A router's priority: the one it is given, else the one that follows from its rule; UDP knows none.
pub(super) fn priority(router: Router<'_>, protocol: Protocol) -> i64 {
    match (router.priority(), protocol) {
        (0, Protocol::Udp) => 0,
        (0, Protocol::Tcp) => default_priority(router.rule(), rule::Kind::Tcp),
        (0, Protocol::Http) => default_priority(router.rule(), rule::Kind::Http),
        (given, _) => given,
    }
}

#[cfg(test)]
mod tests {
    use super::places;
    use crate::dynamic::Protocol;
    use crate::model::Release;

    fn of(rule: &str) -> Result<Vec<String>, String> {
        let places = places(rule, Protocol::Http, "", Release::default())?;
        Ok(places
            .into_iter()
            .map(|place| {
                let star = if place.exact { "" } else { "*" };
                format!("{}{}{star}", place.host.unwrap_or_default(), place.path.unwrap_or_default())
            })
            .collect())
    }

    #[test]
    fn hosts_and_paths_become_places() {
        for (rule, expected) in [
            ("Host(`A.b`)", vec!["a.b*"]),
            ("Host(`a`) && PathPrefix(`/x`)", vec!["a/x*"]),
            ("(Host(`a`) || Host(`b`)) && (Path(`/x`) || PathPrefix(`/y`))", vec!["a/x", "a/y*", "b/x", "b/y*"]),
            ("PathPrefix(`/x`) && PathPrefix(`/x/y`)", vec!["/x/y*"]),
            ("Path(`/x/y`) && PathPrefix(`/x`)", vec!["/x/y"]),
            ("Path(`/x`) && PathPrefix(`/x/y`)", vec![]),
            ("Host(`a`) && Host(`b`)", vec![]),
        ] {
            assert_eq!(of(rule), Ok(expected.into_iter().map(str::to_owned).collect()), "{rule}");
        }
    }

    #[test]
    fn what_is_neither_is_named() {
        for (rule, said) in [
            ("Host(`a`) && Method(`GET`)", "it asks for Method"),
            ("!Host(`a`)", "it excludes requests with `!`"),
            ("Path(`/a\u{1b}`)", "it holds a control character"),
            ("Host(`*.example.com`)", "`*.example.com` is no plain host name"),
            ("Host(`{$HOME}`)", "`{$HOME}` is no plain host name"),
        ] {
            assert_eq!(of(rule), Err(said.to_owned()), "{rule}");
        }
        let old = places("PathPrefix(`/{id}`)", Protocol::Http, "v2", Release::default());
        assert_eq!(old, Err("`/{id}` is a pattern".to_owned()));
    }
}
