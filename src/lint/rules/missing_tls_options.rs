//! `ECS063`: tLS options that labels can't define.

use super::references::{Known, finding};
use crate::dynamic::Section;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS063",
    name: "missing-tls-options",
    severity: Severity::Error,
    what: "A router names TLS options of the ECS provider. Labels can't define any.",
    why: "Traefik disables the router.",
    example: r#""traefik.http.routers.api.tls.options": "modern""#,
    fix: "Define them in a file and name them with their provider: `modern@file`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let known = Known::of(world, Section::TlsOptions);
    let found = world.routers().filter_map(|defined| {
        let name = defined.router.tls()?.options();
        let label = defined.label("tls.options").filter(|_| !name.is_empty() && name != "default")?;
        let (why, _) = known.wrong(name, world)?;
        let message = format!("the router `{}` names the TLS options `{name}`: {why}, and labels can't", defined.name);
        let wrong = finding(&RULE, &defined, label, name, message).so("disables the router");
        Some(
            wrong.help(format!(
                "define them in a file, and name them `{}@file`",
                name.split('@').next().unwrap_or(name)
            )),
        )
    });
    found.collect()
}
