//! Clusters, tasks and their containers, as the ECS API describes them.

use serde::{Deserialize, Serialize};

use super::list::list;
use super::text::{Text, interned, interned_option, single, single_option};

/// A cluster, as `DescribeClusters` or `ListClusters` know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Cluster {
    /// `arn:aws:ecs:REGION:ACCOUNT:cluster/NAME`.
    #[serde(deserialize_with = "interned")]
    pub cluster_arn: Text,
    /// The name alone.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<Text>,
    /// `ACTIVE`, `INACTIVE`, …
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub status: Option<Text>,
}

/// One task, as `DescribeTasks` gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Task {
    /// The task's ARN; its last 12 characters are how Traefik orders servers.
    #[serde(deserialize_with = "single")]
    pub task_arn: Text,
    /// The cluster it runs in.
    #[serde(deserialize_with = "interned")]
    pub cluster_arn: Text,
    /// The revision it runs.
    #[serde(deserialize_with = "interned")]
    pub task_definition_arn: Text,
    /// Absent on Fargate.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub container_instance_arn: Option<Text>,
    /// `service:NAME` or `family:NAME` or free text.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub group: Option<Text>,
    /// `RUNNING`, `PENDING`, …
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub last_status: Option<Text>,
    /// `RUNNING` or `STOPPED`; ListTasks selects by it, and absent counts as RUNNING.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub desired_status: Option<Text>,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub health_status: Option<Text>,
    /// `EC2`, `FARGATE` or `EXTERNAL`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<Text>,
    /// Network interfaces and volumes that ECS attached.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// In the order that AWS gives.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<Container>,
}

/// Something that ECS attached to a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Attachment {
    /// `ElasticNetworkInterface`, `Service Connect`, …
    #[serde(rename = "type", deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// `ATTACHED`, `DELETED`, …
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub status: Option<Text>,
    /// Names and values that depend on the kind.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<KeyValue>,
}

/// A name and its value; either may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct KeyValue {
    /// The name.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The value.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
}

/// One container of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Container {
    /// The name by which the task definition knows it.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// `RUNNING`, `PENDING`, …
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub last_status: Option<Text>,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub health_status: Option<Text>,
    /// Ports on the container instance, under bridge and host networking.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub network_bindings: Vec<NetworkBinding>,
    /// Under `awsvpc`, in the order that AWS gives; Traefik takes the first.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub network_interfaces: Vec<NetworkInterface>,
}

/// One port of a container on its host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkBinding {
    /// The address that the port is bound to.
    #[serde(rename = "bindIP", deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub bind_ip: Option<Text>,
    /// Absent for a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<i32>,
    /// Absent for a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_port: Option<i32>,
    /// `tcp` or `udp`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Text>,
    /// `FIRST-LAST`, where the mapping is a range.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub container_port_range: Option<Text>,
    /// `FIRST-LAST`, where the mapping is a range.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub host_port_range: Option<Text>,
}

/// An elastic network interface as one container sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkInterface {
    /// The IPv4 address.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub private_ipv4_address: Option<Text>,
    /// The IPv6 address.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<Text>,
}
