//! `ECS074`: a sticky cookie that is neither secure nor `httpOnly`.

use crate::dynamic::{Protocol, Router};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    id: "ECS074",
    name: "sticky-cookie",
    severity: Severity::Note,
    what: "A service behind TLS has a sticky cookie that is neither `secure` nor `httpOnly`.",
    why: "Scripts read it, and browsers send it over plain connections, too.",
    example: r#""traefik.http.services.api.loadbalancer.sticky.cookie": "true""#,
    fix: "Add `sticky.cookie.secure` = `true` and `sticky.cookie.httponly` = `true`.",
    check,
};

const COOKIE: &str = ".sticky.cookie";

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in world.decoded() {
        let has_tls = [Protocol::Http].into_iter().any(|protocol| {
            let mut routers = at.configuration.elements(protocol.routers());
            routers.any(|(_, fields)| Router::of(protocol, fields).tls().is_some())
        });
        let mut told = BTreeSet::new();
        for label in at.container.labels.iter().filter(|_| has_tls) {
            let key = label.key.known().unwrap_or_default().to_lowercase();
            let Some(end) = key.find(COOKIE).map(|start| start + COOKIE.len()) else { continue };
            let cookie = &key[..end];
            let is_set = |field: &str| {
                at.label(&format!("{cookie}.{field}")).and_then(|label| label.value.known()) == Some("true")
            };
            if !is_set("secure") && !is_set("httponly") && told.insert(cookie.to_owned()) {
                let finding = Finding::of(&RULE, "the sticky cookie is neither `secure` nor `httpOnly`");
                found.push(finding.about(at.title()).at(label.key.site(), "neither"));
            }
        }
    }
    found
}
