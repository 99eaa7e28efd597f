//! `ECS024`: a router that another one always comes before.

use super::standings::{pairs, standings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::overlap::covered;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS024",
    name: "rule-shadowed",
    severity: Severity::Error,
    what: "Every request that the router's rule takes is taken by another router with a higher priority.",
    why: "The router never gets a request.",
    example: "PathPrefix(`/api`) with priority 100 before Host(`a.example.com`) && PathPrefix(`/api/v1`)",
    fix: "Raise the narrower router's priority, or leave priorities out: longer rules come first.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let standings = standings(world);
    let pairs = pairs(&standings);
    let shadowed = pairs
        .into_iter()
        .filter(|(one, other)| other.priority > one.priority && other.meets(one) && covered(&other.takes, &one.takes));
    let found = shadowed.map(|(one, other)| {
        let (name, priority, other_name, other_priority) = (one.name, one.priority, other.name, other.priority);
        let message = format!(
            "the router `{name}` (priority {priority}) never gets a request: `{other_name}` (priority {other_priority}) \
             takes them all"
        );
        one.finding(&RULE, message)
    });
    found.collect()
}
