//! Task definitions: what a revision says of its containers. A revision never changes once it is registered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::list::list;
use super::task::KeyValue;
use super::text::{Single, Text, interned_option, single, single_option};

/// A revision of a task definition, as `DescribeTaskDefinition` gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskDefinition {
    /// `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`.
    #[serde(deserialize_with = "single")]
    pub task_definition_arn: Text,
    /// The family's name.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub family: Option<Text>,
    /// The revision's number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i64>,
    /// `bridge`, `host`, `awsvpc`, `none`, or absent for the default (`bridge` on Linux).
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<Text>,
    /// The role that the task's own calls are made with.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<Text>,
    /// The role that ECS pulls images and secrets with: not the task's own.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<Text>,
    /// What it is registered for: `FARGATE`, `EC2`, `EXTERNAL`.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub requires_compatibilities: Vec<Text>,
    /// In the order that they were registered.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub container_definitions: Vec<ContainerDefinition>,
}

/// One container of a task definition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerDefinition {
    /// Unique within the definition.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// The image reference.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub image: Option<Text>,
    /// Ports, in the order that they were registered.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub port_mappings: Vec<PortMapping>,
    /// The labels that Traefik reads; `labels` is something else.
    #[serde(deserialize_with = "labels", skip_serializing_if = "BTreeMap::is_empty")]
    pub docker_labels: BTreeMap<Text, Text>,
    /// Whether a container health check is defined at all.
    #[serde(deserialize_with = "present", serialize_with = "empty_section", skip_serializing_if = "is_absent")]
    pub health_check: bool,
    /// What the image is started with.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<Text>,
    /// What the command is given to.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub entry_point: Vec<Text>,
    /// Environment variables in plain text.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub environment: Vec<KeyValue>,
    /// Environment variables whose values ECS fetches; only their names are known.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<KeyValue>,
    /// Files of variables in S3, by their ARNs, the values; ECS fetches them.
    #[serde(deserialize_with = "list", skip_serializing_if = "Vec::is_empty")]
    pub environment_files: Vec<KeyValue>,
}

/// One port of a container definition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PortMapping {
    /// Absent for a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<i32>,
    /// Absent, or 0 for a dynamic port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_port: Option<i32>,
    /// `tcp` or `udp`; absent is `tcp`.
    #[serde(deserialize_with = "interned_option", skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Text>,
    /// `FIRST-LAST`, where the mapping is a range.
    #[serde(deserialize_with = "single_option", skip_serializing_if = "Option::is_none")]
    pub container_port_range: Option<Text>,
}

/// Labels; a `null` value reads as empty, as an absent one does.
fn labels<'de, D: serde::Deserializer<'de>>(input: D) -> Result<BTreeMap<Text, Text>, D::Error> {
    let given = Option::<BTreeMap<Single, Option<Single>>>::deserialize(input)?.unwrap_or_default();
    Ok(given.into_iter().map(|(key, value)| (key.0, value.map(|value| value.0).unwrap_or_default())).collect())
}

/// Whether there is a value, whatever it is.
fn present<'de, D: serde::Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    Ok(Option::<serde::de::IgnoredAny>::deserialize(input)?.is_some())
}

/// Writes what is known of a section that is there: no more than that.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn empty_section<S: serde::Serializer>(_: &bool, output: S) -> Result<S::Ok, S::Error> {
    serde::ser::SerializeMap::end(output.serialize_map(Some(0))?)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields over by reference")]
fn is_absent(present: &bool) -> bool {
    !present
}
