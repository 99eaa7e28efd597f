//! `ECS100`: Traefik 1.7 publishes nothing of the whole fleet.

use super::Rule;
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;
use crate::v1::Ending;

pub static RULE: Rule = Rule {
    id: "ECS100",
    name: "v1-nothing-published",
    severity: Severity::Error,
    what: "Traefik 1.7 publishes nothing of this fleet.",
    why: "One template renders all containers, so what one of them breaks is broken for all: what was published before \
          stays, and a fresh Traefik has nothing.",
    example: "a container with `traefik.port` for a segment alone, or a `\"` in any label",
    fix: "Mend what the message names; `ecsroute explain --traefik v1` shows each container's way.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let failed = world.old.iter().filter_map(|run| match &run.ending {
        Ending::Failed(failed) => Some(failed),
        Ending::Published(_) => None,
    });
    failed.map(|failed| Finding::of(&RULE, failed.to_string()).so("no container of the fleet is routed")).collect()
}
