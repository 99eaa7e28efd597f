//! What became of one container, step by step.

use std::fmt;
use std::sync::Arc;

use super::labels::{LabelNote, Labels};
use super::service::Unit;
use crate::model::{ContainerDefinition, Task, Text};

/// The steps that every container goes through, in order. The first that drops it is the last it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Its task runs.
    Task,
    /// The task definition has a container of that name.
    Definition,
    /// Its network interface or its EC2 instance is known.
    Machine,
    /// There is a port, or a label that gives one.
    Ports,
    /// What it runs on is running.
    State,
    /// There is an address.
    Address,
    /// It is enabled.
    Enabled,
    /// The constraints hold.
    Constraint,
    /// Its server is one of its backend's.
    Server,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 9] = [
        Self::Task,
        Self::Definition,
        Self::Machine,
        Self::Ports,
        Self::State,
        Self::Address,
        Self::Enabled,
        Self::Constraint,
        Self::Server,
    ];

    /// A stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Definition => "definition",
            Self::Machine => "machine",
            Self::Ports => "ports",
            Self::State => "state",
            Self::Address => "address",
            Self::Enabled => "enabled",
            Self::Constraint => "constraint",
            Self::Server => "server",
        }
    }

    /// The question that the stage answers, for people.
    pub fn question(self) -> &'static str {
        match self {
            Self::Task => "is the task running?",
            Self::Definition => "does the task definition have this container?",
            Self::Machine => "is it known where it runs?",
            Self::Ports => "is there a port?",
            Self::State => "is what it runs on running?",
            Self::Address => "does it have an address?",
            Self::Enabled => "is it enabled?",
            Self::Constraint => "do the constraints hold?",
            Self::Server => "is its server one of its backend's?",
        }
    }
}

/// What a stage came to for one container.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which stage.
    pub stage: Stage,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It goes on; what was looked at.
    Passed(String),
    /// It goes on no further.
    Dropped(Box<Reason>),
    /// An earlier stage dropped it.
    NotReached,
}

/// Who says whether a container is enabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnabledBy {
    /// `traefik.enable`, which can be read.
    Label(String),
    /// `exposedByDefault`, and the label that could not be read, if there is one.
    Default(Option<String>),
}

/// Why a container is not routed. Ids are shared with the later provider where they mean the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// `not-running`: the task, or the EC2 instance under it, isn't running.
    NotRunning {
        /// Its state, as it is known.
        state: Text,
        /// Whether it is the EC2 instance's.
        of_instance: bool,
    },
    /// `container-definition-missing`: the task definition has no container of that name.
    ContainerDefinitionMissing {
        /// The definition that the task runs.
        definition: Text,
    },
    /// `network-interface-missing`: the task has an attachment and the container no network interface; v1 crashes.
    NetworkInterfaceMissing,
    /// `instance-state-missing`: EC2 says nothing of the instance's state; v1 crashes.
    InstanceStateMissing,
    /// `task-arn-invalid`: the ARN is shorter than the twelve characters that v1 cuts off its end; v1 crashes.
    TaskArnTooShort,
    /// `container-instance-missing`: nothing is known of the EC2 instance that the task runs on.
    ContainerInstanceMissing {
        /// The container instance that the task names.
        instance: Option<Text>,
    },
    /// `port-missing`: no port, and no `traefik.port`.
    PortMissing,
    /// `address-missing`: there is an interface or an instance, but it has no private IPv4 address.
    AddressMissing,
    /// `disabled`: a label or the setting says so.
    Disabled(EnabledBy),
    /// `constraint-false`: the tags don't satisfy a constraint.
    ConstraintFalse {
        /// The first that fails.
        constraint: String,
        /// The container's tags.
        tags: Vec<String>,
    },
    /// `server-name-conflict`: another container's server has the same name, and only one of them stays.
    ServerNameConflict {
        /// The name.
        server: String,
    },
}

impl Reason {
    /// The stable id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotRunning { .. } => "not-running",
            Self::ContainerDefinitionMissing { .. } => "container-definition-missing",
            Self::NetworkInterfaceMissing => "network-interface-missing",
            Self::InstanceStateMissing => "instance-state-missing",
            Self::TaskArnTooShort => "task-arn-invalid",
            Self::ContainerInstanceMissing { .. } => "container-instance-missing",
            Self::PortMissing => "port-missing",
            Self::AddressMissing => "address-missing",
            Self::Disabled(_) => "disabled",
            Self::ConstraintFalse { .. } => "constraint-false",
            Self::ServerNameConflict { .. } => "server-name-conflict",
        }
    }

    /// Whether v1 crashes on it, so that the whole pass fails.
    pub fn is_panic(&self) -> bool {
        matches!(self, Self::NetworkInterfaceMissing | Self::InstanceStateMissing | Self::TaskArnTooShort)
    }

    /// The line that Traefik 1.7 logs, where it logs one.
    pub fn log_line(&self, name: &str, id: &str) -> Option<String> {
        match self {
            Self::PortMissing => Some(format!("Filtering ecs instance without port {name} ({id})")),
            Self::NotRunning { state, of_instance: true } => {
                Some(format!("Filtering ecs instance with an incorrect state {name} ({id}) (state = {state})"))
            }
            Self::AddressMissing => Some(format!("Filtering ecs instance without an ip address {name} ({id})")),
            Self::Disabled(_) => Some(format!("Filtering disabled ecs instance {name} ({id})")),
            Self::ConstraintFalse { constraint, .. } => {
                Some(format!("Filtering ecs instance pruned by constraint {name} ({id}) (constraint = {constraint:?})"))
            }
            Self::ServerNameConflict { server } => Some(format!("Skipping server {server:?} with the same URL.")),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    /// What is the matter, and what to change.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRunning { state, of_instance } => {
                let whose = if *of_instance { "EC2 instance" } else { "task" };
                write!(f, "the {whose} is `{state}`; only `running` is routed")
            }
            Self::ContainerDefinitionMissing { definition } => {
                write!(f, "the task definition {definition} has no container of this name")
            }
            Self::NetworkInterfaceMissing => f.write_str(
                "the task has an attachment and the container no network interface: Traefik 1.7 crashes on it, so the \
                 pass fails for every container",
            ),
            Self::InstanceStateMissing => f.write_str(
                "EC2 says nothing of the instance's state: Traefik 1.7 crashes on it, so the pass fails for every \
                 container",
            ),
            Self::TaskArnTooShort => f.write_str(
                "the task's ARN has less than twelve characters: Traefik 1.7 crashes on it, so the pass fails for \
                 every container",
            ),
            Self::ContainerInstanceMissing { instance: Some(instance) } => {
                write!(f, "nothing is known of the container instance {instance}")
            }
            Self::ContainerInstanceMissing { instance: None } => {
                f.write_str("the task has neither an attachment nor a container instance, so there is no address")
            }
            Self::PortMissing => f.write_str("the container has no port; map one, or set `traefik.port`"),
            Self::AddressMissing => f.write_str("there is no private IPv4 address"),
            Self::Disabled(EnabledBy::Label(value)) => write!(f, "`traefik.enable` is `{value}`"),
            Self::Disabled(EnabledBy::Default(None)) => {
                f.write_str("`exposedByDefault` is off and there is no `traefik.enable`")
            }
            Self::Disabled(EnabledBy::Default(Some(value))) => {
                write!(f, "`exposedByDefault` is off and `traefik.enable` is `{value}`, which can't be read")
            }
            Self::ConstraintFalse { constraint, tags } => {
                write!(f, "the constraint `{constraint}` fails; tags: {}", listed(tags))
            }
            Self::ServerNameConflict { server } => {
                write!(f, "another server is named `{server}` too; which of them stays depends on the order of a map")
            }
        }
    }
}

fn listed(tags: &[String]) -> String {
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}

/// A port of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port {
    /// Inside the container.
    pub container: i64,
    /// On the address; 0 where nothing is said of it.
    pub host: i64,
}

/// Where a container runs, as v1 sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The private IPv4 address; may be empty.
    pub address: Text,
    /// In any case: `running` is wanted.
    pub state: Text,
    /// Whether the state is an EC2 instance's rather than the task's.
    pub of_instance: bool,
    /// Port mappings of the definition where the task has an attachment, else the container's bindings.
    pub ports: Vec<Port>,
}

/// What became of one container.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The cluster as it was searched.
    pub cluster: Text,
    /// Its task.
    pub task: Arc<Task>,
    /// Its name within the task.
    pub container: Text,
    /// What its task definition says of it.
    pub definition: Option<Arc<ContainerDefinition>>,
    /// `service-api-web`: group and container.
    pub name: String,
    /// The last twelve characters of the task's ARN.
    pub id: String,
    /// Its labels.
    pub labels: Labels,
    /// Where it runs, once that is known.
    pub machine: Option<Machine>,
    /// One for each stage, in order.
    pub steps: Vec<Step>,
    /// What it brings: one for each segment.
    pub units: Vec<Unit>,
    /// Labels that were not taken as they were meant.
    pub notes: Vec<LabelNote>,
}

impl Verdict {
    /// Why it isn't routed.
    pub fn reason(&self) -> Option<&Reason> {
        self.steps.iter().find_map(|step| match &step.outcome {
            Outcome::Dropped(reason) => Some(reason.as_ref()),
            _ => None,
        })
    }

    /// Whether it is left after every stage.
    pub fn is_kept(&self) -> bool {
        self.reason().is_none()
    }
}
