//! `ECS050`: a router that names no service where several exist.

use crate::lint::decoded::{label_of, place};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::pipeline::RouterCause;

pub static RULE: Rule = Rule {
    id: "ECS050",
    name: "router-without-service",
    severity: Severity::Error,
    what: "A router names no service, or there is no router at all, and the container defines several services.",
    why: "Traefik can't choose and drops the router.",
    example: r#"services `api` and `admin`, and only "traefik.http.routers.api.rule""#,
    fix: "Add `traefik.http.routers.NAME.service`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        for drop in &judged.verdict.dropped_routers {
            let (RouterCause::ServiceUndecided { services } | RouterCause::TooManyServices { services }) = &drop.cause
            else {
                continue;
            };
            let label = label_of(judged.container, drop.protocol.routers(), &drop.router);
            let site = label.map_or_else(|| place(judged.container), |label| label.key.site());
            let (protocol, names) = (drop.protocol.name(), services.join(", "));
            let message =
                format!("the {protocol} router `{}` names no service, and there are several: {names}", drop.router);
            let finding = Finding::of(&RULE, message).about(judged.title()).at(site, "which service?");
            let help = format!("add `traefik.{protocol}.routers.{}.service`", drop.router);
            found.push(finding.so("drops the router").help(help));
        }
    }
    found
}
