//! `ECS093`: AWS keys in plain text.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::settings::Origin;

pub static RULE: Rule = Rule {
    id: "ECS093",
    name: "plain-keys",
    severity: Severity::Warning,
    what: "The static configuration holds AWS keys in plain text.",
    why: "Files are copied, committed and backed up; keys in them live for years.",
    example: "providers:\n  ecs:\n    accessKeyID: AKIA…\n    secretAccessKey: …",
    fix: "Leave both out and give Traefik's task a role: the credential chain finds it.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let given = ["accessKeyID", "secretAccessKey"].into_iter().filter_map(|option| {
        let setting = world.settings.setting(option)?;
        matches!(setting.origin, Origin::File { .. } | Origin::Flag(_)).then_some((option, &setting.origin))
    });
    let found = given.map(|(option, origin)| {
        let finding = match world.setting_site(option) {
            None => Finding::of(&RULE, format!("`{option}` stands in plain text ({origin})")),
            site => Finding::of(&RULE, format!("`{option}` stands in plain text")).at(site, "plain text"),
        };
        finding.about(option)
    });
    found.collect()
}
