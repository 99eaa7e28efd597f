//! `ECS105`: a container that Traefik 1.7 passes over for want of a port.

use super::{Rule, judged};
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;
use crate::v1::Reason;

pub static RULE: Rule = Rule {
    id: "ECS105",
    name: "v1-port-missing",
    severity: Severity::Error,
    what: "A container with labels for Traefik has no port, and none for the whole of it.",
    why: "Traefik 1.7 passes over it without a word; a segment's `traefik.<segment>.port` doesn't count for that.",
    example: r#""dockerLabels": { "traefik.frontend.rule": "Host:a.example.com" } without port mappings"#,
    fix: "Map a port, or set `traefik.port`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let missing = judged(world).into_iter().filter(|judged| {
        let labelled = judged.verdict.labels.keys().any(|label| label.starts_with("traefik."));
        labelled && matches!(judged.verdict.reason(), Some(Reason::PortMissing))
    });
    let found = missing.map(|judged| {
        let message = "the container has no port, so Traefik 1.7 passes over it".to_owned();
        judged.finding(&RULE, "traefik.frontend.rule", message).so("drops the container")
    });
    found.collect()
}
