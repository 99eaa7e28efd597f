//! `ECS081`: `healthyTasksOnly` without any health check.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Release;

pub static RULE: Rule = Rule {
    id: "ECS081",
    name: "health-check-missing",
    severity: Severity::Error,
    what: "`healthyTasksOnly` is on, and no container of the definition has a health check.",
    why: "Its tasks are never HEALTHY, only UNKNOWN, so Traefik routes none of them.",
    example: r#""healthyTasksOnly": true, and containers without `healthCheck`"#,
    fix: "Add a `healthCheck` to the container definition; a health check of the load balancer or image is none.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if !world.settings.provider.healthy_tasks_only || world.run.release < Release::V3_0 {
        return Vec::new();
    }
    let found = world.definitions.iter().filter(|definition| definition.is_known()).filter_map(|definition| {
        let container = definition.containers.first()?;
        if definition.containers.iter().any(|container| container.has_health_check) {
            return None;
        }
        let name = definition.title();
        let site = place(container);
        let finding =
            Finding::of(&RULE, format!("no container of {name} has a health check, and `healthyTasksOnly` is on"));
        Some(finding.about(name).at(site, "no health check").so("routes none of its tasks"))
    });
    found.collect()
}
