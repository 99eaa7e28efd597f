//! Everything that one pass read from AWS, and what the reading cost.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::action::Action;
use super::call::{CallError, CallErrorKind, MissingRecord};
use super::instance::{ContainerInstance, Ec2Instance, SsmInstance};
use super::task::Task;
use super::task_definition::TaskDefinition;
use super::text::Text;

/// The records of one pass.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    /// The region that was asked.
    pub region: Option<Text>,
    /// The account, where it is known.
    pub account: Option<Text>,
    /// The searched clusters, in the order of the search; a cluster that is named twice stands here twice.
    pub clusters: Vec<ClusterRecords>,
    /// By the ARN (or name) that tasks ask for them with. One that AWS doesn't know is absent.
    pub task_definitions: BTreeMap<Text, Arc<TaskDefinition>>,
    /// By instance id.
    pub ec2_instances: BTreeMap<Text, Ec2Instance>,
    /// By instance id (`mi-…`).
    pub ssm_instances: BTreeMap<Text, SsmInstance>,
    /// What AWS reported under `failures`, with status 200.
    pub missing: Vec<MissingRecord>,
    /// Calls that failed for good, in Traefik's order of calls.
    pub errors: Vec<CallError>,
    /// Requests that reached AWS, retries and pages included.
    pub calls: BTreeMap<Action, u64>,
    /// What became of the pass on the way.
    pub notes: Vec<PassNote>,
}

/// The records of one searched cluster.
#[derive(Debug, Clone, Default)]
pub struct ClusterRecords {
    /// As it was asked for: the name or ARN from the settings, or the ARN that ListClusters gave.
    pub cluster: Text,
    /// ARNs that ListTasks gave, page by page.
    pub listed: Vec<Vec<Text>>,
    /// The described tasks, in the order of the answers.
    pub tasks: Vec<Arc<Task>>,
    /// By ARN.
    pub container_instances: BTreeMap<Text, Arc<ContainerInstance>>,
}

/// Something that happened while reading that isn't a failed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassNote {
    /// No region was set, so the instance metadata service was asked.
    RegionFromMetadata,
    /// The clusters that were searched, as Traefik prints the list.
    Clusters(Vec<Text>),
}

impl Inventory {
    /// The first cluster that was asked for and that AWS doesn't know.
    pub fn lost_cluster(&self) -> Option<&Text> {
        let lost = |error: &&CallError| error.action == Action::ListTasks && error.kind == CallErrorKind::NotFound;
        self.errors.iter().find(lost)?.cluster.as_ref()
    }

    /// Whether every call that the pass needed was answered.
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty()
    }
}
