//! A whole fleet: where the groups of tasks are known, default rules can be written out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Migrated;
use super::container::{Container, Mapping, migrate_labels};
use crate::model::{ContainerDefinition, Inventory, PortMapping, Text};
use crate::v1::labels::Labels;

/// A container of a fleet's definition with what takes the place of its labels.
#[derive(Debug, Clone)]
pub struct FleetContainer {
    /// The definition's family.
    pub family: String,
    /// The container's own name.
    pub name: String,
    /// Its labels as they are.
    pub labels: Labels,
    /// What it was migrated with.
    pub container: Container,
    /// What takes their place.
    pub migrated: Migrated,
}

/// The containers of a task definition, one for one; `base` is what is known of all.
pub fn migrate_definition(inventory: &Inventory, arn: &Text, base: &Container) -> Vec<FleetContainer> {
    let Some(definition) = inventory.task_definitions.get(arn) else { return Vec::new() };
    let family = definition.family.as_deref().unwrap_or_else(|| family(arn));
    let groups = groups(inventory, arn);
    let only = groups.first().filter(|_| groups.len() == 1);
    let one = |container: &ContainerDefinition| {
        let name = container.name.as_deref().unwrap_or_default();
        let labels = owned(&container.docker_labels);
        let mapping = |port: &PortMapping| Mapping {
            container: port.container_port.unwrap_or_default().into(),
            host: port.host_port.unwrap_or_default().into(),
        };
        let container = Container {
            ports: Some(container.port_mappings.iter().map(mapping).collect()),
            ..Container::new(family, name, only.copied(), base)
        };
        let migrated = migrate_labels(&container, &labels);
        FleetContainer { family: family.to_owned(), name: name.to_owned(), labels, container, migrated }
    };
    definition.container_definitions.iter().map(one).collect()
}

/// The records of a fleet with migrated labels in the place of v1's: what AWS would give once all of it is moved.
#[must_use]
pub fn migrate_inventory(inventory: &Inventory, base: &Container) -> Inventory {
    let mut moved = inventory.clone();
    for (arn, definition) in &inventory.task_definitions {
        let mut changed = (**definition).clone();
        let containers = migrate_definition(inventory, arn, base);
        for (container, one) in changed.container_definitions.iter_mut().zip(containers) {
            let labels = one.migrated.labels.iter();
            container.docker_labels =
                labels.map(|(label, value)| (label.as_str().into(), value.as_str().into())).collect();
        }
        moved.task_definitions.insert(arn.clone(), Arc::new(changed));
    }
    moved
}

impl FleetContainer {
    /// Whether its labels change, or something is to be known of them.
    pub fn is_concerned(&self) -> bool {
        self.migrated.labels != self.labels || !self.migrated.notes.is_empty()
    }
}

fn owned(labels: &BTreeMap<Text, Text>) -> Labels {
    labels.iter().map(|(label, value)| (label.to_string(), value.to_string())).collect()
}

/// The groups of the tasks that run a definition.
fn groups<'f>(inventory: &'f Inventory, arn: &Text) -> BTreeSet<&'f str> {
    let tasks = inventory.clusters.iter().flat_map(|cluster| &cluster.tasks);
    tasks
        .filter(|task| task.task_definition_arn == *arn)
        .map(|task| task.group.as_deref().unwrap_or_default())
        .collect()
}

/// The family in `…:task-definition/FAMILY:REVISION`.
fn family(arn: &str) -> &str {
    let last = arn.rsplit('/').next().unwrap_or(arn);
    last.split(':').next().unwrap_or(last)
}
