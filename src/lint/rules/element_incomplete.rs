//! `ECS056`: labels that lead nowhere: a service without a load balancer, a router without a rule.

use crate::dynamic::Section;
use crate::lint::decoded::{label_of, place};
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rules::loses;
use crate::lint::world::World;
use crate::pipeline::{Reason, RouterCause};

pub static RULE: Rule = Rule {
    id: "ECS056",
    name: "element-incomplete",
    severity: Severity::Error,
    what: "A service has no load balancer, a TCP router has no rule, or a server has a URL and a port beside it.",
    why: "Traefik drops the router, or the whole container.",
    example: r#""traefik.http.services.api": "x""#,
    fix: "Give the service a `loadbalancer.server.port`, the router a rule, the server a URL or a port.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in world.distinct() {
        let lost = judged.verdict.reason().and_then(|reason| match reason {
            Reason::LoadBalancerMissing { protocol, service } => Some((reason, protocol.services(), service)),
            Reason::ServerUrlConflict { service } => Some((reason, Section::HttpServices, service)),
            _ => None,
        });
        let place = |section, name: &str| {
            let label = label_of(judged.container, section, name);
            label.map_or_else(|| place(judged.container), |label| label.key.site())
        };
        if let Some((reason, section, service)) = lost {
            let finding = Finding::of(&RULE, reason.sentence()).about(judged.title());
            found.push(finding.at(place(section, service), "incomplete").so(loses(judged.container)));
        }
        let ruleless = judged.verdict.dropped_routers.iter().filter(|drop| drop.cause == RouterCause::RuleEmpty);
        for drop in ruleless {
            let site = place(drop.protocol.routers(), &drop.router);
            let message = format!("the {} router `{}` has no rule", drop.protocol.name(), drop.router);
            let finding = Finding::of(&RULE, message).about(judged.title()).at(site, "no rule");
            let key = format!("traefik.{}.routers.{}.rule", drop.protocol.name(), drop.router);
            found.push(finding.so("drops the router").help(format!("add `{key}`")));
        }
    }
    found
}
