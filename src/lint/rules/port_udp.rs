//! `ECS044`: a UDP port that is taken for HTTP or TCP.

use crate::dynamic::Protocol;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Mapping;
use crate::lint::rule::Rule;
use crate::lint::world::{Judged, World};
use crate::pipeline::{Made, PortFrom};

pub static RULE: Rule = Rule {
    id: "ECS044",
    name: "port-udp",
    severity: Severity::Error,
    what: "The lowest port, which Traefik takes for an HTTP or TCP service, is mapped for UDP.",
    why: "Traefik doesn't look at a mapping's protocol.",
    example: r#""portMappings": [{"containerPort": 53, "protocol": "udp"}, {"containerPort": 8080}]"#,
    fix: "Choose the port with `loadbalancer.server.port`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        for made in judged.verdict.made_servers() {
            let Made::Server { protocol, service, port: PortFrom::Lowest { .. }, address, .. } = made else { continue };
            let Some(mapping) = chosen(judged, address).filter(|_| *protocol != Protocol::Udp) else { continue };
            if mapping.protocol.as_deref().is_some_and(|protocol| protocol.eq_ignore_ascii_case("udp")) {
                let message = format!("the {} service `{service}` gets a port that is mapped for UDP", protocol.name());
                found.push(Finding::of(&RULE, message).about(judged.title()).at(mapping.site.clone(), "taken"));
            }
        }
    }
    found
}

/// The mapping whose host port Traefik took.
fn chosen<'a>(judged: Judged<'a>, address: &str) -> Option<&'a Mapping> {
    let port: i32 = address.rsplit(':').next()?.parse().ok()?;
    let machine = judged.verdict.machine.as_ref()?;
    let number = machine.ports.iter().position(|known| known.host == port)?;
    judged.container.ports.get(number)
}
