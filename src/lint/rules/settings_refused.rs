//! `ECS095`: a static configuration with which Traefik does not start.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS095",
    name: "settings-refused",
    severity: Severity::Error,
    what: "Traefik does not start with its static configuration: it is no YAML or TOML, holds an option that there \
           isn't, or a value of the wrong kind.",
    why: "A Traefik that doesn't start routes nothing at all; the one that still runs is the last that there is.",
    example: "providers:\n  ecs:\n    exposedByDefualt: false",
    fix: "Correct it at the place that is underlined. Until then files are judged by Traefik's defaults.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.settings.refused.iter().map(|refusal| {
        let site = refusal.place.as_ref().and_then(|spot| world.settings_site(spot.span.clone()));
        let finding = Finding::of(&RULE, format!("Traefik does not start: {}", refusal.message)).at(site, "here");
        let finding = finding.so("routes nothing");
        if world.old.is_none() && world.has_settings_of_v1() {
            of_v1(finding)
        } else {
            finding.perhaps(refusal.nearest.as_ref())
        }
    });
    found.collect()
}

/// What to do about a file that is written for 1.7, where a later release is asked.
pub(super) fn of_v1(finding: Finding) -> Finding {
    finding
        .help("it is written for Traefik 1.7: `--traefik v1` lints it as that reads it, `ecsroute migrate` rewrites it")
}
