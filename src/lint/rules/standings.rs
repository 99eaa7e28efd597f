//! The routers that would be published, each with what its rule takes and its priority, to compare them two by two.

use std::collections::BTreeMap;

use crate::dynamic::{Protocol, Router, Section};
use crate::lint::decoded::{Defined, place};
use crate::lint::finding::Finding;
use crate::lint::overlap::{Conditions, alternatives, calls};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Text;

/// A router among the others.
pub(super) struct Standing<'a> {
    pub(super) name: &'a Text,
    pub(super) router: Router<'a>,
    pub(super) takes: Vec<Conditions>,
    pub(super) priority: i64,
    pub(super) defined: Option<Defined<'a>>,
}

/// Every HTTP router that would be published and whose rule is understood.
pub(super) fn standings<'a>(world: &'a World<'_>) -> Vec<Standing<'a>> {
    let mut places: BTreeMap<&Text, Defined<'_>> = BTreeMap::new();
    for defined in world.routers().filter(|defined| defined.protocol == Protocol::Http) {
        places.entry(defined.name).or_insert(defined);
    }
    let published = world.run.configuration.elements(Section::HttpRouters);
    let standing = |(name, fields): (&'a Text, &'a std::sync::Arc<crate::dynamic::Struct>)| {
        let router = Router::of(Protocol::Http, fields);
        let rule = router.rule();
        let condition = calls(rule).ok()?;
        let takes = alternatives(rule, &condition)?;
        let given = router.priority();
        let priority = if given == 0 { i64::try_from(rule.len()).unwrap_or(i64::MAX) } else { given };
        Some(Standing { name, router, takes, priority, defined: places.get(name).copied() })
    };
    published.filter_map(standing).collect()
}

impl Standing<'_> {
    /// Whether a request that the other takes can come to this one: TLS and plain never mix, and the other's entry
    /// points are all among this one's.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let mine: Vec<&Text> = self.router.entry_points().collect();
        let listens = mine.is_empty()
            || other.router.entry_points().next().is_some()
                && other.router.entry_points().all(|name| mine.contains(&name));
        listens && self.router.tls().is_some() == other.router.tls().is_some()
    }

    /// A finding at the router's rule.
    pub(super) fn finding(&self, rule: &'static Rule, message: String) -> Finding {
        let Some(defined) = &self.defined else { return Finding::of(rule, message).about(&**self.name) };
        let label = defined.label_or_any("rule");
        let site = label.map_or_else(|| place(defined.at.container), |label| label.value.site());
        Finding::of(rule, message).about(defined.at.title()).at(site, "this rule")
    }
}

/// Every two routers that may meet, each pair once in either order: those that share a host, and those without one.
pub(super) fn pairs<'b, 'a>(standings: &'b [Standing<'a>]) -> Vec<(&'b Standing<'a>, &'b Standing<'a>)> {
    let mut by_host: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (number, standing) in standings.iter().enumerate() {
        for conditions in &standing.takes {
            let numbers = by_host.entry(conditions.host.as_deref()).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    let hostless = by_host.get(&None).cloned().unwrap_or_default();
    let mut found = std::collections::BTreeSet::new();
    for numbers in by_host.values() {
        for one in numbers {
            let others = numbers.iter().chain(&hostless);
            found.extend(others.filter(|other| *other != one).map(|other| (*one, *other)));
        }
    }
    let reversed: Vec<(usize, usize)> = found.iter().map(|(one, other)| (*other, *one)).collect();
    found.extend(reversed);
    found.into_iter().map(|(one, other)| (&standings[one], &standings[other])).collect()
}
