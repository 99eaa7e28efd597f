//! Rules in v2's language, written in v3's: several arguments, `HostHeader`, `Headers`, templates with `{name:regex}`.

use std::collections::BTreeSet;

use super::note::{Note, Said};
use crate::model::Release;
use crate::rule::{Kind, Language, Rule, Syntax, default_priority, keeps_meaning, v3_spelling};
use crate::v1::labels::Labels;

/// Which language rules are in that don't say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rules {
    /// v3's, save for those that only v2 reads.
    #[default]
    OfV3,
    /// v2's.
    OfV2,
}

/// A router whose rule a label gives.
struct Routed<'l> {
    kind: Kind,
    /// The label, as it is spelled, without `rule`.
    prefix: &'l str,
    rule: &'l str,
}

/// Writes the rules of routers in v3's language, where they are in v2's, and says what became of them.
pub(super) fn migrate_rules(labels: &mut Labels, rules: Rules, told: &mut BTreeSet<Note>) {
    let before = labels.clone();
    for (label, rule) in &before {
        let Some(router) = routed(label, rule) else { continue };
        let syntax = find(&before, router.prefix, "rulesyntax");
        let says_v2 = syntax.is_some_and(|(_, syntax)| syntax == "v2");
        let is_v2 = says_v2 || syntax.is_none() && is_old(&router, rules);
        if !is_v2 {
            tell_doubt(label, &router, syntax.is_some(), told);
            continue;
        }
        match v3_spelling(rule, router.kind) {
            Some(spelt) => {
                if let Some((label, _)) = syntax {
                    labels.remove(label);
                }
                keep_order(&before, labels, &router, &spelt);
                if spelt.contains("Query(") {
                    note(told, label, rule, "of a parameter that comes twice v2 looks at the first value, v3 at all");
                }
                labels.insert(label.clone(), spelt);
            }
            None if says_v2 => {
                note(
                    told,
                    label,
                    rule,
                    "it has no form in v3's language, so it keeps `ruleSyntax`, which is deprecated",
                );
            }
            None if read(&router, Syntax::V2) => {
                labels.insert(format!("{}rulesyntax", router.prefix), "v2".to_owned());
                note(told, label, rule, "it has no form in v3's language, so its router says `ruleSyntax` = `v2`");
            }
            None => {}
        }
    }
}

/// The router whose rule a label is.
fn routed<'l>(label: &'l str, rule: &'l str) -> Option<Routed<'l>> {
    let parts: Vec<&str> = label.split('.').collect();
    let [traefik, protocol, routers, _, field] = parts.as_slice() else { return None };
    let named = |given: &str, name: &str| given.eq_ignore_ascii_case(name);
    let kind = if named(protocol, "http") {
        Kind::Http
    } else if named(protocol, "tcp") {
        Kind::Tcp
    } else {
        return None;
    };
    let is_rule = named(traefik, "traefik") && named(routers, "routers") && named(field, "rule");
    is_rule.then(|| Routed { kind, prefix: &label[..label.len() - field.len()], rule })
}

/// Another label of the router, in whatever case.
fn find<'l>(labels: &'l Labels, prefix: &str, field: &str) -> Option<(&'l String, &'l str)> {
    let wanted = format!("{prefix}{field}");
    let found = labels.iter().find(|(label, _)| label.eq_ignore_ascii_case(&wanted));
    found.map(|(label, value)| (label, value.as_str()))
}

fn read(router: &Routed<'_>, syntax: Syntax) -> bool {
    Rule::parse(router.rule, Language { release: Release::V3_7, syntax, kind: router.kind }).is_ok()
}

/// Whether a rule that doesn't say so is in v2's language and means something else in v3's.
fn is_old(router: &Routed<'_>, rules: Rules) -> bool {
    match rules {
        Rules::OfV2 => read(router, Syntax::V2) && !keeps_meaning(router.rule, router.kind),
        Rules::OfV3 => !read(router, Syntax::V3) && read(router, Syntax::V2),
    }
}

/// A rule that both languages read, each in its own way, is not changed by a guess.
fn tell_doubt(label: &str, router: &Routed<'_>, is_said: bool, told: &mut BTreeSet<Note>) {
    let both = read(router, Syntax::V3) && read(router, Syntax::V2);
    if !is_said && both && !keeps_meaning(router.rule, router.kind) {
        let reason = "v2 and v3 both read it, and not alike; it is left as v3's: `--traefik v2` migrates it as v2's";
        let said = Said::ByHand(reason.to_owned());
        told.insert(Note { label: label.to_owned(), value: router.rule.to_owned(), said });
    }
}

/// The priority of a rule is its length unless one is given, so one that is spelled otherwise is given its old one.
fn keep_order(before: &Labels, labels: &mut Labels, router: &Routed<'_>, spelt: &str) {
    let (old, new) = (default_priority(router.rule, router.kind), default_priority(spelt, router.kind));
    let given = find(before, router.prefix, "priority").is_some_and(|(_, priority)| priority != "0");
    if old != new && !given {
        labels.insert(format!("{}priority", router.prefix), old.to_string());
    }
}

/// Says what changes with a rule.
fn note(told: &mut BTreeSet<Note>, label: &str, rule: &str, reason: &str) {
    let said = Said::Changed(reason.to_owned());
    told.insert(Note { label: label.to_owned(), value: rule.to_owned(), said });
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Rules, migrate_rules};

    fn migrated(labels: &[(&str, &str)], rules: Rules) -> (BTreeMap<String, String>, usize) {
        let mut all = labels.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect();
        let mut told = BTreeSet::new();
        migrate_rules(&mut all, rules, &mut told);
        (all, told.len())
    }

    #[test]
    fn what_only_v2_reads_is_written_anew_with_its_old_priority() {
        let (labels, told) = migrated(&[("traefik.http.routers.a.rule", "Host(`a.b`, `c.d`)")], Rules::OfV3);
        assert_eq!(labels["traefik.http.routers.a.rule"], "(Host(`a.b`) || Host(`c.d`))");
        assert_eq!(labels["traefik.http.routers.a.priority"], "18");
        assert_eq!(told, 0);
    }

    #[test]
    fn a_router_that_says_v2_says_so_no_more() {
        let given = [("traefik.http.routers.a.rule", "Path(`/{id}`)"), ("traefik.http.routers.a.ruleSyntax", "v2")];
        let (labels, told) = migrated(&given, Rules::OfV3);
        assert_eq!(labels["traefik.http.routers.a.rule"], "PathRegexp(`^/[^/]+$`)");
        assert!(!labels.contains_key("traefik.http.routers.a.ruleSyntax"));
        assert_eq!(told, 0);
    }

    #[test]
    fn what_both_read_is_told_unless_it_is_v2s() {
        let given = [("traefik.http.routers.a.rule", "Path(`/{id}`)")];
        let (labels, told) = migrated(&given, Rules::OfV3);
        assert_eq!((labels["traefik.http.routers.a.rule"].as_str(), told), ("Path(`/{id}`)", 1));
        let (labels, told) = migrated(&given, Rules::OfV2);
        assert_eq!((labels["traefik.http.routers.a.rule"].as_str(), told), ("PathRegexp(`^/[^/]+$`)", 0));
    }

    #[test]
    fn what_has_no_form_in_v3_keeps_v2s_language() {
        let given = [("traefik.http.routers.a.rule", "Query(`{name}=b`)")];
        let (labels, told) = migrated(&given, Rules::OfV2);
        assert_eq!((labels["traefik.http.routers.a.rulesyntax"].as_str(), told), ("v2", 1));
    }

    #[test]
    fn rules_of_v3_stay() {
        let given = [("traefik.http.routers.a.rule", "Host(`a.b`) && PathRegexp(`^/x`)")];
        assert_eq!(migrated(&given, Rules::OfV3).0, migrated(&given, Rules::OfV2).0);
        assert_eq!(migrated(&given, Rules::OfV3), (given.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(), 0));
    }
}
