//! `ECS062`: a servers transport or TLS options that labels can't define.

use super::references::Known;
use crate::dynamic::{LoadBalancer, Protocol, Section, Service};
use crate::lint::decoded::label_of;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS062",
    name: "missing-servers-transport",
    severity: Severity::Error,
    what: "A service names a servers transport of the ECS provider. Labels can't define one.",
    why: "Traefik answers every request of the service with an error.",
    example: r#""traefik.http.services.api.loadbalancer.serverstransport": "internal""#,
    fix: "Define it in a file and name it with its provider: `internal@file`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let pairs = [
        (Protocol::Http, Known::of(world, Section::HttpServersTransports)),
        (Protocol::Tcp, Known::of(world, Section::TcpServersTransports)),
    ];
    for at in world.decoded() {
        for (protocol, known) in &pairs {
            for (service, fields) in at.configuration.elements(protocol.services()) {
                let balancer = Service::of(*protocol, fields).load_balancer();
                let name = balancer.map_or("", LoadBalancer::servers_transport);
                if matches!(name, "" | "default" | "default@internal") {
                    continue;
                }
                let Some((why, _)) = known.wrong(name, world) else { continue };
                let label = label_of(at.container, protocol.services(), service);
                let key = format!("traefik.{}.services.{service}.loadbalancer.serverstransport", protocol.name());
                let site =
                    at.label(&key).map(|label| label.value.site()).or(label.map(|label| label.key.site())).flatten();
                let message =
                    format!("the service `{service}` names the servers transport `{name}`: {why}, and labels can't");
                let finding = Finding::of(&RULE, message).about(at.title()).at(site, "not there");
                let bare = name.split('@').next().unwrap_or(name);
                found.push(finding.help(format!("define it in a file, and name it `{bare}@file`")));
            }
        }
    }
    found
}
