//! What changes for a fleet between two releases: the same pass is played in both and in every one between, and what
//! comes of each is compared.
//!
//! Only what the fleet has is told: a field that no label sets and a router that none defines don't appear.

mod notes;
mod range;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::finding::Severity;
use super::world::World;
use crate::diff::{ChangeKind, FieldChange, changes};
use crate::model::{Release, Text};
use crate::pipeline::{Reason, Run, Verdict};

pub use range::{InvalidRange, Range};

/// What a change is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Whether the pass publishes anything.
    Pass,
    /// Containers, which are routed or not.
    Container,
    /// Routers' rules, which mean something else or nothing.
    Rule,
    /// Elements of the configuration, which come, go or change.
    Element,
    /// Labels that are still read, and shouldn't be relied upon.
    Label,
    /// Traefik's own settings.
    Setting,
}

impl Subject {
    /// A stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Container => "container",
            Self::Rule => "rule",
            Self::Element => "element",
            Self::Label => "label",
            Self::Setting => "setting",
        }
    }
}

/// One thing that changes, for all that it changes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is of.
    pub subject: Subject,
    /// How bad it is.
    pub severity: Severity,
    /// The first release in which it is so.
    pub since: Release,
    /// What changes.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// For whom: containers, routers, labels by their names.
    pub of: BTreeSet<String>,
}

/// Everything that changes from a release to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// From where to where.
    pub range: Range,
    /// The worst first, then by release.
    pub changes: Vec<Change>,
}

/// Changes by what they are, each with those it is for.
#[derive(Debug, Default)]
struct Found {
    changes: BTreeMap<(Subject, Release, String), Change>,
}

impl Found {
    fn add(&mut self, change: Change) {
        let key = (change.subject, change.since, change.message.clone());
        self.changes.entry(key).and_modify(|known| known.of.extend(change.of.iter().cloned())).or_insert(change);
    }
}

impl Upgrade {
    /// Compares worlds that were made of the same fleet for each release of a range, in that order.
    pub fn of(range: Range, worlds: &[World<'_>]) -> Self {
        let mut found = Found::default();
        if let (Some(old), Some(new)) = (worlds.first(), worlds.last()) {
            pass(&old.run, &new.run, worlds, &mut found);
            containers(worlds, &mut found);
            elements(worlds, &mut found);
            rules::add(worlds, &mut found);
            notes::add(range, new, &mut found);
        }
        let mut changes: Vec<Change> = found.changes.into_values().collect();
        changes.sort_by(|a, b| {
            let key = |change: &Change| (std::cmp::Reverse(change.severity), change.since, change.subject);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        Self { range, changes }
    }

    /// How many changes have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.changes.iter().filter(|change| change.severity == severity).count()
    }
}

/// The first release from which on something is as it is in the last one.
fn since<T: PartialEq>(worlds: &[World<'_>], look: impl Fn(&Run) -> T) -> Release {
    let seen: Vec<T> = worlds.iter().map(|world| look(&world.run)).collect();
    let last = seen.len().saturating_sub(1);
    let same = (0..=last).rev().take_while(|at| seen[*at] == seen[last]).last().unwrap_or(last);
    worlds[same].run.release
}

fn pass(old: &Run, new: &Run, worlds: &[World<'_>], found: &mut Found) {
    let published = |run: &Run| run.published().is_some();
    if published(old) == published(new) {
        return;
    }
    let (severity, message) = if published(new) {
        (Severity::Note, "the pass publishes something, which it didn't")
    } else {
        (Severity::Error, "the pass publishes nothing any more")
    };
    found.add(Change {
        subject: Subject::Pass,
        severity,
        since: since(worlds, published),
        message: message.to_owned(),
        help: (!published(new)).then(|| format!("`ecsroute discover --traefik {}` shows on what it ends", new.release)),
        of: BTreeSet::new(),
    });
}

/// A container in the passes of several releases.
type Key = (Text, Text, String);

fn key(verdict: &Verdict) -> Key {
    let subject = &verdict.subject;
    (subject.cluster.clone(), subject.task_arn.clone(), subject.container_name().to_owned())
}

fn reasons(run: &Run) -> BTreeMap<Key, Option<&Reason>> {
    run.verdicts.iter().map(|verdict| (key(verdict), verdict.reason())).collect()
}

fn containers(worlds: &[World<'_>], found: &mut Found) {
    let all: Vec<BTreeMap<Key, Option<&Reason>>> = worlds.iter().map(|world| reasons(&world.run)).collect();
    let (Some(old), Some(new)) = (all.first(), all.last()) else { return };
    let id = |reason: Option<&Reason>| reason.map(Reason::id);
    for verdict in worlds.iter().rev().take(1).flat_map(|world| &world.run.verdicts) {
        let key = key(verdict);
        let (Some(&before), Some(&after)) = (old.get(&key), new.get(&key)) else { continue };
        if id(before) == id(after) {
            continue;
        }
        let same = |run: &BTreeMap<Key, Option<&Reason>>| run.get(&key).copied().map(id) == Some(id(after));
        let first = all.iter().rposition(|run| !same(run)).map_or(0, |at| at + 1);
        let (severity, message) = match (before, after) {
            (None, Some(reason)) => (Severity::Error, format!("not routed any more: {}", reason.sentence())),
            (Some(reason), None) => (Severity::Warning, format!("routed, which it wasn't: {}", reason.sentence())),
            (_, reason) => {
                (Severity::Note, format!("not routed for another reason: {}", id(reason).unwrap_or_default()))
            }
        };
        found.add(Change {
            subject: Subject::Container,
            severity,
            since: worlds[first].run.release,
            message,
            help: None,
            of: BTreeSet::from([verdict.name.to_string()]),
        });
    }
}

/// Elements that come, go or change, with fields and values that change alike told once.
fn elements(worlds: &[World<'_>], found: &mut Found) {
    let all: Vec<Map<String, Value>> = worlds.iter().map(|world| tree(&world.run)).collect();
    let (Some(old), Some(new)) = (all.first(), all.last()) else { return };
    for change in changes(old, new) {
        let kind = change.section.rsplit('.').next().unwrap_or_default().trim_end_matches('s');
        let place = format!("/{}/{}", change.section.replace('.', "/"), escaped(&change.name));
        let mut add = |severity, since, message| {
            let of = BTreeSet::from([format!("{} {}", change.section, change.name)]);
            found.add(Change { subject: Subject::Element, severity, since, message, help: None, of });
        };
        match &change.kind {
            ChangeKind::Added(_) => {
                add(Severity::Note, first(worlds, &all, &place), format!("a {kind} that wasn't there"));
            }
            ChangeKind::Removed(_) => {
                add(Severity::Warning, first(worlds, &all, &place), format!("the {kind} is gone"));
            }
            ChangeKind::Changed { fields, servers } => {
                for field in fields {
                    let path = format!("{place}/{}", field.path.replace('.', "/"));
                    add(severity(field), first(worlds, &all, &path), told(field));
                }
                if !servers.is_empty() {
                    let path = format!("{place}/loadBalancer/servers");
                    let (more, less) = (servers.added.len(), servers.removed.len());
                    let message = format!("the servers are others: {more} come, {less} go");
                    add(Severity::Warning, first(worlds, &all, &path), message);
                }
            }
        }
    }
}

/// What a release publishes, in Traefik's own form.
fn tree(run: &Run) -> Map<String, Value> {
    match run.configuration.json(run.release) {
        Value::Object(tree) => tree,
        _ => Map::new(),
    }
}

/// The first release from which on a place of the configuration is as it is in the last one.
fn first(worlds: &[World<'_>], all: &[Map<String, Value>], place: &str) -> Release {
    let seen = |tree: &Map<String, Value>| {
        let mut parts = place.trim_start_matches('/').splitn(2, '/');
        let section = tree.get(parts.next().unwrap_or_default())?;
        section.pointer(&format!("/{}", parts.next().unwrap_or_default())).cloned()
    };
    let last = all.last().and_then(seen);
    let at = all.iter().rposition(|tree| seen(tree) != last).map_or(0, |at| at + 1);
    worlds[at.min(worlds.len() - 1)].run.release
}

/// A name as a JSON pointer has it.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A field that is filled in where nothing was is a default of the later release, which shows what was so before.
fn severity(field: &FieldChange) -> Severity {
    if field.before.is_none() { Severity::Note } else { Severity::Warning }
}

fn told(field: &FieldChange) -> String {
    let path = &field.path;
    match (&field.before, &field.after) {
        (None, Some(after)) => format!("`{path}` is {after}, where nothing was"),
        (Some(before), None) => format!("`{path}` is gone; it was {before}"),
        (Some(before), Some(after)) => format!("`{path}` is {after}; it was {before}"),
        (None, None) => format!("`{path}` changes"),
    }
}
