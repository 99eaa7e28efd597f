//! Why a container is not routed: a stable id, the evidence, and a sentence that says what to change.

mod sentence;

use super::decision::Made;
use crate::decode::DecodeError;
use crate::dynamic::{Protocol, Section};
use crate::model::{CallError, Text};

/// Why a container is not routed. Ids are stable: they are never reused for another meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// `task-not-described`: ListTasks named the task, DescribeTasks gave no record of it.
    TaskNotDescribed {
        /// The call that failed; absent where AWS answered without a record, as for a task that ended meanwhile.
        error: Option<CallError>,
    },
    /// `task-unhealthy`: the task isn't `HEALTHY`, which `healthyTasksOnly` asks for.
    TaskUnhealthy {
        /// The task's health; `UNKNOWN` or nothing where no container has a health check.
        health: Option<Text>,
        /// Whether the task definition gives any container a health check, where it was read.
        health_check: Option<bool>,
    },
    /// `task-arn-invalid`: the task's ARN is shorter than the 12 characters that Traefik cuts off its end; it crashes.
    TaskArnTooShort,
    /// `container-definition-missing`: the task definition has no container of that name.
    ContainerDefinitionMissing {
        /// The definition that the task runs.
        definition: Text,
        /// The containers that it has.
        known: Vec<Text>,
    },
    /// `network-interface-missing`: under `awsvpc`, the container has no network interface.
    NetworkInterfaceMissing,
    /// `container-instance-missing`: nothing is known of the instance that the task runs on.
    ContainerInstanceMissing {
        /// The container instance that the task names.
        instance: Option<Text>,
        /// Its EC2 or external instance id, where it was read.
        machine: Option<Text>,
        /// Whether SSM is asked for external instances.
        ecs_anywhere: bool,
    },
    /// `enable-label-invalid`: `traefik.enable`, or a label beside it, can't be read.
    EnableLabelInvalid {
        /// What is wrong.
        error: DecodeError,
    },
    /// `not-running`: the task, or the EC2 instance under it, isn't running.
    NotRunning {
        /// Whose state counts.
        of: StateOf,
        /// As Traefik compares it: in lower case.
        state: Text,
    },
    /// `unhealthy`: the task is `UNHEALTHY`.
    Unhealthy,
    /// `address-missing`: there is an interface or an instance, but it has no address.
    AddressMissing {
        /// Whose address is missing.
        of: StateOf,
    },
    /// `disabled`: a label or the setting says so.
    Disabled(EnabledBy),
    /// `constraint-false`: the labels don't satisfy the constraints.
    ConstraintFalse {
        /// The expression.
        expression: Text,
    },
    /// `constraint-invalid`: the constraints can't be read, so Traefik takes no container at all.
    ConstraintInvalid {
        /// The expression.
        expression: Text,
        /// What is wrong, in Go's words.
        error: String,
    },
    /// `labels-invalid`: one label doesn't decode, so all of them count for nothing.
    LabelsInvalid {
        /// What is wrong.
        error: DecodeError,
    },
    /// `load-balancer-missing`: a label names a service and gives it no load balancer.
    LoadBalancerMissing {
        /// Of which protocol.
        protocol: Protocol,
        /// Which service.
        service: Text,
    },
    /// `port-missing`: no label gives a port, and the container has no port mapping.
    PortMissing {
        /// Of which protocol.
        protocol: Protocol,
        /// Which service.
        service: Text,
    },
    /// `server-url-conflict`: labels give a server a URL and, beside it, a port or a scheme.
    ServerUrlConflict {
        /// Which service.
        service: Text,
    },
    /// `router-dropped`: no router is left that leads to the container.
    RouterDropped {
        /// What happened to the routers that there might have been; empty where there never was one.
        drops: Vec<RouterDrop>,
        /// The routers that the container does define, and that lead elsewhere.
        elsewhere: Vec<Made>,
    },
    /// `merged-away`: another container defines the same name differently, so it is deleted for all.
    MergedAway {
        /// The elements that are gone.
        elements: Vec<(Section, Text)>,
        /// The container whose configuration takes the place of this one's because both have one name.
        overwritten_by: Option<Text>,
    },
}

/// Whose state or address counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateOf {
    /// The task's: under `awsvpc` with an attachment, and for external instances.
    Task,
    /// The EC2 instance's: under every other network mode.
    Ec2Instance,
    /// The external instance's.
    ExternalInstance,
}

/// Who says whether a container is enabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnabledBy {
    /// A label.
    Label {
        /// As it is spelled.
        key: Text,
        /// Its value.
        value: Text,
        /// What it says.
        enabled: bool,
    },
    /// The setting `exposedByDefault`.
    Default {
        /// What it says.
        enabled: bool,
    },
}

impl EnabledBy {
    /// What is said.
    pub fn is_enabled(&self) -> bool {
        match self {
            Self::Label { enabled, .. } | Self::Default { enabled } => *enabled,
        }
    }
}

/// A router that there might have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouterDrop {
    /// Of which protocol.
    pub protocol: Protocol,
    /// Its name.
    pub router: Text,
    /// Why it is not there.
    pub cause: RouterCause,
}

/// Why a router is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouterCause {
    /// The default rule can't be rendered for this container.
    Template {
        /// In Go's words.
        message: String,
    },
    /// The default rule renders to nothing.
    DefaultRuleEmpty,
    /// A TCP router has no rule, and there is no default rule for TCP.
    RuleEmpty,
    /// The router names no service, and there are several.
    ServiceUndecided {
        /// Their names.
        services: Vec<Text>,
    },
    /// The container defines several services and no router, so none is made.
    TooManyServices {
        /// Their names.
        services: Vec<Text>,
    },
    /// The container defines no router for this protocol; only HTTP gets one by itself.
    NoneDefined,
}

impl Reason {
    /// The stable id.
    pub fn id(&self) -> &'static str {
        match self {
            Self::TaskNotDescribed { .. } => "task-not-described",
            Self::TaskUnhealthy { .. } => "task-unhealthy",
            Self::TaskArnTooShort => "task-arn-invalid",
            Self::ContainerDefinitionMissing { .. } => "container-definition-missing",
            Self::NetworkInterfaceMissing => "network-interface-missing",
            Self::ContainerInstanceMissing { .. } => "container-instance-missing",
            Self::EnableLabelInvalid { .. } => "enable-label-invalid",
            Self::NotRunning { .. } => "not-running",
            Self::Unhealthy => "unhealthy",
            Self::AddressMissing { .. } => "address-missing",
            Self::Disabled(_) => "disabled",
            Self::ConstraintFalse { .. } => "constraint-false",
            Self::ConstraintInvalid { .. } => "constraint-invalid",
            Self::LabelsInvalid { .. } => "labels-invalid",
            Self::LoadBalancerMissing { .. } => "load-balancer-missing",
            Self::PortMissing { .. } => "port-missing",
            Self::ServerUrlConflict { .. } => "server-url-conflict",
            Self::RouterDropped { .. } => "router-dropped",
            Self::MergedAway { .. } => "merged-away",
        }
    }
}
