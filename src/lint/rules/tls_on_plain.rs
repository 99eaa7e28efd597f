//! `ECS073`: a TLS router on a plain entry point.

use super::references::reads_settings;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS073",
    name: "tls-on-plain",
    severity: Severity::Warning,
    what: "A router with a TLS section listens on an entry point for plain HTTP, port 80.",
    why: "A TLS router takes TLS connections alone: plain requests on that port get a 404.",
    example: r#""traefik.http.routers.api.tls": "true" with "…entrypoints": "web""#,
    fix: "Listen on the entry point for HTTPS, and redirect the plain one with its `http.redirections`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if !reads_settings(world) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for defined in world.routers().filter(|defined| defined.router.tls().is_some()) {
        let Some(label) = defined.label("entrypoints") else { continue };
        for name in defined.router.entry_points() {
            let Some(point) = world.settings.entry_points.get(name) else { continue };
            let address = point.address.split('/').next().unwrap_or_default();
            if address.ends_with(":80") && point.http.tls.is_none() {
                let message = format!("the router `{}` is for TLS and listens on `{name}`, port 80", defined.name);
                let start = label.value.known().and_then(|value| value.find(&**name)).unwrap_or_default();
                let site = label.value.part(start..start + name.len());
                found.push(Finding::of(&RULE, message).about(defined.at.title()).at(site, "plain"));
            }
        }
    }
    found
}
