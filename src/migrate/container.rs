//! The labels of one container.

use std::collections::{BTreeMap, BTreeSet};

use super::note::{Note, Said};
use super::options::Unit;
use super::{Migrated, has_v1_labels};
use crate::v1::labels::{Labels, Reader};
use crate::v1::{normalize, segments};

/// What is known of a container besides its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// What routers and services are named after: unique in the fleet, such as family and container.
    pub name: String,
    /// The host of the default rule with its domain, where group and settings are known: `service-api-web.example.com`.
    pub default_host: Option<String>,
    /// Addresses of entry points by name, where a static configuration is known: `:443`.
    pub entry_points: BTreeMap<String, String>,
}

/// Puts v3 labels in the place of v1's.
pub fn migrate_labels(container: &Container, labels: &Labels) -> Migrated {
    if !has_v1_labels(labels.keys().map(String::as_str)) {
        return Migrated { labels: labels.clone(), notes: Vec::new() };
    }
    let mut migrated = Migrated::default();
    let (old, other): (Labels, Labels) =
        labels.clone().into_iter().partition(|(label, _)| label.starts_with("traefik."));
    migrated.labels.extend(other);
    let mut told = BTreeSet::new();
    for (segment, own) in segments(&old) {
        let mut unit = Unit::new(container, &segment, &own);
        unit.migrate();
        migrated.labels.extend(unit.labels);
        told.extend(unit.notes.into_iter().map(|note| in_segment(note, &segment, &old)));
    }
    shared(&old, &mut migrated.labels, &mut told);
    migrated.notes = told.into_iter().collect();
    migrated
}

/// A note about a segment's label names the label as it was written.
fn in_segment(mut note: Note, segment: &str, written: &Labels) -> Note {
    let full = note.label.replacen("traefik.", &format!("traefik.{segment}."), 1);
    if !segment.is_empty() && written.contains_key(&full) {
        note.label = full;
    }
    note
}

/// Labels of the container as a whole.
fn shared(old: &Labels, labels: &mut BTreeMap<String, String>, told: &mut BTreeSet<Note>) {
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
    let tags = reader.list("traefik.tags");
    if !tags.is_empty() {
        labels.insert("tags".to_owned(), tags.join(","));
        told.insert(Note {
            label: "traefik.tags".to_owned(),
            value: tags.join(","),
            said: Said::Changed(
                "v3 would refuse it as an unknown option, so it is the label `tags` now, which the migrated \
                 constraints look at"
                    .to_owned(),
            ),
        });
    }
}

/// A name of a router or service: letters, digits and `-`.
pub(super) fn name(parts: &[&str]) -> String {
    normalize(&parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("-"))
}
