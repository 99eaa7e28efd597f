//! `ECS083`: `awsvpc` on external instances.

use super::external_off::is_external;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS083",
    name: "external-awsvpc",
    severity: Severity::Error,
    what: "A definition for external instances has the network mode `awsvpc`.",
    why: "External instances have no network interfaces to attach: ECS refuses the definition, or the task has no \
          address.",
    example: r#""requiresCompatibilities": ["EXTERNAL"], "networkMode": "awsvpc""#,
    fix: "Use `bridge` or `host`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let both = world.definitions.iter().filter(|definition| is_external(definition));
    let found = both.filter_map(|definition| {
        let mode = definition.network_mode.as_ref().filter(|mode| mode.known() == Some("awsvpc"))?;
        let name = definition.title();
        let finding = Finding::of(&RULE, format!("{name} is for external instances and has the network mode `awsvpc`"));
        Some(finding.about(name).at(mode.site(), "no interface there").help("use `bridge` or `host`"))
    });
    found.collect()
}
