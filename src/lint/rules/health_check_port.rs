//! `ECS045`: a health check on a port inside the container, where Traefik asks the host.

use crate::lint::decoded::LabelAt;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Mapping;
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS045",
    name: "health-check-port",
    severity: Severity::Warning,
    what: "`healthCheck.port` names a port of the container where the container has other ports on its host.",
    why: "Traefik translates the server's port to the host's, and the health check's it doesn't: the check fails, and \
          the server gets no requests.",
    example: r#""traefik.http.services.api.loadbalancer.healthcheck.port": "8080" under `bridge`"#,
    fix: "Leave `healthCheck.port` out: Traefik then asks the port that the server has.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.labels().filter_map(|LabelAt { at, label, key, value }| {
        let is_check = key.to_lowercase().ends_with(".loadbalancer.healthcheck.port");
        let is_own = at.definition.network_mode.as_ref().and_then(Word::known) == Some("awsvpc");
        let port: i32 = value.parse().ok().filter(|_| is_check && !is_own)?;
        let moved = |mapping: &Mapping| mapping.container == Some(port) && mapping.host != Some(port);
        at.container.ports.iter().find(|mapping| moved(mapping))?;
        let finding = Finding::of(&RULE, format!("`{key}` is {port}, which is another port on the host"));
        Some(finding.about(at.title()).at(label.value.site(), "inside the container").help("leave it out"))
    });
    found.collect()
}
