//! `ECS102`: a label that Traefik 1.7 can't read.

use super::{Rule, judged};
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS102",
    name: "v1-label-unread",
    severity: Severity::Warning,
    what: "Traefik 1.7 can't read a label's value, or nothing is left of it.",
    why: "It logs that and goes on with the default, so what was meant doesn't happen and nothing else shows it.",
    example: r#""traefik.weight": "many""#,
    fix: "Write a whole number, `true` or `false`, `name:value` pairs, as the message says.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in judged(world) {
        for note in &judged.verdict.notes {
            let message = format!("`{}`: {}", note.label, note.problem);
            found.push(judged.finding(&RULE, &note.label, message));
        }
    }
    found
}
