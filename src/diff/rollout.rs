//! What a deployment does to a fleet's records: while old and new tasks run beside each other, and once the old ones
//! are gone.
//!
//! Where ECS will start a task isn't known: a new one gets the machine of the one that it replaces, and under `awsvpc`
//! an address that says that it is new.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Attachment, ClusterRecords, Container, ContainerDefinition, Inventory, NetworkBinding, NetworkInterface,
    PortMapping, Task, TaskDefinition, Text,
};

/// The records of a fleet in which a revision replaces the family's others.
#[derive(Debug)]
pub struct Rollout {
    /// Old tasks, and beside each its successor.
    pub overlap: Inventory,
    /// The successors alone.
    pub after: Inventory,
    /// The groups whose tasks are replaced: `service:api`.
    pub groups: BTreeSet<Text>,
}

/// Replaces every task of the definition's family. Nothing where none runs.
pub fn rollout(now: &Inventory, definition: &Arc<TaskDefinition>) -> Option<Rollout> {
    let family = definition.family.clone().unwrap_or_else(|| family_of(&definition.task_definition_arn).into());
    let (mut overlap, mut after, mut groups) = (now.clone(), now.clone(), BTreeSet::new());
    let mut count = 0;
    for (index, records) in now.clusters.iter().enumerate() {
        for task in records.tasks.iter().filter(|task| family_of(&task.task_definition_arn) == &*family) {
            count += 1;
            groups.insert(task.group.clone().unwrap_or_default());
            let new = Arc::new(successor(task, definition, count));
            list(&mut overlap.clusters[index], &new);
            list(&mut after.clusters[index], &new);
            let old = &task.task_arn;
            let left = &mut after.clusters[index];
            left.tasks.retain(|task| task.task_arn != *old);
            left.listed.iter_mut().for_each(|page| page.retain(|arn| arn != old));
        }
    }
    for inventory in [&mut overlap, &mut after] {
        inventory.task_definitions.insert(definition.task_definition_arn.clone(), definition.clone());
    }
    (count > 0).then_some(Rollout { overlap, after, groups })
}

/// The family of a task definition's ARN, or of its `family:revision`.
fn family_of(arn: &str) -> &str {
    let name = arn.rsplit('/').next().unwrap_or(arn);
    name.rsplit_once(':').map_or(name, |(family, _)| family)
}

fn list(records: &mut ClusterRecords, task: &Arc<Task>) {
    records.listed.push(vec![task.task_arn.clone()]);
    records.tasks.push(task.clone());
}

/// The task that replaces one.
fn successor(old: &Task, definition: &TaskDefinition, number: usize) -> Task {
    let prefix = old.task_arn.rsplit_once('/').map_or(&*old.task_arn, |(prefix, _)| prefix);
    let on_interface = definition.network_mode.as_deref() == Some("awsvpc");
    let containers = definition.container_definitions.iter().map(|defined| {
        let before = old.containers.iter().find(|container| container.name == defined.name);
        container(defined, before, on_interface.then(|| format!("new-{number}")))
    });
    Task {
        task_arn: format!("{prefix}/{number:032x}").into(),
        task_definition_arn: definition.task_definition_arn.clone(),
        last_status: Some("RUNNING".into()),
        attachments: if on_interface { vec![Attachment::default()] } else { Vec::new() },
        containers: containers.collect(),
        ..old.clone()
    }
}

fn container(defined: &ContainerDefinition, before: Option<&Container>, address: Option<String>) -> Container {
    let interface =
        address.map(|address| NetworkInterface { private_ipv4_address: Some(address.into()), ipv6_address: None });
    let bindings = defined.port_mappings.iter().map(|mapping| binding(mapping, before));
    Container {
        name: defined.name.clone(),
        last_status: Some("RUNNING".into()),
        health_status: before.and_then(|before| before.health_status.clone()),
        network_bindings: if interface.is_some() { Vec::new() } else { bindings.collect() },
        network_interfaces: interface.into_iter().collect(),
    }
}

/// The binding of a mapping; a dynamic host port is the one that the old task has, for its own isn't known.
fn binding(mapping: &PortMapping, before: Option<&Container>) -> NetworkBinding {
    let bound = before.into_iter().flat_map(|before| &before.network_bindings);
    let bound = bound.filter(|bound| bound.container_port == mapping.container_port).find_map(|bound| bound.host_port);
    let fixed = mapping.host_port.filter(|port| *port != 0);
    NetworkBinding {
        container_port: mapping.container_port,
        host_port: fixed.or(bound).or(mapping.host_port),
        protocol: mapping.protocol.clone(),
        ..NetworkBinding::default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{family_of, rollout};
    use crate::model::{ClusterRecords, Container, ContainerDefinition, Inventory, Task, TaskDefinition};

    fn definition(arn: &str) -> Arc<TaskDefinition> {
        let container = ContainerDefinition { name: Some("web".into()), ..ContainerDefinition::default() };
        let network_mode = Some("awsvpc".into());
        let container_definitions = vec![container];
        let task_definition_arn = arn.into();
        Arc::new(TaskDefinition {
            task_definition_arn,
            network_mode,
            container_definitions,
            ..TaskDefinition::default()
        })
    }

    fn fleet() -> Inventory {
        let task = Task {
            task_arn: "arn:task/default/0123456789abcdef".into(),
            task_definition_arn: "arn:task-definition/api:1".into(),
            containers: vec![Container { name: Some("web".into()), ..Container::default() }],
            ..Task::default()
        };
        let listed = vec![vec![task.task_arn.clone()]];
        let records = ClusterRecords { tasks: vec![Arc::new(task)], listed, ..ClusterRecords::default() };
        Inventory { clusters: vec![records], ..Inventory::default() }
    }

    #[test]
    fn a_revision_stands_beside_the_old_one_and_then_in_its_place() {
        let found = rollout(&fleet(), &definition("arn:task-definition/api:2")).expect("a task of the family runs");
        assert_eq!(found.overlap.clusters[0].tasks.len(), 2);
        let [new] = found.after.clusters[0].tasks.as_slice() else { panic!("{found:?}") };
        assert_eq!(&*new.task_definition_arn, "arn:task-definition/api:2");
        assert_eq!(new.containers[0].network_interfaces[0].private_ipv4_address.as_deref(), Some("new-1"));
        assert_eq!(found.after.clusters[0].listed.concat(), std::slice::from_ref(&new.task_arn));
    }

    #[test]
    fn another_family_is_left_alone() {
        assert!(rollout(&fleet(), &definition("arn:task-definition/other:2")).is_none());
        assert_eq!(family_of("arn:aws:ecs:eu-west-1:1:task-definition/api:41"), "api");
        assert_eq!(family_of("api:41"), "api");
        assert_eq!(family_of("api"), "api");
    }
}
