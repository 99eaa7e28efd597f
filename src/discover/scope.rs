//! What a pass asks for, as the settings and the release have it.

use crate::model::{Release, Text};
use crate::settings::Provider;

/// What a pass asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Which clusters are searched.
    pub clusters: Clusters,
    /// Which tasks' instances and definitions are asked for.
    pub tasks: Tasks,
    /// Whether SSM is asked for external instances.
    pub external: bool,
    /// Whether EC2 is asked for external instances, which it refuses: v1 knows of no others.
    pub external_of_ec2: bool,
    /// How many calls may be under way at once, at least 1; with 1 they come in Traefik's order within each action.
    pub concurrency: usize,
}

/// Which clusters are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clusters {
    /// These, by name or ARN.
    Named(Vec<Text>),
    /// Every one that `ListClusters` gives.
    Discovered,
}

/// Which tasks' instances and definitions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tasks {
    /// Those of every task.
    All,
    /// Those of `HEALTHY` tasks alone: Traefik looks no further at the others.
    Healthy,
    /// Those of tasks that are `RUNNING`: v1 looks no further at the others.
    Running,
}

impl Scope {
    /// What a release of Traefik needs for one pass, one call at a time.
    pub fn new(provider: &Provider, release: Release) -> Self {
        let knows = |since: Release| release >= since;
        let healthy = provider.healthy_tasks_only && knows(Release::V3_0);
        Self {
            clusters: if provider.auto_discover_clusters {
                Clusters::Discovered
            } else {
                Clusters::Named(provider.clusters.clone())
            },
            tasks: match release {
                Release::V1_7 => Tasks::Running,
                _ if healthy => Tasks::Healthy,
                _ => Tasks::All,
            },
            external: provider.ecs_anywhere && knows(Release::V2_11),
            external_of_ec2: !knows(Release::V2_11),
            concurrency: 1,
        }
    }

    /// The same, asking also for what only another setting would need: every task's records, and SSM's.
    #[must_use]
    pub fn for_every_setting(mut self) -> Self {
        self.tasks = Tasks::All;
        self.external = true;
        self
    }

    /// The same, with this many calls under way at once.
    #[must_use]
    pub fn concurrently(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }
}
