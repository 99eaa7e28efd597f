//! `ECS026`: one rule on two services.

use super::standings::{Standing, Standings, standings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::rule::Found;

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
    let mut found = Vec::new();
    for (number, one) in standings.all().iter().enumerate() {
        for other in standings.beside(number) {
            let (first, second) = (one.router.service(), other.router.service());
            if first == second || !same(&standings, one, other) {
                continue;
            }
            let message = format!(
                "the routers `{}` and `{}` take the same requests, for the services `{first}` and `{second}`",
                one.name, other.name
            );
            found.push(one.finding(&RULE, message));
        }
    }
    found
}

/// Whether two routers take the same requests, and any at all.
pub(super) fn same(standings: &Standings<'_>, one: &Standing<'_>, other: &Standing<'_>) -> bool {
    let takes = |one, other| standings.find(&[one], &[other]) == Found::Nothing;
    if one.router.rule() == other.router.rule() {
        return standings.find(&[one], &[]) != Found::Nothing;
    }
    takes(one, other) && takes(other, one) && standings.find(&[one, other], &[]) != Found::Nothing
}
