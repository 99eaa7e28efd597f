//! `ECS028`: a default rule with a gap where a label is missing.

use super::default_rule_fails::tell;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::{Evidence, Made, Outcome};

pub static RULE: Rule = Rule {
    id: "ECS028",
    name: "default-rule-gap",
    severity: Severity::Error,
    what: "The default rule renders with a gap: `Host(`.example.com`)`, or `<no value>` where a label is missing.",
    why: "The router's rule is valid and matches nothing that anybody asks for, or isn't valid at all.",
    example: r#"defaultRule: "Host(`{{ .Labels.subdomain }}.example.com`)" and a container without the label"#,
    fix: "Give every container the label, or a fallback: `{{ index .Labels \"subdomain\" | default .Name }}`.",
    check,
};

/// What a missing label leaves in a rule.
const GAPS: [&str; 5] = ["<no value>", "(`.", "(``)", "..", ".`)"];

fn check(world: &World<'_>) -> Vec<Finding> {
    tell(world, &RULE, |verdict| {
        let by_default = verdict.decisions.iter().find_map(|decision| match &decision.outcome {
            Outcome::Passed(Evidence::Routers(routers)) => routers.kept.iter().find_map(|made| match made {
                Made::Router { name, default_rule: true, .. } => Some(name),
                _ => None,
            }),
            _ => None,
        })?;
        let rule = &verdict.routers.iter().find(|router| router.name == *by_default)?.rule;
        GAPS.iter().any(|gap| rule.contains(gap)).then(|| format!("the default rule has a gap: {rule}"))
    })
}
