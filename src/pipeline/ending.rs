//! How a pass ends: whether anything is published at all.

use crate::model::{CallError, Text};

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
