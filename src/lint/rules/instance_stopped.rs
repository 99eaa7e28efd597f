//! `ECS084`: instances that are stopped under tasks that run.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::{Reason, StateOf};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS084",
    name: "instance-stopped",
    severity: Severity::Warning,
    what: "Tasks run on an EC2 instance that isn't running, as far as EC2 says.",
    why: "Traefik drops them, and their share of the capacity is gone.",
    example: "an instance that is `shutting-down` while its tasks drain",
    fix: "Drain container instances before they are stopped.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut states: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for verdict in &world.run.verdicts {
        if let Some(Reason::NotRunning { of: StateOf::Ec2Instance, state }) = verdict.reason() {
            *states.entry((&*verdict.name, &**state)).or_default() += 1;
        }
    }
    let found = states.into_iter().map(|((name, state), count)| {
        let tasks = if count == 1 { "1 task stands".to_owned() } else { format!("{count} tasks stand") };
        Finding::of(&RULE, format!("{tasks} on an EC2 instance that is {state}")).about(name).so("drops them")
    });
    found.collect()
}
