//! `ECS043`: a host port that is 0, or a range.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::Made;

pub static RULE: Rule = Rule {
    id: "ECS043",
    name: "port-zero",
    severity: Severity::Error,
    what: "The port that Traefik takes is 0: the mapping is a range of ports, or has no host port.",
    why: "0 is the lowest of all ports, so Traefik chooses it, and no connection comes about.",
    example: r#""portMappings": [{"containerPortRange": "8000-8010"}]"#,
    fix: "Map single ports, and choose one with `loadbalancer.server.port`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        for made in judged.verdict.made_servers() {
            let Made::Server { service, address, .. } = made else { continue };
            if !address.ends_with(":0") {
                continue;
            }
            let range = judged.container.ports.iter().find(|port| port.container.is_none());
            let site = range.map_or_else(|| place(judged.container), |port| port.site.clone());
            let finding = Finding::of(&RULE, format!("Traefik sends the requests of `{service}` to port 0"));
            found.push(finding.about(judged.title()).at(site, "counts as 0").so("no request reaches the container"));
        }
    }
    found
}
