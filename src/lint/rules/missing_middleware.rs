//! `ECS060`: a middleware that nothing defines.

use super::references::{Known, finding, severity};
use crate::dynamic::Section;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS060",
    name: "missing-middleware",
    severity: Severity::Error,
    what: "A router names a middleware that nothing defines.",
    why: "Traefik disables the router; the next best one takes its requests, or nobody does.",
    example: r#""traefik.http.routers.api.middlewares": "auht""#,
    fix: "Define it by label, or say whose it is: `auth@file`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let known = [Section::HttpMiddlewares, Section::TcpMiddlewares].map(|section| (section, Known::of(world, section)));
    for defined in world.routers() {
        let section = defined.protocol.middlewares();
        let Some((_, known)) = known.iter().find(|(of, _)| Some(*of) == section) else { continue };
        let Some(label) = defined.label("middlewares") else { continue };
        for name in defined.router.middlewares() {
            let Some((why, nearest)) = known.wrong(name, world) else { continue };
            let message = format!("the router `{}` names the middleware `{name}`: {why}", defined.name);
            let wrong =
                finding(&RULE, &defined, label, name, message).so("disables the router").as_severe_as(severity(world));
            found.push(wrong.perhaps(nearest));
        }
    }
    found
}
