//! Rewrites what was written for Traefik 1.7 for 3.7: labels and rules.
//!
//! Nothing is dropped in silence: what has no equivalent, what changes its meaning and what never had an effect is
//! told, each with its label and the reason. It decides nothing about requests; whether both give the same is
//! for a comparison of what they route.

mod container;
mod difference;
pub mod document;
mod fleet;
mod generation;
mod note;
mod options;
mod rule;
mod static_file;
mod table;
pub mod verify;

use std::collections::{BTreeMap, BTreeSet};

pub use container::{Container, EntryPoint, Mapping, migrate_labels, units};
pub use difference::Difference;
pub use fleet::{FleetContainer, migrate_definition, migrate_inventory};
pub use generation::Rules;
pub use note::{Note, Said};
pub use rule::{Middleware, MigratedRule, migrate_rule};
pub use static_file::{MigratedSettings, Tree, migrate_provider, migrate_settings};

/// Labels of v3 that take the place of a container's v1 labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// All labels of the container: those that aren't Traefik's as they were.
    pub labels: BTreeMap<String, String>,
    /// What is to be known, in the order of labels.
    pub notes: Vec<Note>,
    /// The label that each new one comes from, where it is one's.
    pub sources: BTreeMap<String, String>,
    /// Old labels that became new ones by themselves.
    pub carried: BTreeSet<String>,
}

/// Whether any of these labels is one of v1's: one that v3 would refuse or read otherwise.
pub fn has_v1_labels<'l>(labels: impl IntoIterator<Item = &'l str>) -> bool {
    labels.into_iter().any(|label| label != "traefik.enable" && is_v1(label))
}

/// Whether a label is for v1. `traefik.http.port` is, for a segment of that name.
fn is_v1(label: &str) -> bool {
    const LATER: [(&str, &[&str]); 4] = [
        ("http", &["routers", "services", "middlewares", "serverstransports", "models"]),
        ("tcp", &["routers", "services", "middlewares", "serverstransports", "models"]),
        ("udp", &["routers", "services"]),
        ("tls", &["options", "stores", "certificates"]),
    ];
    let Some(rest) = label.strip_prefix("traefik.") else { return false };
    let rest = rest.to_ascii_lowercase();
    let (first, rest) = rest.split_once('.').unwrap_or((&rest, ""));
    let second = rest.split(['.', '[']).next().unwrap_or_default();
    !LATER.iter().any(|(protocol, sections)| *protocol == first && sections.contains(&second))
}
