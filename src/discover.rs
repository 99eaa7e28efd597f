//! Which calls a pass makes, in which order and batches, and which failures it survives.
//!
//! Far fewer calls than Traefik's own pass, for the same records: each container instance, machine and revision of a
//! task definition is asked for once. It goes on after a failure, for what can still be learnt; Traefik would not.
//! Failures stand in the order in which Traefik would have met them, so the first fatal one is the one that ends its
//! pass. Whether a record is kept is not decided here.

mod progress;
mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream;

use crate::model::{Action, CallError, ClusterRecords, Inventory, PassNote, Seen, Task, Text, codes};
use crate::source::{Answer, Page, Source};

pub use progress::{Phase, Progress, Unwatched};
pub use scope::{Clusters, Scope, Tasks};

/// The most records that one call may name, in every API that is used here.
const BATCH: usize = 100;

/// When Traefik would have made a call: the cluster's place in the search, then the stage, then the batch.
type Moment = (usize, Stage, usize);

/// What Traefik does for one cluster, in order. It describes each page of tasks before it asks for the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Tasks,
    ContainerInstances,
    Machines,
    External,
    Definitions,
}

/// Reads everything that is in scope.
pub async fn run(source: &impl Source, scope: &Scope, progress: &dyn Progress) -> Inventory {
    let mut pass = Pass { source, scope, progress, inventory: Inventory::default(), errors: Vec::new(), first: None };
    pass.inventory.region = source.region();
    if let Some(clusters) = pass.clusters().await {
        pass.inventory.notes.push(PassNote::Clusters(clusters.clone()));
        pass.inventory.clusters =
            clusters.into_iter().map(|cluster| ClusterRecords { cluster, ..ClusterRecords::default() }).collect();
        pass.list_tasks().await;
        pass.describe_tasks().await;
        let asked = pass.asked();
        pass.describe_container_instances(&asked).await;
        pass.describe_machines().await;
        if scope.external {
            pass.describe_external().await;
        }
        pass.describe_definitions(&asked).await;
    }
    pass.finish()
}

/// Reads everything that is in scope from a source that never waits, such as a snapshot.
pub fn run_ready(source: &impl Source, scope: &Scope) -> Inventory {
    ready(run(source, scope, &Unwatched))
}

/// The clusters there are, by ARN. No part of a pass that names its clusters.
///
/// # Errors
/// When they may not be listed, or the listing fails.
pub async fn cluster_names(source: &impl Source) -> Answer<Vec<Text>> {
    let (pages, failure) = pages(Action::ListClusters, |token| source.list_clusters(token)).await;
    failure.map_or_else(|| Ok(pages.into_iter().flatten().collect()), Err)
}

/// What a future comes to that never waits.
pub fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        // Streams of many calls pause now and then so that others may run; there are no others.
        if let std::task::Poll::Ready(outcome) = future.as_mut().poll(&mut context) {
            return outcome;
        }
    }
}

/// A pass under way.
struct Pass<'a, S> {
    source: &'a S,
    scope: &'a Scope,
    progress: &'a dyn Progress,
    inventory: Inventory,
    errors: Vec<(Moment, CallError)>,
    /// A failure before any cluster is known.
    first: Option<CallError>,
}

impl<S: Source> Pass<'_, S> {
    /// The clusters to search; none where they could not be listed.
    async fn clusters(&mut self) -> Option<Vec<Text>> {
        match &self.scope.clusters {
            Clusters::Named(named) => Some(named.clone()),
            Clusters::Discovered => {
                self.progress.begin(Phase::Clusters, 1);
                let (pages, failure) = pages(Action::ListClusters, |token| self.source.list_clusters(token)).await;
                self.progress.step();
                self.first = failure;
                self.first.is_none().then(|| pages.into_iter().flatten().collect())
            }
        }
    }

    async fn list_tasks(&mut self) {
        let source = self.source;
        let clusters: Vec<Text> = self.inventory.clusters.iter().map(|records| records.cluster.clone()).collect();
        let listed = self
            .each(Phase::Listing, clusters, |cluster| async move {
                pages(Action::ListTasks, |token| source.list_tasks(&cluster, token)).await
            })
            .await;
        for (at, (pages, failure)) in listed.into_iter().enumerate() {
            if let Some(error) = failure {
                let cluster = self.inventory.clusters[at].cluster.clone();
                self.errors.push(((at, Stage::Tasks, pages.len() * 2), error.in_cluster(&cluster)));
            }
            self.inventory.clusters[at].listed = pages;
        }
    }

    /// One call for each page of the listing: what a failure loses is what it loses for Traefik.
    async fn describe_tasks(&mut self) {
        let mut calls = Vec::new();
        for (at, records) in self.inventory.clusters.iter().enumerate() {
            for (number, page) in records.listed.iter().enumerate().filter(|(_, page)| !page.is_empty()) {
                calls.push((at, number, records.cluster.clone(), page.clone()));
            }
        }
        let source = self.source;
        let answers = self
            .each(Phase::Tasks, calls, |(at, number, cluster, page)| async move {
                (at, number, source.describe_tasks(&cluster, &page).await)
            })
            .await;
        for (at, number, answer) in answers {
            match answer {
                Ok(described) => {
                    self.inventory.clusters[at].tasks.extend(described.records);
                    self.inventory.missing.extend(described.missing);
                }
                Err(error) => self.errors.push(((at, Stage::Tasks, number * 2 + 1), error)),
            }
        }
    }

    /// The tasks whose instances and definitions are asked for, each with its cluster's place.
    fn asked(&self) -> Vec<(usize, Arc<Task>)> {
        let wanted = |task: &&Arc<Task>| match self.scope.tasks {
            Tasks::All => true,
            Tasks::Healthy => task.health_status.as_deref() == Some("HEALTHY"),
            Tasks::Running => task.last_status.as_deref() == Some("RUNNING"),
        };
        let clusters = self.inventory.clusters.iter().enumerate();
        clusters
            .flat_map(|(at, records)| records.tasks.iter().filter(wanted).map(move |task| (at, task.clone())))
            .collect()
    }

    async fn describe_container_instances(&mut self, asked: &[(usize, Arc<Task>)]) {
        let mut seen = Seen::default();
        let mut arns: BTreeMap<usize, Vec<Text>> = BTreeMap::new();
        for (at, task) in asked {
            if let Some(arn) = task.container_instance_arn.as_ref().filter(|arn| seen.insert((*at, (*arn).clone()))) {
                arns.entry(*at).or_default().push(arn.clone());
            }
        }
        let mut calls = Vec::new();
        for (at, arns) in arns {
            let cluster = self.inventory.clusters[at].cluster.clone();
            calls.extend(
                arns.chunks(BATCH).enumerate().map(|(batch, arns)| (at, batch, cluster.clone(), arns.to_vec())),
            );
        }
        let source = self.source;
        let answers = self
            .each(Phase::ContainerInstances, calls, |(at, batch, cluster, arns)| async move {
                (at, batch, source.describe_container_instances(&cluster, &arns).await)
            })
            .await;
        for (at, batch, answer) in answers {
            match answer {
                Ok(described) => {
                    let records = described.records.into_iter();
                    let known = &mut self.inventory.clusters[at].container_instances;
                    known.extend(records.map(|record| (record.container_instance_arn.clone(), record)));
                    self.inventory.missing.extend(described.missing);
                }
                Err(error) => self.errors.push(((at, Stage::ContainerInstances, batch), error)),
            }
        }
    }

    /// Machines of EC2, never an external one, unless the scope says so: its id fails the whole call.
    async fn describe_machines(&mut self) {
        let batches = self.machines(|id| self.scope.external_of_ec2 || !is_external(id));
        let source = self.source;
        let answers = self
            .each(Phase::Machines, batches, |(moment, ids)| async move {
                let read = pages(Action::DescribeInstances, |token| source.describe_instances(&ids, token)).await;
                (moment, read)
            })
            .await;
        for ((at, batch), (pages, failure)) in answers {
            let instances = pages.into_iter().flatten();
            self.inventory.ec2_instances.extend(instances.map(|known| (known.instance_id.clone(), known)));
            self.errors.extend(failure.map(|error| ((at, Stage::Machines, batch), error)));
        }
    }

    async fn describe_external(&mut self) {
        let batches = self.machines(is_external);
        let source = self.source;
        let answers = self
            .each(Phase::External, batches, |(moment, ids)| async move {
                let ask = |token| source.describe_instance_information(&ids, token);
                (moment, pages(Action::DescribeInstanceInformation, ask).await)
            })
            .await;
        for ((at, batch), (pages, failure)) in answers {
            let instances = pages.into_iter().flatten();
            self.inventory.ssm_instances.extend(instances.map(|known| (known.instance_id.clone(), known)));
            self.errors.extend(failure.map(|error| ((at, Stage::External, batch), error)));
        }
    }

    /// The machines behind container instances, each once, in batches; each batch with the place of the first cluster
    /// that needs it.
    fn machines(&self, wanted: impl Fn(&str) -> bool) -> Vec<((usize, usize), Vec<Text>)> {
        let mut seen = Seen::default();
        let mut ids = Vec::new();
        for (at, records) in self.inventory.clusters.iter().enumerate() {
            let named = records.container_instances.values().filter_map(|known| known.ec2_instance_id.as_ref());
            for id in named.filter(|id| wanted(id)) {
                if seen.insert(id) {
                    ids.push((at, id.clone()));
                }
            }
        }
        let batches = ids.chunks(BATCH).enumerate();
        batches.map(|(batch, ids)| ((ids[0].0, batch), ids.iter().map(|(_, id)| id.clone()).collect())).collect()
    }

    /// Each revision once, however many tasks run it.
    async fn describe_definitions(&mut self, asked: &[(usize, Arc<Task>)]) {
        let mut seen = Seen::default();
        let calls: Vec<_> = asked
            .iter()
            .filter(|(_, task)| seen.insert(task.task_definition_arn.clone()))
            .enumerate()
            .map(|(number, (at, task))| (*at, number, task.task_definition_arn.clone()))
            .collect();
        let source = self.source;
        let answers = self
            .each(Phase::Definitions, calls, |(at, number, arn)| async move {
                let answer = source.describe_task_definition(&arn).await;
                (at, number, arn, answer)
            })
            .await;
        for (at, number, arn, answer) in answers {
            match answer {
                Ok(definition) => {
                    self.inventory.task_definitions.insert(arn, definition);
                }
                Err(error) => self.errors.push(((at, Stage::Definitions, number), error)),
            }
        }
    }

    /// Runs the steps of a phase, as many at once as may be, and gives their outcomes in their order.
    async fn each<T, R, F: Future<Output = R>>(&self, phase: Phase, steps: Vec<T>, ask: impl Fn(T) -> F) -> Vec<R> {
        if steps.is_empty() {
            return Vec::new();
        }
        self.progress.begin(phase, steps.len());
        stream::iter(steps)
            .map(ask)
            .buffered(self.scope.concurrency.max(1))
            .inspect(|_| self.progress.step())
            .collect()
            .await
    }

    fn finish(mut self) -> Inventory {
        self.errors.sort_by_key(|(moment, _)| *moment);
        self.inventory.errors = self.first.into_iter().chain(self.errors.into_iter().map(|(_, error)| error)).collect();
        self.inventory.calls = self.source.calls();
        self.inventory
    }
}

/// Reads page after page; what was read before a failure is kept.
async fn pages<T, F>(action: Action, ask: impl Fn(Option<Text>) -> F) -> (Vec<Vec<T>>, Option<CallError>)
where
    F: Future<Output = Answer<Page<T>>>,
{
    let mut read = Vec::new();
    let mut seen = BTreeSet::new();
    let mut token = None;
    loop {
        let page = match ask(token).await {
            Ok(page) => page,
            Err(error) => return (read, Some(error)),
        };
        read.push(page.items);
        let Some(next) = page.next else { return (read, None) };
        if !seen.insert(next.clone()) {
            let message = "a page names as the next one a page that was there before, so the listing never ends";
            return (read, Some(CallError::new(action, codes::REPEATED_PAGE, message)));
        }
        token = Some(next);
    }
}

/// Whether it is the id of an external instance, which SSM knows and EC2 does not.
fn is_external(id: &str) -> bool {
    id.starts_with("mi-")
}
