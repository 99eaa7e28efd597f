//! `ECS025`: routers of which chance decides.

use super::host_claimed_twice::same;
use super::standings::standings;
use crate::lint::finding::{Finding, Severity};
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
    let mut found = Vec::new();
    for (number, one) in standings.all().iter().enumerate() {
        let beside = standings.beside(number);
        if beside.is_empty() {
            continue;
        }
        let before = standings.before(number);
        for other in beside {
            let differ = one.router.rule() != other.router.rule() && one.router.service() != other.router.service();
            if !differ || same(&standings, one, other) {
                continue;
            }
            let Some(example) = standings.find(&[one, other], &before).request() else { continue };
            let (first, second) = (one.name, other.name);
            let message =
                format!("the routers `{first}` and `{second}` take some of the same requests with one priority");
            let help = format!("give one of them a `priority`; chance decides of {example}");
            found.push(one.finding(&RULE, message).help(help));
        }
    }
    found
}
