//! One whole pass, as one value.

use super::conflict::Conflict;
use super::ending::Ending;
use super::log::LogLine;
use super::verdict::Verdict;
use crate::dynamic::Configuration;
use crate::model::{Inventory, Release};
use crate::settings::Provider;

/// One whole pass: what went in, what became of it, and what comes out. Every command reads this.
#[derive(Debug, Clone)]
pub struct Run {
    /// What the provider is set to.
    pub settings: Provider,
    /// Whose behaviour this is.
    pub release: Release,
    /// The records that the pass read.
    pub inventory: Inventory,
    /// Whether the pass publishes anything.
    pub ending: Ending,
    /// One for each container, in the order of clusters, tasks and containers.
    pub verdicts: Vec<Verdict>,
    /// What the records come to. It is published only where [`ending`](Self::ending) says so.
    pub configuration: Configuration,
    /// The elements that containers define differently, in the order of sections and names.
    pub conflicts: Vec<Conflict>,
    /// What Traefik would log, in an order of our own: its true order depends on the order of maps.
    pub log: Vec<LogLine>,
}

impl Run {
    /// The configuration that Traefik publishes, if it publishes any.
    pub fn published(&self) -> Option<&Configuration> {
        self.ending.is_published().then_some(&self.configuration)
    }

    /// Containers that are routed.
    pub fn routed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.is_routed())
    }

    /// Containers that aren't.
    pub fn skipped(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| !verdict.is_routed())
    }
}
