//! v1's side: frontends with their rules, in the order in which v1 tries them.

use std::collections::BTreeSet;

use super::{Outcome, Probe, Refused};
use crate::migrate::rule::{Difference, migrate_rule};
use crate::v1::configuration::Configuration;
use crate::v1::rule::{Request, Rule, answer};

/// A frontend.
#[derive(Debug, Clone)]
pub struct Before {
    /// Its name.
    pub name: String,
    /// Its rule; nothing where v1 gives it no route.
    pub rule: Option<Rule>,
    /// Its effective priority.
    pub priority: i64,
    /// The entry points that it serves; none stands for the default ones.
    pub entry_points: Vec<String>,
    /// The servers of its backend.
    pub servers: BTreeSet<String>,
    /// Where its migrated rule may differ.
    pub differences: BTreeSet<Difference>,
}

impl Before {
    /// A frontend with a rule; a priority of 0 or less stands for the rule's length.
    pub fn new(name: &str, rule: &str, priority: i64) -> Self {
        let parsed = Rule::parse(rule).ok();
        let length = i64::try_from(rule.len()).unwrap_or(i64::MAX);
        let differences = migrate_rule(rule).map(|migrated| migrated.differences).unwrap_or_default();
        Self {
            name: name.to_owned(),
            rule: parsed,
            priority: if priority > 0 { priority } else { length },
            entry_points: Vec::new(),
            servers: BTreeSet::new(),
            differences,
        }
    }
}

/// The frontends of a configuration.
pub fn before(configuration: &Configuration) -> Vec<Before> {
    let made = configuration.frontends().flat_map(|frontend| {
        let backend = configuration.backend(frontend.backend());
        let servers: BTreeSet<String> =
            backend.into_iter().flat_map(|backend| backend.servers().map(|(_, url)| url.to_owned())).collect();
        let one = move |rule| Before {
            entry_points: frontend.entry_points().to_vec(),
            servers: servers.clone(),
            ..Before::new(frontend.name, rule, frontend.priority())
        };
        frontend.rules().map(one).collect::<Vec<_>>()
    });
    made.collect()
}

/// What v1 does with a request; nothing where that depends on an order that it doesn't fix.
pub(super) fn outcome(all: &[Before], probe: &Probe) -> Result<Option<Outcome>, Refused> {
    let request = probe
        .headers
        .iter()
        .fold(Request::new(&probe.method, &probe.host, &probe.path, &probe.query)?, |request, (name, value)| {
            request.header(name, vec![value.clone()])
        });
    let here = |one: &&Before| {
        let named = one.entry_points.contains(&probe.entry_point);
        one.rule.is_some() && (named || one.entry_points.is_empty() && probe.entry_point.is_empty())
    };
    let mut tried: Vec<&Before> = all.iter().filter(here).collect();
    tried.sort_by_key(|one| (std::cmp::Reverse(one.priority), one.name.as_str()));
    let answered = answer(tried.iter().filter_map(|one| one.rule.as_ref()), &request);
    let taken = answered.taken.as_ref().map(|(index, _)| tried[*index]);
    if let Some(taken) = taken {
        let rivals = tried.iter().filter(|one| one.priority == taken.priority && one.servers != taken.servers);
        let matching = |one: &&&Before| one.rule.as_ref().is_some_and(|rule| rule.try_match(&request).holds());
        if rivals.filter(matching).count() > 0 {
            return Ok(None);
        }
    }
    let forward = answered.forward;
    let prefix = forward.as_ref().map(|forward| forward.forwarded_prefix.join(&b','));
    Ok(Some(Outcome {
        taken_by: taken.map(|taken| taken.name.clone()),
        status: answered.status,
        target: forward.as_ref().map(|forward| forward.request_uri.clone()),
        prefix: prefix.map(|prefix| String::from_utf8_lossy(&prefix).into_owned()).unwrap_or_default(),
        servers: taken.filter(|_| forward.is_some()).map(|taken| taken.servers.clone()).unwrap_or_default(),
    }))
}
