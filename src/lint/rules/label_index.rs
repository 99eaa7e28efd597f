//! `ECS005`: an item of a list of texts that is given by its index, which Traefik ignores.

use crate::lint::finding::{Finding, Severity};
use crate::lint::given::{Label, is_traefik};
use crate::lint::rule::Rule;
use crate::lint::world::{World, title};

pub static RULE: Rule = Rule {
    id: "ECS005",
    name: "label-index",
    severity: Severity::Error,
    what: "A list of texts is given item by item (`entrypoints[0]`), which Traefik ignores without a word.",
    why: "The list stays empty: a router without entry points listens on all of them, one without its middlewares is \
          open.",
    example: "\"traefik.http.routers.web.entrypoints[0]\": \"websecure\"",
    fix: "Give the whole list in one label, with commas: `entrypoints=web,websecure`.",
    check,
};

/// Lists of texts that people index; an index on a list of structures is right.
const LISTS: [&str; 5] = ["entrypoints", "middlewares", "sans", "prefixes", "regex"];

fn check(world: &World<'_>) -> Vec<Finding> {
    let labels = world
        .containers()
        .flat_map(|(definition, container)| container.labels.iter().map(move |label| (definition, container, label)));
    let found = labels.filter_map(|(definition, container, label)| {
        let (key, list) = indexed(label)?;
        let value = label.value.known().unwrap_or("…");
        Some(
            Finding::of(&RULE, format!("Traefik ignores `{key}`: `{list}` is no list of structures"))
                .at(label.key.site(), "ignored")
                .about(title(definition, container))
                .help(format!("write `{}={value}`, with commas between several", key.split('[').next().unwrap_or(key))),
        )
    });
    found.collect()
}

/// A label's key with the list of texts that it indexes.
fn indexed(label: &Label) -> Option<(&str, &str)> {
    let key = label.key.known().filter(|key| is_traefik(key))?;
    let (before, after) = key.split_once('[')?;
    let list = before.rsplit('.').next().unwrap_or(before);
    let known = LISTS.iter().any(|known| known.eq_ignore_ascii_case(list));
    (known && after.ends_with(']')).then_some((key, list))
}
