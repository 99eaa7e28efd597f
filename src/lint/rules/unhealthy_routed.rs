//! `ECS080`: tasks that Traefik routes although they can't answer.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS080",
    name: "unhealthy-routed",
    severity: Severity::Warning,
    what: "A task that is UNHEALTHY, pending or stopping gets requests: outside `awsvpc` Traefik looks at the EC2 \
           instance's state alone.",
    why: "Its share of the requests fails.",
    example: "a task under `bridge` with health UNHEALTHY, on a running instance",
    fix: "Turn `healthyTasksOnly` on and give every container a health check, or use `awsvpc`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut states: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for verdict in world.run.routed() {
        let Some(task) = &verdict.subject.task else { continue };
        let health = task.health_status.as_deref().filter(|health| *health == "UNHEALTHY");
        let state = task.last_status.as_deref().filter(|state| *state != "RUNNING");
        if let Some(state) = health.or(state) {
            *states.entry((&*verdict.name, state)).or_default() += 1;
        }
    }
    let found = states.into_iter().map(|((name, state), count)| {
        let tasks = if count == 1 { "1 task is".to_owned() } else { format!("{count} tasks are") };
        Finding::of(&RULE, format!("{tasks} {state} and routed all the same")).about(name).so("requests to them fail")
    });
    found.collect()
}
