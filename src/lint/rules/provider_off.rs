//! `ECS096`: settings that don't switch the provider on.

use super::remarks::of_kind;
use super::settings_refused::of_v1;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::RemarkKind;

pub static RULE: Rule = Rule {
    id: "ECS096",
    name: "provider-off",
    severity: Severity::Error,
    what: "Traefik's settings don't switch the ECS provider on.",
    why: "Traefik then reads nothing of ECS, whatever the labels say.",
    example: "providers:\n  docker: {}",
    fix: "Add `providers.ecs`; an empty section (`ecs: {}`) is enough.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = of_kind(&RULE, RemarkKind::ProviderOff, world).into_iter();
    found
        .map(|finding| if world.old.is_none() && world.has_settings_of_v1() { of_v1(finding) } else { finding })
        .collect()
}
