//! `ECS008`: labels of another generation of Traefik.

use crate::dynamic::Configuration;
use crate::lint::decoded::LabelAt;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Release;

pub static RULE: Rule = Rule {
    id: "ECS008",
    name: "label-other-generation",
    severity: Severity::Warning,
    what: "A label is of Traefik 1 where Traefik 2 or 3 reads it, or the reverse.",
    why: "Traefik ignores it without a word; the container gets the default rule instead of its own, or none.",
    example: r#""traefik.frontend.rule": "Host:api.example.com""#,
    fix: "Write it as this generation has it; `ecsroute migrate` rewrites labels of v1.",
    check,
};

/// What labels of v1 begin with, behind `traefik.` and a segment's name.
const OF_V1: [&str; 3] = ["frontend", "backend", "port"];
const ALONE_IN_V1: [&str; 6] = ["port", "portIndex", "portName", "weight", "protocol", "domain"];

fn check(world: &World<'_>) -> Vec<Finding> {
    let reads_v1 = world.run.release == Release::V1_7;
    let others = world.labels().filter(|of| if reads_v1 { Configuration::counts(of.key) } else { is_of_v1(of.key) });
    let found = others.map(|LabelAt { at, label, key, .. }| {
        let generation = if reads_v1 { "2 and 3" } else { "1" };
        let message = format!("`{key}` is a label of Traefik {generation}: {} ignores it", world.run.release);
        Finding::of(&RULE, message).about(at.title()).at(label.key.site(), "ignored")
    });
    found.collect()
}

/// Whether a label is one of Traefik 1's.
pub(super) fn is_of_v1(key: &str) -> bool {
    let Some(rest) = key.strip_prefix("traefik.") else { return false };
    if Configuration::counts(key) || ["http.", "tcp.", "udp.", "tls."].iter().any(|start| rest.starts_with(start)) {
        return false;
    }
    let parts: Vec<&str> = rest.split('.').collect();
    match parts.as_slice() {
        [only] => ALONE_IN_V1.contains(only) || *only == "backend",
        [first, ..] if OF_V1.contains(first) => true,
        [_segment, second, ..] => *second == "frontend" || parts.len() == 2 && ALONE_IN_V1.contains(second),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_of_v1;

    #[test]
    fn the_generations_are_told_apart() {
        for key in ["traefik.frontend.rule", "traefik.port", "traefik.admin.frontend.rule", "traefik.admin.port"] {
            assert!(is_of_v1(key), "{key}");
        }
        for key in ["traefik.enable", "traefik.http.routers.a.rule", "traefik.tcp.services.port", "com.port"] {
            assert!(!is_of_v1(key), "{key}");
        }
    }
}
