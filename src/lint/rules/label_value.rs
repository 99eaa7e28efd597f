//! `ECS003`: a label whose value is of another kind than its field.

use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rules::label_unknown::{key_of, refused};
use crate::lint::rules::loses;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS003",
    name: "label-value",
    severity: Severity::Error,
    what: "A label's value is not of the kind that its field wants: a number, a truth value, a duration.",
    why: "One label that doesn't decode drops its whole container, with every router it defines.",
    example: "\"traefik.http.services.web.loadbalancer.passhostheader\": \"yes\"",
    fix: "Write `true` or `false`, a whole number, or a duration such as `10s`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let values = refused(world).into_iter().filter(|(error, _)| error.is_about_a_value());
    let found = values.map(|(error, at)| {
        let key = key_of(at.container, error).unwrap_or(&error.path);
        Finding::of(&RULE, format!("`{key}` can't have this value: {}", error.problem))
            .at(at.value_site(key), "this value")
            .about(at.title())
            .so(loses(at.container))
    });
    found.collect()
}
