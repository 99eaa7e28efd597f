//! `ECS021`: a rule in another generation's language.

use super::rule_syntax::{language, refused};
use crate::lint::decoded::Defined;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::rule::{self, Language, Syntax, v3_spelling};

pub static RULE: Rule = Rule {
    id: "ECS021",
    name: "rule-other-generation",
    severity: Severity::Error,
    what: "A router's rule is in the language of another generation of Traefik.",
    why: "Traefik disables the router, or reads the rule otherwise than it was meant.",
    example: "Host:api.example.com;PathPrefix:/v1, or Host(`a.example.com`, `b.example.com`) under v3",
    fix: "Write it in this generation's language; `ecsroute migrate` does for v1. `ruleSyntax` = `v2` keeps v2's.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.routers().filter_map(|defined| {
        let (label, _) = refused(&defined, world)?;
        let generation = other_generation(&defined, world)?;
        let message = format!("the rule of `{}` is in the language of Traefik {generation}", defined.name);
        let finding = Finding::of(&RULE, message).about(defined.at.title());
        let finding = finding.at(label.value.site(), "another generation's").so("disables the router");
        let of_v3 = language(&defined, world).filter(|language| generation == "2" && language.syntax == Syntax::V3);
        Some(match of_v3.and_then(|language| v3_spelling(defined.router.rule(), language.kind)) {
            Some(rule) => finding.help(format!("in v3's language it is {rule}")).mended_by(label.value.site(), rule),
            None => finding,
        })
    });
    found.collect()
}

/// The other generation that would read a rule which this one refuses.
pub(super) fn other_generation(defined: &Defined<'_>, world: &World<'_>) -> Option<&'static str> {
    let rule = defined.router.rule();
    let first = rule.split(':').next().unwrap_or_default();
    if rule.contains(':') && OF_V1.iter().any(|name| name.eq_ignore_ascii_case(first.trim())) {
        return Some("1");
    }
    let language = language(defined, world)?;
    let (other, name) = match language.syntax {
        Syntax::V3 => (Syntax::V2, "2"),
        Syntax::V2 => (Syntax::V3, "3"),
    };
    rule::Rule::parse(rule, Language { syntax: other, ..language }).is_ok().then_some(name)
}

/// What rules of Traefik 1 begin with.
const OF_V1: [&str; 9] =
    ["Host", "HostRegexp", "Path", "PathPrefix", "PathStrip", "PathPrefixStrip", "Headers", "Method", "AddPrefix"];
