//! How a pass is followed while it goes on.

use std::fmt;

/// A part of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// `ListClusters`.
    Clusters,
    /// `ListTasks`.
    Listing,
    /// `DescribeTasks`.
    Tasks,
    /// `DescribeContainerInstances`.
    ContainerInstances,
    /// `DescribeInstances`.
    Machines,
    /// `DescribeInstanceInformation`.
    External,
    /// `DescribeTaskDefinition`.
    Definitions,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clusters => "listing clusters",
            Self::Listing => "listing tasks",
            Self::Tasks => "describing tasks",
            Self::ContainerInstances => "describing container instances",
            Self::Machines => "describing EC2 instances",
            Self::External => "describing external instances",
            Self::Definitions => "describing task definitions",
        })
    }
}

/// Follows a pass as it goes on.
pub trait Progress: Sync {
    /// A phase begins that takes this many steps, of a call or a few each.
    fn begin(&self, phase: Phase, steps: usize);
    /// A step is done.
    fn step(&self);
}

/// Nobody looks.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: Phase, _: usize) {}
    fn step(&self) {}
}
