//! What became of one container, step by step.

use std::sync::Arc;

use super::decision::{Decision, Evidence, Made, Outcome};
use super::reason::{Reason, RouterDrop};
use crate::dynamic::Protocol;
use crate::model::{Container, ContainerDefinition, Task, TaskDefinition, Text};

/// Which container a verdict is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The cluster as it was searched: a name or an ARN.
    pub cluster: Text,
    /// The place of that cluster in `inventory.clusters`.
    pub cluster_index: usize,
    /// The task's ARN.
    pub task_arn: Text,
    /// The task's record; absent where DescribeTasks didn't give it, and then there is no container either.
    pub task: Option<Arc<Task>>,
    /// The container's place in the task's record.
    pub container_index: Option<usize>,
    /// The revision that the task runs, where it was read.
    pub definition: Option<Arc<TaskDefinition>>,
    /// The container's place in that definition, where it has one of that name.
    pub definition_index: Option<usize>,
}

impl Subject {
    /// The container's record.
    pub fn container(&self) -> Option<&Container> {
        self.task.as_ref()?.containers.get(self.container_index?)
    }

    /// The container's name; empty where it is not known.
    pub fn container_name(&self) -> &str {
        self.container().and_then(|container| container.name.as_deref()).unwrap_or_default()
    }

    /// What the task definition says of the container, its labels among it.
    pub fn container_definition(&self) -> Option<&ContainerDefinition> {
        self.definition.as_ref()?.container_definitions.get(self.definition_index?)
    }

    /// The ECS service that the task belongs to: its group behind `service:`.
    pub fn ecs_service(&self) -> Option<&str> {
        self.task.as_ref()?.group.as_deref()?.strip_prefix("service:")
    }
}

/// Where a container runs, as Traefik sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// How its address was found.
    pub found: Found,
    /// The address; empty where there is none.
    pub address: Text,
    /// `awsvpc`: the definition's port mappings; otherwise the container's network bindings.
    pub ports: Arc<[Port]>,
}

/// How a container's address was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Under `awsvpc`: its first network interface.
    Interface,
    /// Under every other network mode: the EC2 instance of its container instance.
    Ec2 {
        /// `i-…`
        instance: Text,
    },
    /// The external instance of its container instance, as SSM knows it.
    External {
        /// `mi-…`
        instance: Text,
    },
}

/// A port of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Port {
    /// Inside the container; 0 where the mapping doesn't say.
    pub container: i32,
    /// On the address; 0 where the mapping doesn't say.
    pub host: i32,
}

impl Port {
    /// A port of a mapping or a binding, as Traefik reads it.
    pub(super) fn of(container: Option<i32>, host: Option<i32>) -> Self {
        Self { container: container.unwrap_or_default(), host: host.unwrap_or_default() }
    }
}

/// A router of the published configuration that leads to a container.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedRouter {
    /// Of which protocol.
    pub protocol: Protocol,
    /// Its name, without `@ecs`.
    pub name: Text,
    /// Its rule; empty for UDP.
    pub rule: Text,
    /// Its service, as it is named there.
    pub service: Text,
}

/// A server of the published configuration that is the container's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedServer {
    /// Of which protocol.
    pub protocol: Protocol,
    /// Its service's name.
    pub service: Text,
    /// `http://10.0.0.1:80`, or `10.0.0.1:80` for TCP and UDP.
    pub address: Text,
}

/// What became of one container (or of one task that could not be read).
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which container.
    pub subject: Subject,
    /// The default service's name, `.Name` of the default rule: `service-api-web`. Empty for a task without a record.
    pub name: Text,
    /// The same before Traefik replaces what isn't a letter or digit, as its log has it: `service-my.api-web`.
    pub raw_name: Text,
    /// The last twelve characters of the task's ARN.
    pub id: Text,
    /// Both together.
    pub(super) instance: Text,
    /// Where it runs, once that is known.
    pub machine: Option<Arc<Machine>>,
    /// One for each stage, in Traefik's order.
    pub decisions: Vec<Decision>,
    /// Routers that Traefik dropped on the way, whatever became of the container.
    pub dropped_routers: Vec<RouterDrop>,
    /// The routers of the published configuration that lead to it.
    pub routers: Arc<[PublishedRouter]>,
    /// Its servers in the published configuration.
    pub servers: Vec<PublishedServer>,
}

impl Verdict {
    /// Whether a router of the published configuration leads to a server of this container.
    pub fn is_routed(&self) -> bool {
        self.reason().is_none()
    }

    /// Why it isn't routed.
    pub fn reason(&self) -> Option<&Reason> {
        self.decisions.iter().find_map(|decision| match &decision.outcome {
            Outcome::Dropped(reason) => Some(reason.as_ref()),
            _ => None,
        })
    }

    /// The servers that its services got.
    pub fn made_servers(&self) -> &[Made] {
        let services = self.decisions.iter().rev().find_map(|decision| match &decision.outcome {
            Outcome::Passed(Evidence::Services(made)) => Some(&**made),
            _ => None,
        });
        services.unwrap_or_default()
    }

    /// The name by which Traefik's log knows the container: `service-api-web-0123456789ab`.
    pub fn instance(&self) -> &Text {
        &self.instance
    }
}
