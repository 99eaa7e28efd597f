//! What a pass costs in calls: ours, and what Traefik's own costs for the same fleet.
//!
//! Traefik asks one call at a time, for each cluster, page and task; the figures follow from the records alone, and
//! the reference answers prove them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use crate::model::{Action, ClusterRecords, Inventory, Release, Task, Text};
use crate::settings::Provider;

/// The most records that one call may name.
const BATCH: usize = 100;
/// Records on a page of `DescribeInstanceInformation`.
const SSM_PAGE: usize = 50;
/// How long Traefik remembers the definition of a task, in seconds.
const REMEMBERED_SECONDS: u64 = 30 * 60;
/// Calls a second of one action that one replica may make on average without being noticed: a tenth of what ECS
/// refills for reading in an account and region.
const UNNOTICED_RATE: u64 = 2;

/// Requests by action.
pub type Calls = BTreeMap<Action, u64>;

/// What reading a fleet costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// What this pass made, retries included.
    pub ours: Calls,
    /// What Traefik makes in its first pass.
    pub cold: Calls,
    /// What Traefik makes in each further pass, while it remembers every task's definition.
    pub refresh: Calls,
    /// Traefik's requests in an hour, of one replica at the set interval, without any deploy.
    pub hourly: u64,
    /// The set interval, in seconds.
    pub interval: u64,
    /// The shortest interval at which one replica goes unnoticed, in seconds.
    pub safe_interval: u64,
}

impl Cost {
    /// The cost of a pass of a release over these records.
    pub fn of(inventory: &Inventory, provider: &Provider, release: Release) -> Self {
        let mut cold = Calls::new();
        if provider.auto_discover_clusters {
            add(&mut cold, Action::ListClusters, inventory.clusters.len().div_ceil(BATCH).max(1));
        }
        let options = Options {
            healthy: provider.healthy_tasks_only && release >= Release::V3_0,
            external: provider.ecs_anywhere && release >= Release::V2_11,
        };
        for records in &inventory.clusters {
            options.cluster(records, &mut cold);
        }
        let mut refresh = cold.clone();
        let definitions = refresh.remove(&Action::DescribeTaskDefinition).unwrap_or_default();
        let interval = u64::try_from(provider.refresh_seconds).unwrap_or_default().max(1);
        let hourly = refresh.values().sum::<u64>() * 3600 / interval + definitions * 3600 / REMEMBERED_SECONDS;
        let busiest = refresh.values().copied().max().unwrap_or_default();
        Self {
            ours: inventory.calls.clone(),
            cold,
            refresh,
            hourly,
            interval,
            safe_interval: busiest.div_ceil(UNNOTICED_RATE).max(1),
        }
    }
}

/// The options that decide which calls are made.
struct Options {
    healthy: bool,
    external: bool,
}

impl Options {
    /// Adds what Traefik asks of one cluster.
    fn cluster(&self, records: &ClusterRecords, calls: &mut Calls) {
        let described = records.listed.iter().filter(|page| !page.is_empty()).count();
        add(calls, Action::ListTasks, records.listed.len().max(1));
        add(calls, Action::DescribeTasks, described);
        let kept =
            records.tasks.iter().filter(|task| !self.healthy || task.health_status.as_deref() == Some("HEALTHY"));
        // Traefik keeps tasks by their ARN.
        let mut seen = HashSet::new();
        let kept: Vec<&Task> = kept.map(|task| &**task).filter(|task| seen.insert(&task.task_arn)).collect();
        let instances: Vec<&Text> = kept.iter().filter_map(|task| task.container_instance_arn.as_ref()).collect();
        let times = if self.external { 2 } else { 1 };
        add(calls, Action::DescribeContainerInstances, instances.len().div_ceil(BATCH) * times);
        let (external, machines): (Vec<&Text>, Vec<&Text>) =
            machines(records, &instances).into_iter().partition(|id| id.starts_with("mi-"));
        add(calls, Action::DescribeInstances, machines.len().div_ceil(BATCH));
        if self.external {
            let pages = external.chunks(BATCH).map(|ids| distinct(ids).div_ceil(SSM_PAGE).max(1)).sum();
            add(calls, Action::DescribeInstanceInformation, pages);
        }
        add(calls, Action::DescribeTaskDefinition, kept.len());
    }
}

/// The machines that Traefik collects: once for each batch of container instances that names them.
fn machines<'a>(records: &'a ClusterRecords, instances: &[&Text]) -> Vec<&'a Text> {
    let mut ids = Vec::new();
    for batch in instances.chunks(BATCH) {
        let mut seen = HashSet::new();
        let known =
            batch.iter().filter(|arn| seen.insert(**arn)).filter_map(|arn| records.container_instances.get(*arn));
        ids.extend(known.filter_map(|known| known.ec2_instance_id.as_ref()));
    }
    ids
}

fn distinct(ids: &[&Text]) -> usize {
    ids.iter().collect::<HashSet<_>>().len()
}

fn add(calls: &mut Calls, action: Action, number: usize) {
    if number > 0 {
        *calls.entry(action).or_default() += number as u64;
    }
}

impl fmt::Display for Cost {
    /// A table of calls, and the figures below it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |calls: &Calls, action: Action| calls.get(&action).copied().unwrap_or_default();
        writeln!(f, "{:<34} {:>8} {:>13} {:>17}", "call", "ecsroute", "Traefik, cold", "Traefik, refresh")?;
        for action in Action::ALL {
            let figures = [&self.ours, &self.cold, &self.refresh].map(|calls| of(calls, action));
            if figures.iter().any(|figure| *figure > 0) {
                writeln!(f, "{:<34} {:>8} {:>13} {:>17}", action.iam(), figures[0], figures[1], figures[2])?;
            }
        }
        let sum = |calls: &Calls| calls.values().sum::<u64>();
        writeln!(f, "{:<34} {:>8} {:>13} {:>17}", "all", sum(&self.ours), sum(&self.cold), sum(&self.refresh))?;
        writeln!(f, "A replaced task costs each replica of Traefik one more ecs:DescribeTaskDefinition.")?;
        writeln!(f, "Each replica makes {} calls an hour at refreshSeconds={}.", self.hourly, self.interval)?;
        let advice = if self.interval < self.safe_interval { "too short for this fleet" } else { "safe" };
        write!(f, "Safe is an interval of {} seconds or more: yours is {advice}.", self.safe_interval)
    }
}
