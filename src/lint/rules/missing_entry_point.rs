//! `ECS065`: an entry point that the static configuration doesn't have.

use super::references::{finding, reads_settings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::nearest::nearest;

pub static RULE: Rule = Rule {
    id: "ECS065",
    name: "missing-entry-point",
    severity: Severity::Error,
    what: "A router names an entry point that Traefik's static configuration doesn't define.",
    why: "Traefik drops the entry point from the router; a router without any left takes no request.",
    example: r#""traefik.http.routers.api.entrypoints": "websecur""#,
    fix: "Name an entry point of `entryPoints`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if !reads_settings(world) {
        return Vec::new();
    }
    let known = &world.settings.entry_points;
    let mut found = Vec::new();
    for defined in world.routers() {
        let Some(label) = defined.label("entrypoints") else { continue };
        for name in defined.router.entry_points().filter(|name| !known.contains_key(*name)) {
            let message =
                format!("the router `{}` names the entry point `{name}`, which is not configured", defined.name);
            let wrong = finding(&RULE, &defined, label, name, message).so("the router doesn't listen there");
            found.push(wrong.perhaps(nearest(name, known.keys().map(|known| &**known))));
        }
    }
    found
}
