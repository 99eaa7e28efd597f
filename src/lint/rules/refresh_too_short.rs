//! `ECS092`: polling that is too frequent for the fleet.

use crate::cost::Cost;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS092",
    name: "refresh-too-short",
    severity: Severity::Warning,
    what: "`refreshSeconds` is so short that Traefik's calls for this fleet are a noticeable part of what AWS allows.",
    why: "AWS then throttles Traefik, deploys and dashboards alike; and a pass that is throttled out leaves Traefik \
          with old routes.",
    example: "`refreshSeconds: 5` with 60 clusters",
    fix: "Raise `refreshSeconds`, or search fewer clusters. `--stats` shows the calls.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if world.written == world.definitions.len() {
        return Vec::new();
    }
    let cost = Cost::of(&world.run.inventory, &world.settings.provider, world.run.release);
    if cost.interval >= cost.safe_interval {
        return Vec::new();
    }
    let message =
        format!("`refreshSeconds` is {}: at this fleet's calls {} or more is safe", cost.interval, cost.safe_interval);
    vec![Finding::of(&RULE, message).about("refreshSeconds").at(world.setting_site("refreshSeconds"), "")]
}
