//! `ECS090`: settings that Traefik ignores.

use super::remarks::of_kind;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::RemarkKind;

pub static RULE: Rule = Rule {
    id: "ECS090",
    name: "setting-ignored",
    severity: Severity::Warning,
    what: "A setting was written and has no effect: another one, or another form of the settings, wins, or nothing \
           reads it where it stands.",
    why: "Traefik takes its settings from a file, flags or variables, never from two of them, and passes over names \
          that it doesn't know at the root of a file.",
    example: "providers:\n  ecs:\n    autoDiscoverClusters: true\n    clusters: [prod]",
    fix: "Take it out, or move it to where Traefik reads it; `ecsroute discover --show-settings` shows what counts.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    of_kind(&RULE, RemarkKind::Ignored, world)
}
