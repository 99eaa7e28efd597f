//! `ECS031`: constraints that can't be read.

use super::references::origin;
use crate::constraint::{Constraint, Wanted};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS031",
    name: "constraint-broken",
    severity: Severity::Error,
    what: "The constraints are no expression that Traefik reads, or hold a regular expression that doesn't compile.",
    why: "Constraints that can't be read keep no container at all; a regular expression that doesn't compile matches \
          nothing, and Traefik doesn't say so.",
    example: "constraints: Label(`env`, `prod`",
    fix: "Correct it; `ecsroute eval constraint` tries it.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let constraint = match Constraint::parse(&world.settings.provider.constraints) {
        Ok(constraint) => constraint,
        Err(error) => {
            let finding =
                Finding::of(&RULE, format!("the constraints{} can't be read: {error}", origin("constraints", world)))
                    .about("constraints")
                    .at(world.setting_site("constraints"), "");
            return vec![finding.so("keeps no container at all")];
        }
    };
    let Ok(proof) = constraint.judge(&BTreeMap::new()) else { return Vec::new() };
    let broken = proof.leaves().filter_map(|(evidence, _)| match &evidence.wanted {
        Wanted::Uncompilable(error) => Some(format!("the expression for `{}` doesn't compile: {error}", evidence.key)),
        Wanted::Equal(_) | Wanted::Matching(_) => None,
    });
    let site = world.setting_site("constraints");
    let finding = |message| Finding::of(&RULE, message).about("constraints").at(site.clone(), "");
    broken.map(|message| finding(message).so("matches nothing")).collect()
}
