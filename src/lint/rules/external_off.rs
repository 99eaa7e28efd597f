//! `ECS082`: external tasks without `ecsAnywhere`.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Definition;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::Reason;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    id: "ECS082",
    name: "external-off",
    severity: Severity::Error,
    what: "Tasks run on external instances, and `ecsAnywhere` is off.",
    why: "Traefik never asks SSM for their addresses and drops them.",
    example: r#""requiresCompatibilities": ["EXTERNAL"] with `ecsAnywhere` unset"#,
    fix: "Turn `ecsAnywhere` on, and allow `ssm:DescribeInstanceInformation`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if world.settings.provider.ecs_anywhere {
        return Vec::new();
    }
    let mut told = BTreeSet::new();
    let found = world.judged().filter_map(|judged| {
        let Some(Reason::ContainerInstanceMissing { machine: Some(machine), .. }) = judged.verdict.reason() else {
            return None;
        };
        if !machine.starts_with("mi-") || !told.insert(judged.verdict.name.clone()) {
            return None;
        }
        let message = format!("`{}` is on external instances, and `ecsAnywhere` is off", judged.verdict.name);
        let site = place(judged.container);
        let finding = Finding::of(&RULE, message).about(judged.title()).at(site, "external");
        Some(finding.so("drops its tasks").help("turn `ecsAnywhere` on"))
    });
    found.collect()
}

/// Whether a definition is meant for external instances alone.
pub(super) fn is_external(definition: &Definition) -> bool {
    let kinds = &definition.compatibilities;
    !kinds.is_empty() && kinds.iter().all(|kind| kind.known() == Some("EXTERNAL"))
}
