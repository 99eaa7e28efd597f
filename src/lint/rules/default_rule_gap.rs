//! `ECS028`: a default rule with a gap where a label is missing.

use super::default_rule_fails::tell;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Text;
use crate::pipeline::{Evidence, Made, Outcome};
use crate::template::{Data, Template};
use std::collections::BTreeMap;

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
    if world.definitions.is_empty() {
        return without_labels(world).into_iter().collect();
    }
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

/// What the default rule comes to for a container whose labels are others: where no container is known, one may be so.
fn without_labels(world: &World<'_>) -> Option<Finding> {
    let template = Template::parse(&world.settings.provider.default_rule).ok()?;
    let labels = BTreeMap::from([(Text::from("com.example.other"), Text::from("x"))]);
    let data = Data { name: "service-web", labels: Some(&labels) };
    let rendered = template.render(&data, world.ambient).ok()?;
    let rule = String::from_utf8_lossy(&rendered);
    let message = format!("the default rule has a gap for a container that lacks a label: {rule}");
    let finding = Finding::of(&RULE, message).about("defaultRule").at(world.setting_site("defaultRule"), "");
    GAPS.iter().any(|gap| rule.contains(gap)).then(|| finding.as_severe_as(Severity::Warning))
}
