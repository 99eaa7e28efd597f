//! From the SDK's types to plain records. What AWS left out stays out.

use std::collections::BTreeMap;

use aws_sdk_ec2::types as ec2;
use aws_sdk_ecs::types as ecs;
use aws_sdk_ssm::types as ssm;

use crate::model::{
    Action, Attachment, Container, ContainerDefinition, ContainerInstance, Ec2Instance, InstanceState, KeyValue,
    MissingRecord, NetworkBinding, NetworkInterface, PortMapping, SsmInstance, Task, TaskDefinition, Text,
};

fn text(text: Option<&str>) -> Text {
    text.unwrap_or_default().into()
}

fn optional(text: Option<&str>) -> Option<Text> {
    text.map(Text::from)
}

pub(super) fn texts(texts: Option<Vec<String>>) -> Vec<Text> {
    texts.unwrap_or_default().into_iter().map(Text::from).collect()
}

pub(super) fn missing(action: Action, cluster: &Text, failures: &[ecs::Failure]) -> Vec<MissingRecord> {
    let record = |failure: &ecs::Failure| MissingRecord {
        action,
        cluster: Some(cluster.clone()),
        arn: text(failure.arn()),
        reason: text(failure.reason()),
    };
    failures.iter().map(record).collect()
}

pub(super) fn task(cluster: &Text, task: &ecs::Task) -> Task {
    Task {
        task_arn: text(task.task_arn()),
        cluster_arn: task.cluster_arn().map_or_else(|| cluster.clone(), Text::from),
        task_definition_arn: text(task.task_definition_arn()),
        container_instance_arn: optional(task.container_instance_arn()),
        group: optional(task.group()),
        last_status: optional(task.last_status()),
        desired_status: optional(task.desired_status()),
        health_status: optional(task.health_status().map(ecs::HealthStatus::as_str)),
        launch_type: optional(task.launch_type().map(ecs::LaunchType::as_str)),
        attachments: task.attachments().iter().map(attachment).collect(),
        containers: task.containers().iter().map(container).collect(),
    }
}

fn attachment(attachment: &ecs::Attachment) -> Attachment {
    Attachment {
        kind: optional(attachment.r#type()),
        status: optional(attachment.status()),
        details: attachment.details().iter().map(key_value).collect(),
    }
}

fn key_value(pair: &ecs::KeyValuePair) -> KeyValue {
    KeyValue { name: optional(pair.name()), value: optional(pair.value()) }
}

fn container(container: &ecs::Container) -> Container {
    Container {
        name: optional(container.name()),
        last_status: optional(container.last_status()),
        health_status: optional(container.health_status().map(ecs::HealthStatus::as_str)),
        network_bindings: container.network_bindings().iter().map(network_binding).collect(),
        network_interfaces: container.network_interfaces().iter().map(network_interface).collect(),
    }
}

fn network_binding(binding: &ecs::NetworkBinding) -> NetworkBinding {
    NetworkBinding {
        bind_ip: optional(binding.bind_ip()),
        container_port: binding.container_port(),
        host_port: binding.host_port(),
        protocol: optional(binding.protocol().map(ecs::TransportProtocol::as_str)),
        container_port_range: optional(binding.container_port_range()),
        host_port_range: optional(binding.host_port_range()),
    }
}

fn network_interface(interface: &ecs::NetworkInterface) -> NetworkInterface {
    NetworkInterface {
        private_ipv4_address: optional(interface.private_ipv4_address()),
        ipv6_address: optional(interface.ipv6_address()),
    }
}

pub(super) fn container_instance(cluster: &Text, instance: &ecs::ContainerInstance) -> ContainerInstance {
    ContainerInstance {
        cluster_arn: cluster.clone(),
        container_instance_arn: text(instance.container_instance_arn()),
        ec2_instance_id: optional(instance.ec2_instance_id()),
        status: optional(instance.status()),
        agent_connected: Some(instance.agent_connected()),
    }
}

pub(super) fn ec2_instance(instance: &ec2::Instance) -> Ec2Instance {
    Ec2Instance {
        instance_id: text(instance.instance_id()),
        private_ip_address: optional(instance.private_ip_address()),
        ipv6_address: optional(instance.ipv6_address()),
        state: instance
            .state()
            .map(|state| InstanceState { name: optional(state.name().map(ec2::InstanceStateName::as_str)) }),
    }
}

pub(super) fn ssm_instance(instance: &ssm::InstanceInformation) -> SsmInstance {
    SsmInstance {
        instance_id: text(instance.instance_id()),
        ip_address: optional(instance.ip_address()),
        ping_status: optional(instance.ping_status().map(ssm::PingStatus::as_str)),
    }
}

pub(super) fn task_definition(definition: &ecs::TaskDefinition) -> TaskDefinition {
    TaskDefinition {
        task_definition_arn: text(definition.task_definition_arn()),
        family: optional(definition.family()),
        revision: Some(i64::from(definition.revision())),
        network_mode: optional(definition.network_mode().map(ecs::NetworkMode::as_str)),
        task_role_arn: optional(definition.task_role_arn()),
        execution_role_arn: optional(definition.execution_role_arn()),
        requires_compatibilities: definition
            .requires_compatibilities()
            .iter()
            .map(|one| Text::from(one.as_str()))
            .collect(),
        container_definitions: definition.container_definitions().iter().map(container_definition).collect(),
    }
}

fn container_definition(definition: &ecs::ContainerDefinition) -> ContainerDefinition {
    let labels = definition.docker_labels().into_iter().flatten();
    let list = |texts: &[String]| texts.iter().map(|text| Text::from(text.as_str())).collect();
    ContainerDefinition {
        name: optional(definition.name()),
        image: optional(definition.image()),
        port_mappings: definition.port_mappings().iter().map(port_mapping).collect(),
        docker_labels: labels
            .map(|(name, value)| (Text::from(name.as_str()), Text::from(value.as_str())))
            .collect::<BTreeMap<_, _>>(),
        health_check: definition.health_check().is_some(),
        command: list(definition.command()),
        entry_point: list(definition.entry_point()),
        environment: definition.environment().iter().map(key_value).collect(),
        secrets: definition
            .secrets()
            .iter()
            .map(|secret| KeyValue { name: Some(secret.name().into()), value: None })
            .collect(),
        environment_files: definition
            .environment_files()
            .iter()
            .map(|file| KeyValue { name: None, value: Some(file.value().into()) })
            .collect(),
    }
}

fn port_mapping(mapping: &ecs::PortMapping) -> PortMapping {
    PortMapping {
        container_port: mapping.container_port(),
        host_port: mapping.host_port(),
        protocol: optional(mapping.protocol().map(ecs::TransportProtocol::as_str)),
        container_port_range: optional(mapping.container_port_range()),
    }
}
