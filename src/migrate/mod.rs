//! Rewrites what was written for Traefik 1.7 for 3.7: labels and rules.
//!
//! Nothing is dropped in silence: what has no equivalent, what changes its meaning and what never had an effect is
//! told, each with its label and the reason. It decides nothing about requests; whether both give the same is
//! for a comparison of what they route.

mod container;
pub mod document;
mod note;
mod options;
mod rule;
mod static_file;
mod table;

use std::collections::BTreeMap;

pub use container::{Container, migrate_labels};
pub use note::{Note, Said};
pub use rule::{Difference, Middleware, MigratedRule, migrate_rule};
pub use static_file::{MigratedSettings, migrate_settings};

/// Labels of v3 that take the place of a container's v1 labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrated {
    /// All labels of the container: those that aren't Traefik's as they were.
    pub labels: BTreeMap<String, String>,
    /// What is to be known, in the order of labels.
    pub notes: Vec<Note>,
}

/// Whether any of these labels is one of v1's: one that v3 would refuse or read otherwise.
pub fn has_v1_labels<'l>(labels: impl IntoIterator<Item = &'l str>) -> bool {
    const LATER: [&str; 4] = ["traefik.http.", "traefik.tcp.", "traefik.udp.", "traefik.tls."];
    labels.into_iter().any(|label| {
        label.starts_with("traefik.")
            && label != "traefik.enable"
            && !LATER.iter().any(|prefix| label.to_ascii_lowercase().starts_with(prefix))
    })
}
