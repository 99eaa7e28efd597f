//! `ECS024`: a router that another one always comes before.

use super::standings::{Standing, Standings, standings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS024",
    name: "rule-shadowed",
    severity: Severity::Error,
    what: "Every request that the router's rule takes is taken by other routers with a higher priority.",
    why: "The router never gets a request.",
    example: "PathPrefix(`/api`) with priority 100 before Host(`a.example.com`) && PathPrefix(`/api/v1`)",
    fix: "Raise the narrower router's priority, or leave priorities out: longer rules come first.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let standings = standings(world);
    let numbered = standings.all().iter().enumerate();
    numbered.filter_map(|(number, one)| shadowed(&standings, one, &standings.before(number))).collect()
}

/// What to say of a router where others take all that it takes, and it would take something.
fn shadowed(standings: &Standings<'_>, one: &Standing<'_>, before: &[&Standing<'_>]) -> Option<Finding> {
    let by = standings.covering(one, before)?;
    let example = by.first().and_then(|first| standings.find(&[one, first], &[]).request())?;
    let named: Vec<String> = by.iter().map(|other| format!("`{}` (priority {})", other.name, other.priority)).collect();
    let take = if by.len() == 1 { "takes" } else { "take" };
    let (name, priority) = (one.name, one.priority);
    let message = format!(
        "the router `{name}` (priority {priority}) never gets a request: {} {take} them all",
        named.join(" and ")
    );
    Some(one.finding(&RULE, message).help(format!("{example} goes to `{}`", by[0].name)))
}
