//! `ECS098`: ignores that can't be read.

use crate::lint::finding::{Finding, Severity};
use crate::lint::ignores::labels;
use crate::lint::rule::Rule;
use crate::lint::world::{World, title};

pub static RULE: Rule = Rule {
    id: "ECS098",
    name: "ignore-broken",
    severity: Severity::Warning,
    what: "A label `ecsroute.ignore` can't be read: it names no rule that there is, or its last day is no date.",
    why: "What it was meant to keep quiet is told all the same.",
    example: r#""ecsroute.ignore": "ECS12""#,
    fix: "Write rules, `until` and a day, a colon and the reason: `ECS012, ECS023 until 2027-01-31: why`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (definition, container) in world.containers() {
        for (label, parsed) in labels(container) {
            if let Err(message) = parsed {
                found.push(
                    Finding::of(&RULE, message).about(title(definition, container)).at(label.value.site(), "this"),
                );
            }
        }
    }
    found
}
