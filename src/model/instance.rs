//! The machines that tasks run on: container instances, and what EC2 and SSM know of them.

use serde::{Deserialize, Serialize};

use super::text::{Text, interned, interned_option, single, single_option};

/// A container instance, as `DescribeContainerInstances` gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerInstance {
    /// The cluster that was asked; AWS leaves it out of the record, a snapshot puts it beside.
    #[serde(deserialize_with = "interned")]
    pub cluster_arn: Text,
    /// The ARN that tasks name.
    #[serde(deserialize_with = "single")]
    pub container_instance_arn: Text,
    /// `i-…`, or `mi-…` for an external instance.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub ec2_instance_id: Option<Text>,
    /// `ACTIVE`, `DRAINING`, …
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub status: Option<Text>,
    /// Whether the ECS agent is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_connected: Option<bool>,
}

/// An EC2 instance, as the AWS CLI prints one of `DescribeInstances`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Ec2Instance {
    /// `i-…`.
    #[serde(deserialize_with = "single")]
    pub instance_id: Text,
    /// The primary private IPv4 address.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub private_ip_address: Option<Text>,
    /// The primary IPv6 address.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<Text>,
    /// Whether it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<InstanceState>,
}

/// The state of an EC2 instance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct InstanceState {
    /// `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
}

/// An external instance, as the AWS CLI prints one of `DescribeInstanceInformation`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SsmInstance {
    /// `mi-…`.
    #[serde(deserialize_with = "single")]
    pub instance_id: Text,
    /// The address that the SSM agent reported.
    #[serde(rename = "IPAddress", deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<Text>,
    /// `Online`, `ConnectionLost` or `Inactive`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub ping_status: Option<Text>,
}
