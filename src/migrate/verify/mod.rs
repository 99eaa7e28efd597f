//! Whether a migration routes as before: requests go through v1's frontends and through v3's routers, and where the two
//! answer differently, the reason is named.
//!
//! It looks at what routing decides: which rule takes a request, what its path becomes, which servers may get it.
//! What else a frontend does (redirections, authentication, headers) is the same options on both sides.

mod after;
mod before;
mod probes;

use std::collections::BTreeSet;

use super::difference::Difference;
use crate::v1::rule::{InvalidRequest, clean_path};

pub use after::{After, after, after_by_service};
pub use before::{Before, before};
pub use probes::probes;

/// A request to try.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    /// The entry point that it comes in at; empty for the default ones.
    pub entry_point: String,
    /// The method.
    pub method: String,
    /// The `Host` header.
    pub host: String,
    /// The path as it is sent.
    pub path: String,
    /// The query as it is sent; empty for none.
    pub query: String,
    /// Other headers.
    pub headers: Vec<(String, String)>,
}

/// What becomes of a request, as far as routing decides it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The frontend or router that takes it.
    pub taken_by: Option<String>,
    /// 200 where a server is asked.
    pub status: u16,
    /// What the server is asked for.
    pub target: Option<String>,
    /// The values of `X-Forwarded-Prefix`, joined.
    pub prefix: String,
    /// The servers that may be asked.
    pub servers: BTreeSet<String>,
}

/// A request that the two answer differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The request.
    pub probe: Probe,
    /// What v1 does.
    pub before: Outcome,
    /// What v3 does.
    pub after: Outcome,
    /// Why, where it is one of the known reasons; anything else is a fault of the migration.
    pub reason: Option<Difference>,
}

/// What came of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many requests were compared.
    pub compared: usize,
    /// How many were not: v1's own answer depends on an order that it doesn't fix, or Go's server refuses them.
    pub undecided: usize,
    /// Those that are answered differently.
    pub differing: Vec<Differing>,
}

impl Verified {
    /// Differences without a known reason.
    pub fn unexplained(&self) -> impl Iterator<Item = &Differing> {
        self.differing.iter().filter(|one| one.reason.is_none())
    }
}

impl Probe {
    /// A plain request.
    pub fn get(host: &str, path: &str) -> Self {
        Self {
            entry_point: String::new(),
            method: "GET".to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            query: String::new(),
            headers: Vec::new(),
        }
    }
}

impl std::fmt::Display for Probe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        write!(f, "{} {}{}{query}", self.method, self.host, self.path)?;
        self.headers.iter().try_for_each(|(name, value)| write!(f, " {name}: {value}"))
    }
}

/// Sends requests through both.
pub fn verify(before: &[Before], after: &[After], probes: impl IntoIterator<Item = Probe>) -> Verified {
    let mut verified = Verified::default();
    for probe in probes {
        // What v1's server refuses, v3's refuses too.
        let (Ok(Some(old)), Some(new)) = (before::outcome(before, &probe), after::outcome(after, &probe)) else {
            verified.undecided += 1;
            continue;
        };
        verified.compared += 1;
        if !same(&old, &new) {
            let reason = reason(before, &probe, &old);
            verified.differing.push(Differing { probe, before: old, after: new, reason });
        }
    }
    verified
}

fn same(old: &Outcome, new: &Outcome) -> bool {
    let seen = |outcome: &Outcome| {
        (
            outcome.taken_by.is_some(),
            outcome.status,
            outcome.target.clone(),
            outcome.prefix.clone(),
            outcome.servers.clone(),
        )
    };
    seen(old) == seen(new)
}

/// Why two outcomes differ, as far as the request and v1's rule show one of the known reasons.
fn reason(before: &[Before], probe: &Probe, old: &Outcome) -> Option<Difference> {
    let (host, path) = (probe.host.as_str(), probe.path.as_str());
    let without_port = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let names: Vec<&str> = probe.query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    let rules = || before.iter().filter_map(|one| one.rule.as_ref());
    let shows = |difference| match difference {
        Difference::TrailingSlash => old.status == 301,
        Difference::PathForm => path.contains('%') || !path.bytes().all(is_usual) || clean_path(path) != path,
        Difference::HostForm => {
            host.contains(['[', ']'])
                || host.matches(':').count() > 1
                || without_port.ends_with('.')
                || rules().any(|rule| rule.text().split([',', ';', ' ']).any(|host| host.ends_with('.')))
        }
        Difference::RepeatedParameter => (1..names.len()).any(|at| names[..at].contains(&names[at])),
        Difference::NothingToStrip => old.taken_by.is_some() && old.status == 404,
        Difference::Refused => !host.is_ascii(),
        Difference::StrippedSlash => old.status == 200,
        Difference::SharedBackend | Difference::OwnTemplate | Difference::Records => before
            .iter()
            .filter(|one| old.taken_by.as_ref() == Some(&one.name))
            .any(|taken| taken.differences.contains(&difference)),
    };
    let of_rules = before.iter().flat_map(|one| one.differences.iter().copied());
    let declared: BTreeSet<Difference> = of_rules.chain(Difference::EVERYWHERE).collect();
    declared.into_iter().find(|difference| shows(*difference))
}

/// Bytes that stand in a path as they are, and mean nothing there.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte)
}

/// A request that Go's server refuses.
type Refused = InvalidRequest;
