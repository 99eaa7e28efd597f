//! `ECS096`: settings that don't switch the provider on.

use super::remarks::of_kind;
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
    of_kind(&RULE, RemarkKind::ProviderOff, world)
}
