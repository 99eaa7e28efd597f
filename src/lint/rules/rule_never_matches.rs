//! `ECS022`: a rule that can never match.

use crate::lint::finding::{Finding, Severity};
use crate::lint::overlap::{alternatives, arguments, calls};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Release;

pub static RULE: Rule = Rule {
    id: "ECS022",
    name: "rule-never-matches",
    severity: Severity::Error,
    what: "No request can satisfy the rule: two hosts or paths at once, a method in small letters, a wildcard that this \
           release doesn't know.",
    why: "The router is there and takes no request.",
    example: "Host(`a.example.com`) && Host(`b.example.com`)",
    fix: "Join alternatives with `||`; write methods in capitals; use `HostRegexp` for patterns.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for defined in world.routers() {
        let rule = defined.router.rule();
        let (Some(label), Ok(condition)) = (defined.label("rule"), calls(rule)) else { continue };
        if alternatives(rule, &condition).is_some_and(|alternatives| alternatives.is_empty()) {
            let message = format!("the rule of `{}` contradicts itself: no request satisfies it", defined.name);
            let finding = Finding::of(&RULE, message).about(defined.at.title()).at(label.value.site(), "never matches");
            found.push(finding.help("join alternatives with `||`"));
        }
        for (call, _) in condition.leaves() {
            for (argument, value) in call.arguments.iter().zip(arguments(call)) {
                let Some(message) = mismatch(&call.name, &value, world.run.release) else { continue };
                let site = label.value.part(argument.span.range());
                found.push(Finding::of(&RULE, message).about(defined.at.title()).at(site, "never matches"));
            }
        }
    }
    found
}

/// Why a matcher never matches in a release.
fn mismatch(matcher: &str, value: &str, release: Release) -> Option<String> {
    match matcher.to_ascii_lowercase().as_str() {
        "method" if value.chars().any(|c| c.is_ascii_lowercase()) && release < Release::V3_0 => {
            Some(format!("`Method({value})` never matches: methods are compared in capitals"))
        }
        "host" if value.contains('*') && release < Release::V3_7 => {
            Some(format!("`Host({value})` never matches: {release} knows no wildcards there"))
        }
        _ => None,
    }
}
