//! `ECS041`: several ports, and none chosen.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::{Judged, World};
use crate::pipeline::{Made, PortFrom};

pub static RULE: Rule = Rule {
    id: "ECS041",
    name: "port-undecided",
    severity: Severity::Warning,
    what: "The container maps several ports, and no label says which of them a service has.",
    why: "Traefik takes the lowest port on the host. With dynamic ports that is another one from task to task.",
    example: r#""portMappings": [{"containerPort": 8080}, {"containerPort": 9090}]"#,
    fix: "Add `traefik.http.services.NAME.loadbalancer.server.port` with the container's port.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        for made in judged.verdict.made_servers() {
            let Made::Server { protocol, service, port: PortFrom::Lowest { of: count @ 2.. }, address, .. } = made
            else {
                continue;
            };
            let chosen = if is_dynamic(judged) {
                "whichever host port is lowest, from task to task".to_owned()
            } else {
                format!("the lowest, {}", address.rsplit(':').next().unwrap_or(address))
            };
            let message =
                format!("{count} ports are mapped and no label chooses one for `{service}`: Traefik takes {chosen}");
            let finding = Finding::of(&RULE, message).about(judged.title()).at(place(judged.container), "which port?");
            let key = format!("traefik.{}.services.{service}.loadbalancer.server.port", protocol.name());
            found.push(finding.help(format!("add `{key}`")));
        }
    }
    found
}

/// Whether ECS chooses a host port of the container.
fn is_dynamic(judged: Judged<'_>) -> bool {
    let mode = judged.definition.network_mode.as_ref().and_then(Word::known).unwrap_or("bridge");
    mode == "bridge" && judged.container.ports.iter().any(|port| port.host.is_none_or(|host| host == 0))
}
