//! `ECS054`: two containers of a task with one name for Traefik.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Word;
use crate::lint::rule::Rule;
use crate::lint::world::{World, title};
use crate::template::normalize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub static RULE: Rule = Rule {
    id: "ECS054",
    name: "same-container-name",
    severity: Severity::Error,
    what: "Two containers of a definition have names that Traefik makes one of: what is no letter or digit becomes `-`.",
    why: "The second overwrites the first with all of its routers.",
    example: "containers `web.api` and `web_api`",
    fix: "Give them names that differ in letters or digits.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for definition in &world.definitions {
        let mut seen: BTreeMap<Vec<u8>, &str> = BTreeMap::new();
        for container in &definition.containers {
            let Some(name) = container.name.as_ref().and_then(Word::known) else { continue };
            match seen.entry(normalize(name.as_bytes())) {
                Entry::Occupied(other) => {
                    let message = format!("`{name}` and `{}` are one name for Traefik", other.get());
                    let site = place(container);
                    let finding = Finding::of(&RULE, message).about(title(definition, container)).at(site, "the same");
                    found.push(finding.so(format!("the routers of `{}` are lost", other.get())));
                }
                Entry::Vacant(place) => {
                    place.insert(name);
                }
            }
        }
    }
    found
}
