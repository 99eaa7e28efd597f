//! Where records come from: live AWS, or a recorded snapshot.
//!
//! A source answers one AWS call at a time and says what AWS says: facts, or the call's failure. It does not know why
//! it is asked; which calls a pass makes is `discover`'s business, and what becomes of a record the pipeline's.

pub mod live;
mod masking;
mod page_sizes;
mod recording;
mod region;
mod remembering;
mod snapshot;
mod snapshot_error;
mod snapshot_source;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

pub use masking::Environment;
pub use page_sizes::PageSizes;
pub use recording::Recording;
pub use region::{RegionOrigin, resolve_region};
pub use remembering::{KnownDefinitions, Remembering};
pub use snapshot::{RecordedError, RecordedFailure, Snapshot};
pub use snapshot_error::{SnapshotError, offset_of};
pub use snapshot_source::SnapshotSource;

use crate::model::{
    Action, CallError, ContainerInstance, Ec2Instance, MissingRecord, SsmInstance, Task, TaskDefinition, Text,
};

/// The fleet that is built into the program, in the form of a snapshot.
pub const DEMO: &str = include_str!("source/demo.json");

/// Traefik's static configuration of the demo.
pub const DEMO_SETTINGS: &str = include_str!("source/demo.yml");

/// What a call comes to: its answer, or its failure once every attempt is used up.
pub type Answer<T> = Result<T, CallError>;

/// One page of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it, in AWS's order.
    pub items: Vec<T>,
    /// The token of the next page; `None` on the last.
    pub next: Option<Text>,
}

/// The answer to a request for records by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described<T> {
    /// The records that AWS has, in its order.
    pub records: Vec<T>,
    /// What it reports under `failures`.
    pub missing: Vec<MissingRecord>,
}

/// One method for each action that a pass needs.
///
/// A method is one call: it is repeated inside where AWS throttles or fails, never paged or split. Every request that
/// leaves, retries included, counts in [`Source::calls`].
pub trait Source: Sync {
    /// The region that requests are signed for, where one is known.
    fn region(&self) -> Option<Text>;

    /// Requests made so far, for each action.
    fn calls(&self) -> BTreeMap<Action, u64>;

    /// [`Action::ListClusters`]: ARNs of clusters.
    fn list_clusters(&self, token: Option<Text>) -> impl Future<Output = Answer<Page<Text>>> + Send;

    /// [`Action::ListTasks`]: ARNs of a cluster's tasks that are meant to run.
    fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> impl Future<Output = Answer<Page<Text>>> + Send;

    /// [`Action::DescribeTasks`]: up to 100 tasks.
    fn describe_tasks(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> impl Future<Output = Answer<Described<Arc<Task>>>> + Send;

    /// [`Action::DescribeContainerInstances`]: up to 100 container instances.
    fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> impl Future<Output = Answer<Described<Arc<ContainerInstance>>>> + Send;

    /// [`Action::DescribeInstances`]: one that doesn't exist fails them all.
    fn describe_instances(
        &self,
        ids: &[Text],
        token: Option<Text>,
    ) -> impl Future<Output = Answer<Page<Ec2Instance>>> + Send;

    /// [`Action::DescribeInstanceInformation`]: what SSM doesn't know is left out.
    fn describe_instance_information(
        &self,
        ids: &[Text],
        token: Option<Text>,
    ) -> impl Future<Output = Answer<Page<SsmInstance>>> + Send;

    /// [`Action::DescribeTaskDefinition`]: one revision.
    fn describe_task_definition(&self, name: &Text) -> impl Future<Output = Answer<Arc<TaskDefinition>>> + Send;
}

/// Counts requests, from several calls at once.
#[derive(Debug, Default)]
pub struct Counter(Mutex<BTreeMap<Action, u64>>);

impl Counter {
    /// Counts one request; gives which one of its action it is, from 1.
    pub fn count(&self, action: Action) -> u64 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(action).or_default();
        *count += 1;
        *count
    }

    /// The counts so far.
    pub fn counts(&self) -> BTreeMap<Action, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
