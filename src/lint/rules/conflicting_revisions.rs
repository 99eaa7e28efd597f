//! `ECS052`: one name with two definitions, across revisions in a deploy.

use super::conflicts::{Parties, conflicts};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS052",
    name: "conflicting-revisions",
    severity: Severity::Warning,
    what: "A revision defines a router, service or middleware differently from the one that runs.",
    why: "While a rolling deploy has both, Traefik deletes the element for both: the route is down until the last old \
          task is gone.",
    example: "a changed rule of `traefik.http.routers.api`",
    fix: "Give the changed element another name (`api-v2`), so that the old one lives as long as its tasks.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = conflicts(world).into_iter().flat_map(|conflict| match &conflict.parties {
        Parties::Revisions(service) => {
            conflict.findings(&RULE, &format!("deletes it while both revisions of {service} run"))
        }
        Parties::Services(_) => Vec::new(),
    });
    found.collect()
}
