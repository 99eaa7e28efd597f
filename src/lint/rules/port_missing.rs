//! `ECS040`: no port is known for a service.

use crate::lint::decoded::{label_of, place};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rules::loses;
use crate::lint::world::World;
use crate::pipeline::Reason;

pub static RULE: Rule = Rule {
    id: "ECS040",
    name: "port-missing",
    severity: Severity::Error,
    what: "A service has no port: no label gives one, and the container maps none.",
    why: "Traefik drops the container.",
    example: r#"{"name": "web", "image": "nginx", "dockerLabels": {"traefik.enable": "true"}}"#,
    fix: "Map a port of the container, or add `traefik.http.services.NAME.loadbalancer.server.port`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.distinct().into_iter().filter_map(|judged| {
        let Some(Reason::PortMissing { protocol, service }) = judged.verdict.reason() else { return None };
        let label = label_of(judged.container, protocol.services(), service);
        let site = label.map_or_else(|| place(judged.container), |label| label.key.site());
        let key = format!("traefik.{}.services.{service}.loadbalancer.server.port", protocol.name());
        let finding = Finding::of(&RULE, format!("no port is known for the {} service `{service}`", protocol.name()));
        let finding = finding.about(judged.title()).at(site, "no port").so(loses(judged.container));
        Some(finding.help(format!("map a port, or add `{key}`")))
    });
    found.collect()
}
