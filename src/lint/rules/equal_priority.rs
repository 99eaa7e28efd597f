//! `ECS025`: routers of which chance decides.

use super::standings::{pairs, standings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::overlap::{covered, overlap};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS025",
    name: "equal-priority",
    severity: Severity::Warning,
    what: "Two routers with different rules take some of the same requests and have one priority.",
    why: "Without a priority a rule's length is its priority; which of two equal ones comes first is not documented \
          and may change with any release.",
    example: "Host(`a.example.com`) && PathPrefix(`/x`) and PathPrefix(`/x`) && Host(`a.example.com`)",
    fix: "Give one of them a `priority`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let standings = standings(world);
    let pairs = pairs(&standings);
    let equal = pairs.into_iter().filter(|(one, other)| {
        let differ = one.router.rule() != other.router.rule() && one.router.service() != other.router.service();
        let tied = one.name < other.name && one.priority == other.priority && one.meets(other);
        let same = covered(&one.takes, &other.takes) && covered(&other.takes, &one.takes);
        differ && tied && !same && overlap(&one.takes, &other.takes)
    });
    let found = equal.map(|(one, other)| {
        let message =
            format!("the routers `{}` and `{}` take some of the same requests with one priority", one.name, other.name);
        one.finding(&RULE, message).help("give one of them a `priority`")
    });
    found.collect()
}
