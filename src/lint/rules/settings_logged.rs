//! `ECS091`: settings of which Traefik itself, or its document, warns.

use super::remarks::of_kind;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::RemarkKind;

pub static RULE: Rule = Rule {
    id: "ECS091",
    name: "settings-logged",
    severity: Severity::Warning,
    what: "Traefik starts with the settings and logs a warning or an error about them, or its document calls an option \
           deprecated.",
    why: "What is deprecated goes with a later release, and Traefik then doesn't start.",
    example: "core:\n  defaultRuleSyntax: v2",
    fix: "Write it as the warning says.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    [RemarkKind::Logged, RemarkKind::Deprecated].into_iter().flat_map(|kind| of_kind(&RULE, kind, world)).collect()
}
