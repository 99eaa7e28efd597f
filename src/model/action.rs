//! The AWS calls that the provider makes, under the names that IAM knows them by.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One AWS action. The same value names what a policy must allow, what a call record counts and what a fault hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// `ecs:ListClusters`, only when clusters are discovered.
    ListClusters,
    /// `ecs:DescribeClusters`: in both documents, never called by any release.
    DescribeClusters,
    /// `ecs:ListTasks`.
    ListTasks,
    /// `ecs:DescribeTasks`.
    DescribeTasks,
    /// `ecs:DescribeContainerInstances`.
    DescribeContainerInstances,
    /// `ecs:DescribeTaskDefinition`.
    DescribeTaskDefinition,
    /// `ec2:DescribeInstances`.
    DescribeInstances,
    /// `ssm:DescribeInstanceInformation`, only with ECS Anywhere.
    DescribeInstanceInformation,
}

impl Action {
    /// Every action that the provider's documentation lists, in its order.
    pub const ALL: [Self; 8] = [
        Self::ListClusters,
        Self::DescribeClusters,
        Self::ListTasks,
        Self::DescribeTasks,
        Self::DescribeContainerInstances,
        Self::DescribeTaskDefinition,
        Self::DescribeInstances,
        Self::DescribeInstanceInformation,
    ];

    /// The call's own name, without the service: `ListTasks`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListClusters => "ListClusters",
            Self::DescribeClusters => "DescribeClusters",
            Self::ListTasks => "ListTasks",
            Self::DescribeTasks => "DescribeTasks",
            Self::DescribeContainerInstances => "DescribeContainerInstances",
            Self::DescribeTaskDefinition => "DescribeTaskDefinition",
            Self::DescribeInstances => "DescribeInstances",
            Self::DescribeInstanceInformation => "DescribeInstanceInformation",
        }
    }

    /// The service's prefix in IAM: `ecs`, `ec2` or `ssm`.
    pub fn service(self) -> &'static str {
        match self {
            Self::DescribeInstances => "ec2",
            Self::DescribeInstanceInformation => "ssm",
            _ => "ecs",
        }
    }

    /// The name as an IAM policy has it: `ecs:ListTasks`.
    pub fn iam(self) -> &'static str {
        match self {
            Self::ListClusters => "ecs:ListClusters",
            Self::DescribeClusters => "ecs:DescribeClusters",
            Self::ListTasks => "ecs:ListTasks",
            Self::DescribeTasks => "ecs:DescribeTasks",
            Self::DescribeContainerInstances => "ecs:DescribeContainerInstances",
            Self::DescribeTaskDefinition => "ecs:DescribeTaskDefinition",
            Self::DescribeInstances => "ec2:DescribeInstances",
            Self::DescribeInstanceInformation => "ssm:DescribeInstanceInformation",
        }
    }

    /// The action of this name, with or without the service's prefix.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name || action.iam() == name)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iam())
    }
}
