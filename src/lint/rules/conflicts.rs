//! Elements that containers define differently, and whether revisions of one service disagree or several services.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::decoded::{label_of, place};
use crate::lint::finding::Finding;
use crate::lint::rule::Rule;
use crate::lint::world::{Judged, World};
use crate::pipeline::{Conflict, Verdict};

/// A conflict with those who disagree.
pub(super) struct Disagreement<'a> {
    conflict: &'a Conflict,
    pub(super) parties: Parties,
    definers: Vec<Judged<'a>>,
}

/// Who disagrees.
pub(super) enum Parties {
    /// Several services.
    Services(Vec<String>),
    /// Revisions of one.
    Revisions(String),
}

/// Every conflict of the fleet.
pub(super) fn conflicts<'a>(world: &'a World<'_>) -> Vec<Disagreement<'a>> {
    if world.run.conflicts.is_empty() {
        return Vec::new();
    }
    let known: BTreeMap<&str, Judged<'_>> =
        world.judged().map(|judged| (&**judged.verdict.instance(), judged)).collect();
    let found = world.run.conflicts.iter().filter_map(|conflict| {
        let judged: Vec<Judged<'_>> =
            conflict.definers.iter().filter_map(|instance| known.get(&**instance).copied()).collect();
        let services: BTreeSet<String> = judged.iter().map(|judged| service(judged.verdict)).collect();
        let mut seen = BTreeSet::new();
        let definers: Vec<Judged<'_>> =
            judged.into_iter().filter(|judged| seen.insert(std::ptr::from_ref(judged.container).addr())).collect();
        let mut services: Vec<String> = services.into_iter().collect();
        let parties = match services.as_slice() {
            [] => return None,
            [_] => Parties::Revisions(services.remove(0)),
            _ => Parties::Services(services),
        };
        Some(Disagreement { conflict, parties, definers })
    });
    found.collect()
}

/// The service that a container belongs to, or its family where the files name no service.
fn service(verdict: &Verdict) -> String {
    let group = verdict.subject.task.as_ref().and_then(|task| task.group.as_deref()).unwrap_or_default();
    group.split_once(':').map_or(group, |(_, name)| name).to_owned()
}

impl Disagreement<'_> {
    /// A finding for the first that has a part in it, with the places of the others.
    pub(super) fn findings(&self, rule: &'static Rule, effect: &str) -> Vec<Finding> {
        let Conflict { section, name, fields, .. } = self.conflict;
        let (protocol, what) = section.path().split_once('.').unwrap_or_default();
        let what = what.trim_end_matches('s');
        let differ: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
        let differ = if differ.is_empty() { String::new() } else { format!(" in {}", differ.join(", ")) };
        let message = format!("the {protocol} {what} `{name}` is defined differently{differ}");
        let site = |judged: &Judged<'_>| {
            let label = label_of(judged.container, *section, name);
            label.map_or_else(|| place(judged.container), |label| label.key.site())
        };
        // What is written comes before what runs: it can still be changed.
        let mut definers: Vec<&Judged<'_>> = self.definers.iter().collect();
        definers.sort_by_key(|judged| judged.is_running);
        let Some((first, others)) = definers.split_first() else { return Vec::new() };
        let mut finding = Finding::of(rule, message).about(first.title()).at(site(first), "defined here").so(effect);
        for other in others {
            finding = finding.beside(format!("and in {}", other.title()), site(other));
        }
        vec![finding]
    }
}
