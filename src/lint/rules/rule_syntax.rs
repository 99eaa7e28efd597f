//! `ECS020`: a rule that Traefik can't read.

use super::rule_other_generation::other_generation;
use crate::dynamic::Protocol;
use crate::lint::decoded::Defined;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::Label;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::rule::{self, Kind, Language, RuleError};

pub static RULE: Rule = Rule {
    id: "ECS020",
    name: "rule-syntax",
    severity: Severity::Error,
    what: "A router's rule is none that Traefik reads: it doesn't parse, or a matcher refuses its argument.",
    why: "Traefik disables the router: the next best one takes its requests, or nobody does.",
    example: "Host(`api.example.com`) && PathPrefix(`api`)",
    fix: "Correct the rule at the place that is underlined; `ecsroute eval rule` tries it.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.routers().filter_map(|defined| {
        let (label, error) = refused(&defined, world)?;
        if other_generation(&defined, world).is_some() {
            return None;
        }
        let message = format!("the rule of `{}` is none: {error}", defined.name);
        let finding = Finding::of(&RULE, message).about(defined.at.title());
        Some(finding.at(label.value.part(error.span.range()), "here").so("disables the router"))
    });
    found.collect()
}

/// Why Traefik refuses a router's rule, with the label that it stands in.
pub(super) fn refused<'a>(defined: &Defined<'a>, world: &World<'_>) -> Option<(&'a Label, RuleError)> {
    let label = defined.label("rule").filter(|label| label.value.known().is_some())?;
    let language = language(defined, world)?;
    let error = rule::Rule::parse(defined.router.rule(), language).err()?;
    Some((label, error))
}

/// The language that a router's rule is in.
pub(super) fn language(defined: &Defined<'_>, world: &World<'_>) -> Option<Language> {
    let kind = match defined.protocol {
        Protocol::Http => Kind::Http,
        Protocol::Tcp => Kind::Tcp,
        Protocol::Udp => return None,
    };
    let given = defined.router.rule_syntax();
    let default = world.settings.default_rule_syntax.as_deref().unwrap_or_default();
    Some(Language::new(world.run.release, if given.is_empty() { default } else { given }, kind))
}
