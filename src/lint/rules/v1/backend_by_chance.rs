//! `ECS104`: a backend that depends on the order of tasks.

use super::Rule;
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS104",
    name: "v1-backend-by-chance",
    severity: Severity::Warning,
    what: "Containers of one backend say different things of it.",
    why: "Traefik 1.7 takes options, rule and the server of each name from whichever container it meets first, and that \
          differs from time to time.",
    example: "two revisions of a service whose `traefik.frontend.rule` differs, both running",
    fix: "Say the same in all of them, or name another `traefik.backend`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let ambiguities = world.old.iter().flat_map(|run| &run.ambiguities);
    let found = ambiguities.map(|one| {
        let message = format!("`backend-{}` is one way or the other by chance", one.service);
        Finding::of(&RULE, message).about(one.between.join(", "))
    });
    found.collect()
}
