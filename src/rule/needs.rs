//! What a request must have for a rule to take it, as far as hosts and beginnings of paths tell: enough to leave a
//! rule out without asking it.

use std::collections::BTreeSet;

use super::Rule;
use super::host::Wildcard;
use super::http;
use super::matcher::Matcher;
use super::tcp;
use crate::golang::expression::{NodeId, Part};

/// What a request must have; a rule may want more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// One of these hosts, or server names, in lower case and without a dot at the end; nothing: any will do.
    pub hosts: Option<BTreeSet<String>>,
    /// A path that begins with this.
    pub prefix: Vec<u8>,
}

/// A host as [`Needs`] names it.
pub fn plain_host(host: &str) -> &str {
    host.trim_end_matches('.')
}

impl Rule {
    /// What a request must have for the rule to take it.
    pub fn needs(&self) -> Needs {
        let mut known: Vec<Needs> = Vec::with_capacity(self.condition.parts().len());
        for (part, _) in self.condition.parts() {
            let mut of = |id: &NodeId| std::mem::take(&mut known[id.index()]);
            let needs = match part {
                Part::And(left, right) => of(left).and(of(right)),
                Part::Or(left, right) => of(left).or(of(right)),
                Part::Not(_) => Needs::default(),
                Part::Leaf(matcher) => Needs::of(matcher),
            };
            known.push(needs);
        }
        known.pop().unwrap_or_default()
    }
}

impl Needs {
    fn of(matcher: &Matcher) -> Self {
        let named = |names: &mut dyn Iterator<Item = &str>| {
            Some(names.map(|name| plain_host(name).to_lowercase()).collect::<BTreeSet<_>>())
        };
        match matcher {
            Matcher::Http(http::Matcher::Host(hosts, wildcard))
                if *wildcard == Wildcard::Literal || !hosts.iter().any(|host| host.starts_with('*')) =>
            {
                Self { hosts: named(&mut hosts.iter().map(String::as_str)), ..Self::default() }
            }
            Matcher::Tcp(tcp::Matcher::ServerName(names)) if !names.iter().any(|name| name.text().starts_with('*')) => {
                Self { hosts: named(&mut names.iter().map(tcp::Name::text)), ..Self::default() }
            }
            Matcher::Http(http::Matcher::Path(paths) | http::Matcher::PathPrefix(paths)) => {
                let shared = paths.iter().cloned().reduce(|shared, path| shared_prefix(shared, &path));
                Self { prefix: shared.unwrap_or_default(), ..Self::default() }
            }
            _ => Self::default(),
        }
    }

    /// Whether a request can have what both want.
    pub fn can_meet(&self, other: &Self) -> bool {
        let hosts = match (&self.hosts, &other.hosts) {
            (Some(mine), Some(theirs)) => mine.iter().any(|host| theirs.contains(host)),
            _ => true,
        };
        hosts && (self.prefix.starts_with(&other.prefix) || other.prefix.starts_with(&self.prefix))
    }

    fn and(self, other: Self) -> Self {
        let hosts = match (self.hosts, other.hosts) {
            (Some(mine), Some(theirs)) => Some(if mine.len() <= theirs.len() { mine } else { theirs }),
            (mine, theirs) => mine.or(theirs),
        };
        let prefix = if self.prefix.len() >= other.prefix.len() { self.prefix } else { other.prefix };
        Self { hosts, prefix }
    }

    fn or(self, other: Self) -> Self {
        let hosts = self.hosts.zip(other.hosts).map(|(mine, theirs)| {
            let (mut larger, smaller) = if mine.len() >= theirs.len() { (mine, theirs) } else { (theirs, mine) };
            larger.extend(smaller);
            larger
        });
        Self { hosts, prefix: shared_prefix(self.prefix, &other.prefix) }
    }
}

fn shared_prefix(mut one: Vec<u8>, other: &[u8]) -> Vec<u8> {
    let shared = one.iter().zip(other).take_while(|(mine, theirs)| mine == theirs).count();
    one.truncate(shared);
    one
}

#[cfg(test)]
mod tests {
    use crate::model::Release;
    use crate::rule::{Kind, Language, Rule};

    #[test]
    fn hosts_and_beginnings_are_what_every_way_wants() {
        for (rule, hosts, prefix) in [
            ("Host(`A.b.`) && PathPrefix(`/x`)", Some(vec!["a.b"]), "/x"),
            ("Host(`a`) || Host(`b`)", Some(vec!["a", "b"]), ""),
            ("Host(`a`) || PathPrefix(`/x`)", None, ""),
            ("Path(`/x/1`) || PathPrefix(`/x/2`)", None, "/x/"),
            ("Host(`a`) && (Host(`a`) || Host(`b`))", Some(vec!["a"]), ""),
            ("!Host(`a`) && Path(`/x`)", None, "/x"),
            ("Host(`*.b`)", None, ""),
        ] {
            let language = Language::new(Release::V3_7, "v3", Kind::Http);
            let needs = Rule::parse(rule, language).expect("valid").needs();
            let named = needs.hosts.as_ref().map(|hosts| hosts.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!((named, needs.prefix.as_slice()), (hosts, prefix.as_bytes()), "{rule}");
        }
    }
}
