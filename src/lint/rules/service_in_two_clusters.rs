//! `ECS053`: a service name that two clusters share.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::{Judged, World};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS053",
    name: "service-in-two-clusters",
    severity: Severity::Warning,
    what: "Services of one name run in several clusters.",
    why: "The cluster is no part of the name that Traefik gives a service: both become one load balancer, and requests \
          for one go to the other, too.",
    example: "`api` in the clusters `prod` and `staging`, both searched",
    fix: "Search one cluster, tell them apart with `constraints`, or name the services by label.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut clusters: BTreeMap<&str, BTreeMap<&str, Judged<'_>>> = BTreeMap::new();
    for judged in world.judged().filter(|judged| judged.verdict.is_routed()) {
        let verdict = judged.verdict;
        // Services that labels name are shared on purpose.
        if verdict.servers.iter().any(|server| server.service == verdict.name) {
            let cluster = verdict.subject.cluster.rsplit('/').next().unwrap_or_default();
            clusters.entry(&verdict.name).or_default().entry(cluster).or_insert(judged);
        }
    }
    let shared = clusters.into_iter().filter(|(_, clusters)| clusters.len() > 1);
    let found = shared.filter_map(|(name, clusters)| {
        let names: Vec<&str> = clusters.keys().copied().collect();
        let first = clusters.values().next()?;
        let message = format!("`{name}` runs in {}: Traefik takes them for one service", names.join(" and "));
        Some(Finding::of(&RULE, message).about(first.title()).at(place(first.container), "shared"))
    });
    found.collect()
}
