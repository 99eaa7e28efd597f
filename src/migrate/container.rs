//! The labels of one container.

use std::collections::{BTreeMap, BTreeSet};

use super::generation::{Rules, migrate_rules};
use super::note::{Note, Said};
use super::options::Unit;
use super::verify::Before;
use super::{Migrated, has_v1_labels, is_v1};
use crate::v1::labels::{Labels, Reader};
use crate::v1::{normalize, segments};

/// What is known of a container besides its labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// What routers and services are named after: unique in the fleet, such as family and container.
    pub name: String,
    /// The host of the default rule without its domain, where the task's group is known: `service-api-web`.
    pub default_host: Option<String>,
    /// The ports that its definition maps, in their order, where that is known.
    pub ports: Option<Vec<Mapping>>,
    /// The domain that the settings name for default rules.
    pub domain: String,
    /// Which language rules of v2 or v3 are in, where they don't say it.
    pub rules: Rules,
    /// Entry points by name, where a static configuration is known.
    pub entry_points: BTreeMap<String, EntryPoint>,
}

/// A port of a container, and that of its host: 0 where the host chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mapping {
    /// The container's.
    pub container: i64,
    /// The host's.
    pub host: i64,
}

impl Container {
    /// A container of a family, whose tasks have this group where it is known. Then it is named as v1 names its
    /// service, so that definitions that serve one keep serving one; else after family and container, once where both
    /// are the same.
    pub fn new(family: &str, container: &str, group: Option<&str>, base: &Self) -> Self {
        let of_group = group.map(|group| format!("{}-{container}", group.replacen(':', "-", 1)));
        let name = match &of_group {
            Some(name) => name.clone(),
            None if family == container || family.is_empty() => container.to_owned(),
            None => format!("{family}-{container}"),
        };
        Self { name, default_host: of_group.map(|name| name.replace('_', "-").to_lowercase()), ..base.clone() }
    }

    /// Whether v3's default rule would name another host than v1's: names with dots, spaces or two `-` in a row.
    pub fn needs_rule(&self) -> bool {
        self.default_host.as_ref().is_some_and(|host| *host != normalize(host))
    }

    /// Whether it has labels of v1, or needs some where it had none.
    pub fn is_concerned(&self, labels: &Labels) -> bool {
        has_v1_labels(labels.keys().map(String::as_str)) || self.needs_rule()
    }
}

/// Where an entry point listens, as far as redirections to it go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPoint {
    /// Its port.
    pub port: String,
    /// `https` where it has TLS, else `http`.
    pub scheme: &'static str,
}

impl EntryPoint {
    /// That of https.
    pub fn https() -> Self {
        Self { port: "443".to_owned(), scheme: "https" }
    }

    /// The port that a URL need not name.
    pub(super) fn usual_port(scheme: &str) -> &'static str {
        if scheme == "https" { "443" } else { "80" }
    }
}

/// Puts v3 labels in the place of v1's. Each of those is part of the result, or told.
pub fn migrate_labels(container: &Container, labels: &Labels) -> Migrated {
    let mut migrated = replaced(container, labels);
    let idle: Vec<Note> =
        labels.iter().filter_map(|(label, value)| idle(container, labels, label, value, &migrated)).collect();
    migrated.notes.extend(idle);
    migrated.notes.sort();
    migrated
}

/// What to say of a label that is gone, has nothing said of it, and without which all would be the same.
fn idle(container: &Container, labels: &Labels, label: &str, value: &str, migrated: &Migrated) -> Option<Note> {
    let is_told = migrated.notes.iter().any(|note| note.label == label);
    if is_told || !is_v1(label) || migrated.labels.contains_key(label) || migrated.carried.contains(label) {
        return None;
    }
    let mut without = labels.clone();
    without.remove(label);
    let said = Said::NoEffect("all is the same without it: it says what holds anyway".to_owned());
    let same = replaced(container, &without).labels == migrated.labels;
    same.then(|| Note { label: label.to_owned(), value: value.to_owned(), said })
}

fn replaced(container: &Container, labels: &Labels) -> Migrated {
    let mut migrated = Migrated::default();
    let (old, other): (Labels, Labels) = labels.clone().into_iter().partition(|(label, _)| is_v1(label));
    migrated.labels.extend(other);
    let mut told = BTreeSet::new();
    misspelt(&mut migrated.labels, &mut told);
    migrate_rules(&mut migrated.labels, container.rules, &mut told);
    let added = migrated.labels.keys().filter(|label| !labels.contains_key(*label));
    let of_rule = |label: &String| {
        let rule = format!("{}.rule", label.rsplit_once('.')?.0);
        Some((label.clone(), labels.keys().find(|known| known.eq_ignore_ascii_case(&rule))?.clone()))
    };
    migrated.sources = added.filter_map(of_rule).collect();
    let routed = container.is_concerned(&old);
    for (segment, own) in segments(&old).into_iter().filter(|_| routed) {
        let mut unit = Unit::new(container, &segment, &own);
        unit.migrate();
        told.extend(unit.notes.into_iter().map(|note| in_segment(note, &segment, &old)));
        migrated
            .carried
            .extend(unit.used.iter().map(|label| written(label, &segment, &old).unwrap_or_else(|| label.clone())));
        for (label, source) in unit.sources {
            let source = written(&source, &segment, &old).unwrap_or(source);
            migrated.sources.entry(label).or_insert(source);
        }
        for (label, value) in unit.labels {
            told.extend(differs(&migrated.labels, &label, &value, &segment));
            migrated.labels.entry(label).or_insert(value);
        }
    }
    shared(container, &old, &mut migrated.labels, &mut told);
    migrated.sources.extend(old.get("traefik.tags").map(|_| ("tags".to_owned(), "traefik.tags".to_owned())));
    migrated.notes = told.into_iter().collect();
    migrated
}

/// v1's labels begin with `traefik.` to the letter; v3 reads any case.
fn misspelt(labels: &mut Labels, told: &mut BTreeSet<Note>) {
    let reads = |label: &str| label.to_ascii_lowercase().starts_with("traefik.") && !label.starts_with("traefik.");
    let read: Vec<String> = labels.keys().filter(|label| reads(label)).cloned().collect();
    for label in read.into_iter().filter(|label| is_v1(&label.to_ascii_lowercase())) {
        let value = labels.remove(&label).unwrap_or_default();
        let said =
            Said::NoEffect("v1 reads only names that begin with `traefik.`; v3 would read it in any case".to_owned());
        told.insert(Note { label, value, said });
    }
}

/// Segments that share a backend share one service, which is as the first says; so it was.
fn differs(known: &Labels, label: &str, value: &str, segment: &str) -> Option<Note> {
    let first = known.get(label).filter(|first| *first != value)?;
    Some(Note {
        label: format!("traefik.{segment}.backend"),
        value: segment.to_owned(),
        said: Said::Changed(format!("the segment's service is another segment's too, where `{label}` is `{first}`")),
    })
}

/// What a container's labels are to v1: a frontend for each segment, named as its router is, with its service's name for
/// servers. One without a rule whose default isn't known is left out.
pub fn units(container: &Container, labels: &Labels) -> Vec<Before> {
    let old: Labels = labels.clone().into_iter().filter(|(label, _)| is_v1(label)).collect();
    segments(&old).iter().filter_map(|(segment, own)| Unit::new(container, segment, own).before()).collect()
}

/// A note about a segment's label names the label as it was written.
fn in_segment(note: Note, segment: &str, labels: &Labels) -> Note {
    Note { label: written(&note.label, segment, labels).unwrap_or(note.label), ..note }
}

/// A segment's label as it was written, where it is not the whole container's.
fn written(label: &str, segment: &str, labels: &Labels) -> Option<String> {
    let full = label.replacen("traefik.", &format!("traefik.{segment}."), 1);
    (!segment.is_empty() && labels.contains_key(&full)).then_some(full)
}

/// The label that has the longest beginning in common with another; of several the first.
pub(super) fn nearest<'l>(labels: impl Iterator<Item = &'l String>, label: &str) -> Option<&'l String> {
    let common = |one: &str| one.bytes().zip(label.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    labels.min_by_key(|one| std::cmp::Reverse(common(one)))
}

/// Labels of the container as a whole.
fn shared(container: &Container, old: &Labels, labels: &mut Labels, told: &mut BTreeSet<Note>) {
    let routed = container.is_concerned(old);
    let reader = Reader::new(old);
    if let Some(value) = old.get("traefik.enable") {
        match crate::golang::strconv::parse_bool(value) {
            Ok(enabled) => {
                labels.insert("traefik.enable".to_owned(), enabled.to_string());
            }
            Err(_) => {
                told.insert(Note {
                    label: "traefik.enable".to_owned(),
                    value: value.clone(),
                    said: Said::NoEffect(
                        "v1 can't read it and follows `exposedByDefault`; v3 would refuse it".to_owned(),
                    ),
                });
            }
        }
    }
    if routed && container.ports.as_ref().is_some_and(Vec::is_empty) && reader.filled("traefik.port").is_none() {
        labels.insert("traefik.enable".to_owned(), "false".to_owned());
        let reason = "v1 passes over a container without ports that has no `traefik.port` for the whole of it; v3 would \
                      take the port of a segment, so it is disabled: remove that to have it routed";
        told.insert(Note {
            label: "traefik.port".to_owned(),
            value: String::new(),
            said: Said::ByHand(reason.to_owned()),
        });
    }
    let tags = reader.list("traefik.tags").join(",");
    if tags.is_empty() {
        return;
    }
    let reason = match labels.get("tags").filter(|own| **own != tags) {
        Some(_) => Said::ByHand(format!(
            "the container has a label `tags` of its own, which the migrated constraints look at: put `{tags}` into it"
        )),
        None => Said::Changed(
            "v3 would refuse it as an unknown option, so it is the label `tags` now, which the migrated constraints \
             look at"
                .to_owned(),
        ),
    };
    labels.entry("tags".to_owned()).or_insert_with(|| tags.clone());
    told.insert(Note { label: "traefik.tags".to_owned(), value: tags, said: reason });
}

/// A name of a router or service: letters, digits and `-`.
pub(super) fn name(parts: &[&str]) -> String {
    normalize(&parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("-"))
}
