//! `ECS051`: one name with two definitions, across services.

use super::conflicts::{Parties, conflicts};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS051",
    name: "conflicting-definitions",
    severity: Severity::Error,
    what: "Containers of different services define one router, service or middleware differently.",
    why: "Traefik deletes it for all of them.",
    example: "`traefik.http.middlewares.auth.…` in two services, with different users",
    fix: "Make the definitions equal, or give them different names.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = conflicts(world).into_iter().flat_map(|conflict| match &conflict.parties {
        Parties::Services(services) => conflict.findings(&RULE, &format!("deletes it for {}", services.join(", "))),
        Parties::Revisions(_) => Vec::new(),
    });
    found.collect()
}
