//! The routers that would be published, each with its rule and its priority, to compare them with one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::dynamic::{Protocol, Router};
use crate::lint::decoded::{Defined, place};
use crate::lint::finding::Finding;
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::{Release, Text};
use crate::rule::{self, Example, Found, Kind, Language, covering, default_priority, is_catch_all, search};

/// A router among the others.
pub(super) struct Standing<'a> {
    pub(super) name: &'a Text,
    pub(super) protocol: Protocol,
    pub(super) router: Router<'a>,
    pub(super) rule: rule::Rule,
    pub(super) priority: i64,
    /// A TCP router for every server name, which comes after all others whatever its priority.
    is_last: bool,
    defined: Option<Defined<'a>>,
}

/// The routers of a configuration, and which of them can have requests in common.
pub(super) struct Standings<'a> {
    all: Vec<Standing<'a>>,
    release: Release,
    /// Routers by the hosts that they need; those that need none have no name here.
    by_host: BTreeMap<Option<String>, Vec<usize>>,
    hosts: Vec<Option<BTreeSet<String>>>,
}

/// The language that a router's rule is in; nothing where routers of a protocol have no rules.
pub(super) fn language(world: &World<'_>, router: Router<'_>, protocol: Protocol) -> Option<Language> {
    let kind = match protocol {
        Protocol::Http => Kind::Http,
        Protocol::Tcp => Kind::Tcp,
        Protocol::Udp => return None,
    };
    let syntax = match (router.rule_syntax(), &world.settings.default_rule_syntax) {
        ("", Some(syntax)) if !router.has_default_rule() => syntax,
        (own, _) => own,
    };
    Some(Language::new(world.run.release, syntax, kind))
}

/// Every HTTP and TCP router that would be published and whose rule is valid.
pub(super) fn standings<'a>(world: &'a World<'_>) -> Standings<'a> {
    let mut places: BTreeMap<(&str, &Text), Defined<'_>> = BTreeMap::new();
    for defined in world.routers() {
        places.entry((defined.protocol.name(), defined.name)).or_insert(defined);
    }
    let mut all = Vec::new();
    for protocol in [Protocol::Http, Protocol::Tcp] {
        for (name, fields) in world.run.configuration.elements(protocol.routers()) {
            let router = Router::of(protocol, fields);
            let Some(language) = language(world, router, protocol) else { continue };
            let Ok(rule) = rule::Rule::parse(router.rule(), language) else { continue };
            let priority = match router.priority() {
                0 => default_priority(router.rule(), language.kind),
                given => given,
            };
            let is_last = is_catch_all(router.rule(), language.kind);
            let defined = places.get(&(protocol.name(), name)).copied();
            all.push(Standing { name, protocol, router, rule, priority, is_last, defined });
        }
    }
    Standings::new(all, world.run.release)
}

impl<'a> Standings<'a> {
    fn new(all: Vec<Standing<'a>>, release: Release) -> Self {
        let hosts: Vec<_> = all.iter().map(|standing| standing.rule.needs().hosts).collect();
        let mut by_host: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for (number, hosts) in hosts.iter().enumerate() {
            match hosts {
                None => by_host.entry(None).or_default().push(number),
                Some(hosts) => {
                    for host in hosts {
                        by_host.entry(Some(host.clone())).or_default().push(number);
                    }
                }
            }
        }
        Self { all, release, by_host, hosts }
    }

    /// The routers.
    pub(super) fn all(&self) -> &[Standing<'a>] {
        &self.all
    }

    /// The others that may take requests of a router: those that share a host with it, and those without one.
    fn near(&self, number: usize) -> Vec<&Standing<'a>> {
        let own = &self.all[number];
        let near: BTreeSet<usize> = match &self.hosts[number] {
            None => (0..self.all.len()).collect(),
            Some(hosts) => {
                let named = hosts.iter().map(|host| Some(host.clone())).chain([None]);
                named.filter_map(|host| self.by_host.get(&host)).flatten().copied().collect()
            }
        };
        let others = near.into_iter().filter(|other| *other != number).map(|other| &self.all[other]);
        let alike = |other: &&Standing<'_>| {
            other.protocol == own.protocol && other.router.tls().is_some() == own.router.tls().is_some()
        };
        others.filter(alike).collect()
    }

    /// The others that come before a router.
    pub(super) fn before(&self, number: usize) -> Vec<&Standing<'a>> {
        let rank = self.all[number].rank();
        let own = &self.all[number];
        self.near(number).into_iter().filter(|other| other.rank() > rank && other.listens_with(own)).collect()
    }

    /// The others of the same priority, each pair once.
    pub(super) fn beside(&self, number: usize) -> Vec<&Standing<'a>> {
        let own = &self.all[number];
        let near = self.near(number).into_iter();
        near.filter(|other| other.rank() == own.rank() && own.name < other.name && other.meets(own)).collect()
    }

    /// The fewest of others that take everything that a router takes.
    pub(super) fn covering<'b, 'c>(
        &self,
        one: &Standing<'_>,
        others: &[&'b Standing<'c>],
    ) -> Option<Vec<&'b Standing<'c>>> {
        let rules: Vec<&rule::Rule> = others.iter().map(|other| &other.rule).collect();
        let numbers = covering(&one.rule, &rules, &|example| example.requests(self.release))?;
        Some(numbers.into_iter().map(|number| others[number]).collect())
    }

    /// A request that all of the first take and none of the others does.
    pub(super) fn find(&self, wanted: &[&Standing<'_>], unwanted: &[&Standing<'_>]) -> Found {
        let read = |example: &Example| example.requests(self.release);
        let wanted: Vec<&rule::Rule> = wanted.iter().map(|one| &one.rule).collect();
        let unwanted: Vec<&rule::Rule> = unwanted.iter().map(|one| &one.rule).collect();
        // Most of the time the first request that comes to mind shows it.
        match search(&wanted, &[], &read) {
            Found::Request(example) => {
                let forms = read(&example);
                let taken = unwanted.iter().any(|rule| rule.takes(&forms));
                if taken { search(&wanted, &unwanted, &read) } else { Found::Request(example) }
            }
            other if unwanted.is_empty() => other,
            Found::Nothing => Found::Nothing,
            Found::Unknown => search(&wanted, &unwanted, &read),
        }
    }
}

impl Standing<'_> {
    /// What comes first; priorities count only among TCP routers that are not for every name.
    fn rank(&self) -> (bool, i64) {
        (!self.is_last, self.priority)
    }

    /// Whether every request that the other gets comes to this one too: the other's entry points are all among this
    /// one's, as far as they are named.
    fn listens_with(&self, other: &Self) -> bool {
        let mine: Vec<&Text> = self.router.entry_points().collect();
        let mut theirs = other.router.entry_points().peekable();
        mine.is_empty() || theirs.peek().is_some() && theirs.all(|name| mine.contains(&name))
    }

    /// Whether some requests come to both.
    fn meets(&self, other: &Self) -> bool {
        let mine: Vec<&Text> = self.router.entry_points().collect();
        let mut theirs = other.router.entry_points().peekable();
        mine.is_empty() || theirs.peek().is_none() || theirs.any(|name| mine.contains(&name))
    }

    /// A finding at the router's rule.
    pub(super) fn finding(&self, rule: &'static Rule, message: String) -> Finding {
        let Some(defined) = &self.defined else { return Finding::of(rule, message).about(&**self.name) };
        let label = defined.label_or_any("rule");
        let site = label.map_or_else(|| place(defined.at.container), |label| label.value.site());
        Finding::of(rule, message).about(defined.at.title()).at(site, "this rule")
    }
}
