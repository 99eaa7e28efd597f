//! How a pass ends: whether anything is published at all.

use super::reason::Reason;
use super::verdict::Verdict;
use crate::decode::DecodeError;
use crate::model::{Action, CallError, ClusterRecords, Inventory, Text};

/// How a pass ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// A configuration is published. `wiped` are DescribeTasks calls that failed: Traefik logs them, goes on, and
    /// publishes a configuration without their tasks.
    Published {
        /// The calls that failed and were only logged.
        wiped: Vec<CallError>,
    },
    /// A call failed, so the pass ends: whatever was published before stays, a fresh Traefik has nothing.
    Stale {
        /// The call that ended it, the first in Traefik's order.
        error: CallError,
        /// Failed DescribeTasks calls before it.
        wiped: Vec<CallError>,
    },
    /// The provider's code crashes, which Traefik turns into a failed pass: it is tried again for ever.
    Crashed(Crash),
    /// The default rule doesn't parse, so the provider doesn't start and makes no call.
    Refused {
        /// What is wrong with it, in Go's words.
        message: String,
    },
}

/// What makes Traefik's own code crash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crash {
    /// A label's name has a `]` without its `[`.
    Label {
        /// The container.
        instance: Text,
        /// The label.
        label: Text,
    },
    /// A task's ARN has less than 12 characters.
    TaskArn {
        /// The ARN.
        task: Text,
    },
    /// A container has no name (v3.0 to v3.2 alone).
    ContainerName {
        /// Its task's ARN.
        task: Text,
    },
    /// An EC2 instance has no state.
    InstanceState {
        /// The instance's id.
        instance: Text,
    },
}

impl Crash {
    /// The crash that a label of a container causes.
    pub(super) fn label(verdict: &Verdict, error: &DecodeError) -> Self {
        Self::Label { instance: verdict.instance.clone(), label: error.path.as_str().into() }
    }
}

impl Ending {
    /// Whether a configuration is published.
    pub fn is_published(&self) -> bool {
        matches!(self, Self::Published { .. })
    }

    /// The word for it in `discover`'s JSON: `published`, `wiped`, `stale` or `refused`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Published { wiped } if wiped.is_empty() => "published",
            Self::Published { .. } => "wiped",
            Self::Stale { .. } | Self::Crashed(_) => "stale",
            Self::Refused { .. } => "refused",
        }
    }
}

/// How a pass over these records ends. `crash` is one that happens while Traefik reads, with the place of its cluster;
/// one by a label happens after that.
pub(super) fn ending<'a>(
    inventory: &Inventory,
    crash: Option<&(usize, Crash)>,
    verdicts: impl Iterator<Item = &'a Verdict>,
) -> Ending {
    let fatal = inventory.errors.iter().position(|error| error.action != Action::DescribeTasks);
    let before = fatal.unwrap_or(inventory.errors.len());
    let wiped = inventory.errors[..before].to_vec();
    if let Some(at) = fatal {
        let error = inventory.errors[at].clone();
        return match crash {
            Some((cluster, crash)) if *cluster < cluster_of(&error, inventory) => Ending::Crashed(crash.clone()),
            _ => Ending::Stale { error, wiped },
        };
    }
    match crash.map(|(_, crash)| crash.clone()).or_else(|| label_crash(verdicts)) {
        Some(crash) => Ending::Crashed(crash),
        None => Ending::Published { wiped },
    }
}

/// The first container whose labels crash the decoder.
fn label_crash<'a>(mut verdicts: impl Iterator<Item = &'a Verdict>) -> Option<Crash> {
    verdicts.find_map(|verdict| match verdict.reason()? {
        Reason::LabelsInvalid { error } if error.problem.is_panic() => Some(Crash::label(verdict, error)),
        _ => None,
    })
}

/// The place of the cluster that a failed call was made for, in the order of the search.
pub(super) fn cluster_of(error: &CallError, inventory: &Inventory) -> usize {
    let asked = |records: &ClusterRecords| match error.action {
        Action::ListClusters | Action::DescribeClusters => true,
        Action::DescribeTaskDefinition => {
            records.tasks.iter().any(|task| error.subjects.contains(&task.task_definition_arn))
        }
        Action::DescribeInstances | Action::DescribeInstanceInformation => {
            let mut ids = records.container_instances.values().filter_map(|known| known.ec2_instance_id.as_ref());
            ids.any(|id| error.subjects.contains(id))
        }
        Action::ListTasks | Action::DescribeTasks | Action::DescribeContainerInstances => {
            error.cluster.as_ref() == Some(&records.cluster)
        }
    };
    inventory.clusters.iter().position(asked).unwrap_or_default()
}
