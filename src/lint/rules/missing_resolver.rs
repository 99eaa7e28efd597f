//! `ECS064`: a certificate resolver that the static configuration doesn't have.

use super::references::{finding, reads_settings};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::nearest::nearest;

pub static RULE: Rule = Rule {
    id: "ECS064",
    name: "missing-resolver",
    severity: Severity::Error,
    what: "A router names a certificate resolver that Traefik's static configuration doesn't define.",
    why: "Traefik serves the router with its default certificate, which no browser trusts.",
    example: r#""traefik.http.routers.api.tls.certresolver": "letsencript""#,
    fix: "Name a resolver of `certificatesResolvers`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    if !reads_settings(world) {
        return Vec::new();
    }
    let known = &world.settings.certificates_resolvers;
    let found = world.routers().filter_map(|defined| {
        let name = defined.router.tls()?.cert_resolver();
        let is_known = name.is_empty() || known.iter().any(|known| **known == *name);
        let label = defined.label("tls.certresolver").filter(|_| !is_known)?;
        let message =
            format!("the router `{}` names the certificate resolver `{name}`, which is not configured", defined.name);
        let wrong = finding(&RULE, &defined, label, name, message).so("serves the default certificate");
        Some(wrong.perhaps(nearest(name, known.iter().map(|known| &**known))))
    });
    found.collect()
}
