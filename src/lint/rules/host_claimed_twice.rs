//! `ECS026`: one rule on two services.

use super::standings::{pairs, standings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::overlap::covered;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS026",
    name: "host-claimed-twice",
    severity: Severity::Warning,
    what: "Two routers have the same rule and the same priority, and lead to different services.",
    why: "One of the two services gets every request, the other none; which is not documented.",
    example: "`api` and `api-new`, both with Host(`api.example.com`)",
    fix: "Change one rule, or balance with a weighted service of the file provider.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let standings = standings(world);
    let pairs = pairs(&standings);
    let claimed = pairs.into_iter().filter(|(one, other)| {
        let same = covered(&one.takes, &other.takes) && covered(&other.takes, &one.takes);
        let apart = one.router.service() != other.router.service();
        one.name < other.name && same && apart && one.priority == other.priority && one.meets(other)
    });
    let found = claimed.map(|(one, other)| {
        let (first, second) = (one.router.service(), other.router.service());
        let message = format!(
            "the routers `{}` and `{}` take the same requests, for the services `{first}` and `{second}`",
            one.name, other.name
        );
        one.finding(&RULE, message)
    });
    found.collect()
}
