//! One step of a container through the pipeline: what was looked at, and what came of it.

use std::sync::Arc;

use super::reason::{EnabledBy, Reason, RouterDrop, StateOf};
use super::verdict::Machine;
use crate::dynamic::{Protocol, Section};
use crate::model::Text;

/// The steps that every container goes through, in Traefik's order. The first that drops it is the last it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// DescribeTasks gives the task's record.
    Describe,
    /// The task is healthy, where `healthyTasksOnly` asks for it.
    TaskHealth,
    /// The task's definition has a container of that name.
    Definition,
    /// The container has a network interface, or runs on an instance that is known.
    Machine,
    /// `traefik.enable` can be read.
    EnableLabel,
    /// The task, or the EC2 instance under it, is running.
    State,
    /// The task isn't `UNHEALTHY`.
    Health,
    /// There is an address.
    Address,
    /// The container is enabled.
    Enabled,
    /// The constraints hold.
    Constraint,
    /// The labels decode.
    Labels,
    /// Every service has a load balancer and a server with an address and a port.
    Services,
    /// Routers have a rule and a service.
    Routers,
    /// Nothing that the container defines is contradicted by another container.
    Merge,
    /// A router of the published configuration leads to a server of the container.
    Routed,
}

impl Stage {
    /// Every stage, in Traefik's order.
    pub const ALL: [Self; 15] = [
        Self::Describe,
        Self::TaskHealth,
        Self::Definition,
        Self::Machine,
        Self::EnableLabel,
        Self::State,
        Self::Health,
        Self::Address,
        Self::Enabled,
        Self::Constraint,
        Self::Labels,
        Self::Services,
        Self::Routers,
        Self::Merge,
        Self::Routed,
    ];

    /// A stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Describe => "describe",
            Self::TaskHealth => "task-health",
            Self::Definition => "definition",
            Self::Machine => "machine",
            Self::EnableLabel => "enable-label",
            Self::State => "state",
            Self::Health => "health",
            Self::Address => "address",
            Self::Enabled => "enabled",
            Self::Constraint => "constraint",
            Self::Labels => "labels",
            Self::Services => "services",
            Self::Routers => "routers",
            Self::Merge => "merge",
            Self::Routed => "routed",
        }
    }

    /// The question that the stage answers, for people.
    pub fn question(self) -> &'static str {
        match self {
            Self::Describe => "does DescribeTasks give the task's record?",
            Self::TaskHealth => "is the task healthy enough?",
            Self::Definition => "does the task definition have this container?",
            Self::Machine => "is it known where it runs?",
            Self::EnableLabel => "can `traefik.enable` be read?",
            Self::State => "is it running?",
            Self::Health => "is it not unhealthy?",
            Self::Address => "does it have an address?",
            Self::Enabled => "is it enabled?",
            Self::Constraint => "do the constraints hold?",
            Self::Labels => "do the labels decode?",
            Self::Services => "does every service have a server?",
            Self::Routers => "does every router have a rule and a service?",
            Self::Merge => "does no other container contradict it?",
            Self::Routed => "does a router lead to it?",
        }
    }
}

/// What a stage came to for one container.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Which stage.
    pub stage: Stage,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The container goes on; what was looked at.
    Passed(Evidence),
    /// The container, or a part of what it defines, goes on no further.
    ///
    /// At most one decision of a verdict has this: the one that decided. A router that is lost while another one leads
    /// to the container is a [`Passed`](Self::Passed) with that loss in its evidence.
    Dropped(Box<Reason>),
    /// An earlier stage dropped it.
    NotReached,
}

/// What a stage looked at: enough to say why it let a container pass.
///
/// There is one for each stage of each container: it is kept to three words, and shares what others hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// The task's record was there.
    Described,
    /// The task's health, and whether the setting asks for it.
    TaskHealth {
        /// `healthyTasksOnly`.
        required: bool,
        /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`, or nothing.
        health: Option<Text>,
    },
    /// The task definition has the container; how many labels it has.
    Definition {
        /// The definition's ARN, as the task names it.
        definition: Text,
        /// How many `dockerLabels`.
        labels: u32,
    },
    /// Where the container runs.
    Machine(Arc<Machine>),
    /// What `traefik.enable` says, and who says it.
    EnableLabel(Arc<EnabledBy>),
    /// It is running.
    State {
        /// Whose state counts.
        of: StateOf,
        /// As Traefik compares it: in lower case.
        state: Text,
    },
    /// The task's health; nothing where it isn't looked at.
    Health(Option<Text>),
    /// The address.
    Address(Text),
    /// Enabled, and who says it.
    Enabled(Arc<EnabledBy>),
    /// The constraints hold; the expression is empty where there is none.
    Constraint {
        /// The expression.
        expression: Text,
    },
    /// How many of the labels are Traefik's.
    Labels {
        /// Labels that were decoded.
        decoded: usize,
    },
    /// The servers that the container's services got.
    Services(Arc<[Made]>),
    /// The routers that the container defines, and those that were lost on the way.
    Routers(Arc<Routers>),
    /// How many elements the container contributes, and which of them were deleted although the container is routed.
    Merge {
        /// Elements that it defines.
        defined: u32,
        /// Elements that contradict another container's, and are gone for all.
        lost: Box<[(Section, Text)]>,
    },
    /// The routers that lead to it.
    Routed(Arc<[(Protocol, Text)]>),
}

/// What became of the routers that a container defines.
#[derive(Debug, Clone, PartialEq)]
pub struct Routers {
    /// What is left.
    pub kept: Vec<Made>,
    /// What was dropped although another router leads to the container.
    pub lost: Vec<RouterDrop>,
}

/// An element of a container's configuration: what it is, and where what matters about it came from.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// A server.
    Server {
        /// Of which protocol.
        protocol: Protocol,
        /// Of which service.
        service: Text,
        /// Whether the service was made for the container because it defines none.
        by_default: bool,
        /// `http://10.0.0.1:80`, or `10.0.0.1:80` for TCP and UDP.
        address: Text,
        /// Where the port came from.
        port: PortFrom,
    },
    /// A router.
    Router {
        /// Of which protocol.
        protocol: Protocol,
        /// Its name.
        name: Text,
        /// Whether the router was made for the container because it defines none.
        by_default: bool,
        /// Whether its rule is the provider's default rule.
        default_rule: bool,
        /// Whether its service was found because there is just one.
        default_service: bool,
    },
}

/// Where a server's port came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortFrom {
    /// A label gives the whole URL.
    Url,
    /// A label names a container port, and this is the host's port for it.
    Mapped {
        /// The label's port.
        label: Text,
    },
    /// A label names a port that no mapping has; it is used as it stands.
    Label,
    /// No label: the lowest host port of so many mappings.
    Lowest {
        /// How many there are to choose from.
        of: usize,
    },
}

/// How many of what a container has: AWS lets it have some thousand.
pub(super) fn few(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Decision, Evidence};

    #[test]
    fn a_decision_is_small_as_every_container_has_fifteen() {
        let word = size_of::<usize>();
        assert!(size_of::<Evidence>() <= 3 * word, "{}", size_of::<Evidence>());
        assert!(size_of::<Decision>() <= 4 * word, "{}", size_of::<Decision>());
    }
}
