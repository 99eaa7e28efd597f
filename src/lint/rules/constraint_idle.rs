//! `ECS030`: constraints that say nothing about this fleet.

use super::references::origin;
use crate::constraint::Constraint;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Container;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Text;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS030",
    name: "constraint-idle",
    severity: Severity::Warning,
    what: "The constraints hold for no container, or for every one.",
    why: "For none: nothing is routed. For every one: they keep nothing out, which is what they are for.",
    example: "constraints: Label(`env`, `prod`) where the label is called `com.example.env`",
    fix: "Compare the label's name, exactly and in case, with the containers'.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let expression = &world.settings.provider.constraints;
    let Ok(constraint) = Constraint::parse(expression) else { return Vec::new() };
    if expression.is_empty() || world.unknown().next().is_some() {
        return Vec::new();
    }
    let labels = |container: &Container| -> BTreeMap<Text, Text> {
        let known = container.labels.iter();
        known.filter_map(|label| Some((label.key.known()?.into(), label.value.known()?.into()))).collect()
    };
    let held = world.containers().map(|(_, container)| constraint.holds(&labels(container)));
    let Ok(held) = held.collect::<Result<Vec<bool>, _>>() else { return Vec::new() };
    let kept = held.iter().filter(|held| **held).count();
    let from = origin("constraints", world);
    let (message, severity) = match (held.len(), kept) {
        (0, _) => return Vec::new(),
        (all, 0) => {
            (format!("the constraints{from} hold for none of {all} containers: nothing is routed"), Severity::Warning)
        }
        (all @ 2.., kept) if kept == all => {
            (format!("the constraints{from} hold for all of {all} containers"), Severity::Note)
        }
        _ => return Vec::new(),
    };
    let site = world.setting_site("constraints");
    vec![Finding::of(&RULE, message).about("constraints").at(site, "").as_severe_as(severity)]
}
