//! `ECS022`: a rule that can never match.

use super::standings::language;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::rule_text::{arguments, calls};
use crate::lint::world::World;
use crate::model::Release;
use crate::rule::{self, Example, Found, Language, search};

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

/// Of rules with more matchers than this only the whole is looked at.
const MOST_LEAVES: usize = 256;

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for defined in world.routers() {
        let rule = defined.router.rule();
        let (Some(label), Ok(condition)) = (defined.label("rule"), calls(rule)) else { continue };
        let Some(language) = language(world, defined.router, defined.protocol) else { continue };
        let before = found.len();
        let leaves = condition.leaves().count();
        let mut explained = false;
        for (call, span) in condition.leaves() {
            for (argument, value) in call.arguments.iter().zip(arguments(call)) {
                let Some(message) = mismatch(&call.name, &value, world.run.release) else { continue };
                let site = label.value.part(argument.span.range());
                found.push(Finding::of(&RULE, message).about(defined.at.title()).at(site, "never matches"));
            }
            let text = rule.get(span.range()).unwrap_or_default();
            if found.len() > before || leaves > MOST_LEAVES || !never(text, language) {
                continue;
            }
            explained = true;
            // Of hosts that are none another rule says what is wrong with them.
            if !call.name.to_ascii_lowercase().starts_with("host") {
                let message = format!("`{text}` never matches: no request has this when rules see it");
                let site = label.value.part(span.range());
                found.push(Finding::of(&RULE, message).about(defined.at.title()).at(site, "never matches"));
            }
        }
        if found.len() == before && !explained && never(rule, language) {
            let message = format!("the rule of `{}` contradicts itself: no request satisfies it", defined.name);
            let finding = Finding::of(&RULE, message).about(defined.at.title()).at(label.value.site(), "never matches");
            found.push(finding.help("join alternatives with `||`"));
        }
    }
    found
}

/// Whether no request satisfies a rule that is valid.
fn never(text: &str, language: Language) -> bool {
    let read = |example: &Example| example.requests(language.release);
    rule::Rule::parse(text, language).is_ok_and(|rule| search(&[&rule], &[], &read) == Found::Nothing)
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
