//! `ECS042`: a label's port that no mapping has.

use crate::lint::decoded::{label, place};
use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::{Made, PortFrom};

pub static RULE: Rule = Rule {
    id: "ECS042",
    name: "port-unmapped",
    severity: Severity::Warning,
    what: "A label names a port that the container doesn't map.",
    why: "Traefik then uses it as it stands, on the host's address: under `bridge` that is another program's port, or \
          nobody's.",
    example: r#""traefik.http.services.api.loadbalancer.server.port": "8080" beside {"containerPort": 80}"#,
    fix: "Name the port inside the container, and map it.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        for made in judged.verdict.made_servers() {
            let Made::Server { protocol, service, port: PortFrom::Label, address, .. } = made else { continue };
            let port = address.rsplit(':').next().unwrap_or(address);
            let key = format!("traefik.{}.services.{service}.loadbalancer.server.port", protocol.name());
            let label = label(judged.container, &key);
            let site = label.map_or_else(|| place(judged.container), |label| label.value.site());
            // Under `awsvpc` the port is the container's own, mapped or not.
            let is_own = judged.definition.network_mode.as_ref().and_then(Word::known) == Some("awsvpc");
            let (severity, effect) = if is_own {
                (Severity::Note, "Traefik uses it as it stands, which works if the container listens there")
            } else {
                (Severity::Error, "Traefik uses it as it stands, on the host's address")
            };
            let finding = Finding::of(&RULE, format!("the port {port} of `{service}` is none that the container maps"));
            found.push(finding.about(judged.title()).at(site, "not mapped").so(effect).as_severe_as(severity));
        }
    }
    found
}
