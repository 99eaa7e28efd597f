//! Rules of routers that a later release refuses, or reads as another language.

use std::collections::BTreeSet;

use super::{Change, Found, Subject};
use crate::dynamic::{Protocol, Router};
use crate::lint::finding::Severity;
use crate::lint::world::World;
use crate::model::Release;
use crate::rule::{Kind, Language, Rule, RuleError, Syntax, keeps_meaning, v3_spelling};

/// What a rule is to a release.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Read {
    Refused(String),
    Read(Syntax),
}

pub(super) fn add(worlds: &[World<'_>], found: &mut Found) {
    let (Some(old), Some(new)) = (worlds.first(), worlds.last()) else { return };
    for protocol in [Protocol::Http, Protocol::Tcp] {
        let kind = if protocol == Protocol::Http { Kind::Http } else { Kind::Tcp };
        for (name, fields) in old.run.configuration.elements(protocol.routers()) {
            let rule = Router::of(protocol, fields).rule();
            let Some(kept) = new.run.configuration.get(protocol.routers(), name) else { continue };
            let kept = Router::of(protocol, kept);
            if kept.rule() != rule {
                continue;
            }
            let seen = |world: &World<'_>| {
                // The router may be absent in a release between; its rule isn't.
                let fields = world.run.configuration.get(protocol.routers(), name);
                let own = fields.map_or("", |fields| Router::of(protocol, fields).rule_syntax());
                read(rule, own, kind, world)
            };
            let change = change(rule, kind, &seen(old), &seen(new));
            let Some((severity, message, help)) = change else { continue };
            let last = seen(new);
            let at = worlds.iter().rposition(|world| seen(world) != last).map_or(0, |at| at + 1);
            let of = BTreeSet::from([format!("{} {name}", protocol.routers().path())]);
            found.add(Change { subject: Subject::Rule, severity, since: worlds[at].run.release, message, help, of });
        }
    }
}

fn read(rule: &str, own: &str, kind: Kind, world: &World<'_>) -> Read {
    let release = world.run.release;
    let default = world.settings.default_rule_syntax.as_deref().unwrap_or_default();
    let language = Language::new(release, if own.is_empty() { default } else { own }, kind);
    match Rule::parse(rule, language) {
        Ok(_) => Read::Read(language.syntax),
        Err(RuleError { problem, .. }) => Read::Refused(problem.to_string()),
    }
}

/// What a rule's change comes to, and what to do.
fn change(rule: &str, kind: Kind, before: &Read, after: &Read) -> Option<(Severity, String, Option<String>)> {
    let spelt = || match v3_spelling(rule, kind) {
        Some(spelt) => format!("write it as {spelt}; `ecsroute migrate --traefik v2` does"),
        None => "it has no form in v3's language; `ruleSyntax` = `v2` keeps v2's".to_owned(),
    };
    match (before, after) {
        (Read::Read(Syntax::V2), Read::Refused(problem)) => {
            Some((Severity::Error, format!("the rule `{rule}` is refused: {problem}"), Some(spelt())))
        }
        (Read::Read(_), Read::Refused(problem)) => {
            Some((Severity::Error, format!("the rule `{rule}` is refused: {problem}"), None))
        }
        (Read::Refused(_), Read::Read(_)) => {
            Some((Severity::Warning, format!("the rule `{rule}` is taken, which was refused"), None))
        }
        (Read::Read(Syntax::V2), Read::Read(Syntax::V3)) if !keeps_meaning(rule, kind) => {
            Some((Severity::Error, format!("the rule `{rule}` means something else in v3's language"), Some(spelt())))
        }
        _ => None,
    }
}

/// From which release on a router's own `ruleSyntax` is deprecated.
pub(super) const SYNTAX_DEPRECATED: Release = Release::V3_4;
