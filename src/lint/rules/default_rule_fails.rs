//! `ECS027`: a default rule that fails for a container.

use crate::lint::decoded::place;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::{Judged, World};
use crate::pipeline::{RouterCause, Verdict};
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS027",
    name: "default-rule-fails",
    severity: Severity::Error,
    what: "The default rule can't be rendered for a container, or renders to nothing.",
    why: "Traefik drops the routers that have no rule of their own.",
    example: r#"defaultRule: "Host(`{{ index .Labels 0 }}`)""#,
    fix: "Correct the template, or give the routers rules by label; `ecsroute eval template` tries it.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    tell(world, &RULE, |verdict| {
        verdict.dropped_routers.iter().find_map(|drop| match &drop.cause {
            RouterCause::Template { message } => Some(format!("the default rule fails: {message}")),
            RouterCause::DefaultRuleEmpty => Some("the default rule renders to nothing".to_owned()),
            _ => None,
        })
    })
}

/// One finding for each message, with how many containers it is about.
pub(super) fn tell(world: &World<'_>, rule: &'static Rule, wrong: impl Fn(&Verdict) -> Option<String>) -> Vec<Finding> {
    let mut told: BTreeMap<String, (Judged<'_>, usize)> = BTreeMap::new();
    for judged in world.distinct() {
        if let Some(message) = wrong(judged.verdict) {
            told.entry(message).or_insert((judged, 0)).1 += 1;
        }
    }
    let found = told.into_iter().map(|(message, (judged, count))| {
        let others = if count > 1 { format!(" (and for {} more containers)", count - 1) } else { String::new() };
        let site = place(judged.container);
        Finding::of(rule, format!("{message}{others}")).about(judged.title()).at(site, "for this one")
    });
    found.collect()
}
