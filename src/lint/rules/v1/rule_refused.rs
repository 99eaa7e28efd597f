//! `ECS103`: a rule that gives no route.

use super::{Rule, judged};
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;
use crate::v1::rule;

pub static RULE: Rule = Rule {
    id: "ECS103",
    name: "v1-rule-refused",
    severity: Severity::Error,
    what: "Traefik 1.7 can't read a frontend's rule.",
    why: "The frontend is there, and has no route: no request ever comes to it.",
    example: r#""traefik.frontend.rule": "Hostname:api.example.com""#,
    fix: "Keywords are `Host`, `HostRegexp`, `Path`, `PathPrefix`, … exactly so, each with `:` and its arguments behind.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in judged(world) {
        for unit in &judged.verdict.units {
            if let Err(error) = rule::Rule::parse(&unit.rule) {
                let message = format!("the rule of `frontend-{}` is refused: {error}", unit.frontend);
                let finding = judged.finding(&RULE, "traefik.frontend.rule", message);
                found.push(finding.so("no request comes to the frontend"));
            }
        }
    }
    found
}
