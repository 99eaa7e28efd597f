//! v1's side: frontends with their rules, in the order in which v1 tries them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Outcome, Probe, Refused};
use crate::migrate::difference::Difference;
use crate::migrate::is_v1;
use crate::migrate::rule::migrate_rule;
use crate::v1::rule::{Request, Rule, answer};
use crate::v1::{Reason, Run, TemplateVersion, Verdict};

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

/// The frontends that a pass publishes; none where it publishes nothing.
pub fn before(run: &Run) -> Vec<Before> {
    let Some(configuration) = run.published() else { return Vec::new() };
    let of_records = of_records(run);
    let moved = moved(run);
    let nothing = BTreeSet::new();
    let made = configuration.frontends().filter(|frontend| !moved.contains(frontend.name)).flat_map(|frontend| {
        let backend = configuration.backend(frontend.backend());
        let servers: BTreeSet<String> =
            backend.into_iter().flat_map(|backend| backend.servers().map(|(_, url)| url.to_owned())).collect();
        let service = frontend.backend().strip_prefix("backend-").unwrap_or_default();
        let of_records = of_records.get(service).unwrap_or(&nothing);
        let one = move |rule| {
            let mut one = Before::new(frontend.name, rule, frontend.priority());
            one.entry_points = frontend.entry_points().to_vec();
            one.servers.clone_from(&servers);
            one.differences.extend(of_records.iter().copied());
            one
        };
        frontend.rules().map(one).collect::<Vec<_>>()
    });
    made.collect()
}

/// Frontends of containers that have later labels already: those say what v3 makes of them, whatever v1 makes by default.
fn moved(run: &Run) -> BTreeSet<String> {
    let is_later = |label: &String| label.starts_with("traefik.") && !is_v1(label);
    let moved = run.verdicts.iter().filter(|verdict| verdict.labels.keys().any(is_later));
    moved.flat_map(|verdict| &verdict.units).map(|unit| format!("frontend-{}", unit.frontend)).collect()
}

/// What the records and the template of each service show of differences to come.
fn of_records(run: &Run) -> BTreeMap<&str, BTreeSet<Difference>> {
    let mut found: BTreeMap<&str, BTreeSet<Difference>> = BTreeMap::new();
    for ambiguity in &run.ambiguities {
        found.entry(&ambiguity.service).or_default().insert(Difference::SharedBackend);
    }
    let own_template = run.settings.template.is_some() || run.settings.template_version == TemplateVersion::One;
    let passed_over: BTreeSet<&String> =
        run.verdicts.iter().filter(|verdict| is_passed_over(verdict)).map(|verdict| &verdict.name).collect();
    for verdict in &run.verdicts {
        let odd = verdict.machine.as_ref().is_some_and(|machine| machine.of_instance && *machine.state != *"running");
        let mut seen = BTreeSet::new();
        for unit in &verdict.units {
            let differences = found.entry(&unit.service).or_default();
            differences.extend(own_template.then_some(Difference::OwnTemplate));
            differences.extend((odd || passed_over.contains(&verdict.name)).then_some(Difference::Records));
            differences.extend((!seen.insert(&unit.service)).then_some(Difference::SharedBackend));
        }
    }
    found
}

/// Whether v1 takes no server from a container that v3 may take one from.
fn is_passed_over(verdict: &Verdict) -> bool {
    matches!(verdict.reason(), Some(Reason::NotRunning { .. } | Reason::AddressMissing))
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
