//! `ECS061`: a service that nothing defines.

use super::references::{Known, finding, severity};
use crate::dynamic::Protocol;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS061",
    name: "missing-service",
    severity: Severity::Error,
    what: "A router names a service that nothing defines.",
    why: "Traefik disables the router.",
    example: r#""traefik.http.routers.api.service": "apo""#,
    fix: "Define the service by label, or leave the router's service out where there is one alone.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let known = Protocol::ALL.map(|protocol| Known::of(world, protocol.services()));
    for defined in world.routers() {
        let name = defined.router.service();
        let Some(label) = defined.label("service").filter(|_| !name.is_empty()) else { continue };
        let Some((why, nearest)) = known[defined.protocol as usize].wrong(name, world) else { continue };
        let message = format!("the router `{}` names the service `{name}`: {why}", defined.name);
        let wrong =
            finding(&RULE, &defined, label, name, message).so("disables the router").as_severe_as(severity(world));
        found.push(wrong.perhaps(nearest));
    }
    found
}
