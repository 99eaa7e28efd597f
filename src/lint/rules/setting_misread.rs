//! `ECS094`: settings that read otherwise than they look.

use super::remarks::of_kind;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::RemarkKind;

pub static RULE: Rule = Rule {
    id: "ECS094",
    name: "setting-misread",
    severity: Severity::Error,
    what: "Traefik reads a setting otherwise than it looks: a flag's value behind a blank, one flag given twice, an \
           interval that is none.",
    why: "A flag of a truth value takes no value from the next argument; which of two equal flags counts may change \
          from start to start; at an interval of 0 Traefik can't poll.",
    example: "providers:\n  ecs:\n    refreshSeconds: 0",
    fix: "Write flags once and with `=`, and an interval of a second or more.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    of_kind(&RULE, RemarkKind::Misread, world)
}
