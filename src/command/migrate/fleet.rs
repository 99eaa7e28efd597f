//! Containers of a fleet: where groups are known, default rules can be written out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Work, container_name};
use crate::command::fleet::Fleet;
use crate::migrate::document::Found;
use crate::migrate::{Container, has_v1_labels, migrate_labels};
use crate::model::{ContainerDefinition, Text};
use crate::v1::labels::Labels;
use crate::view::migrated::{MigratedContainer, MigratedFile};

/// Every container with v1 labels of a fleet. There is no file to write: labels are set where they are made.
pub(super) fn containers(fleet: &Fleet, name: &str, work: &Work) -> MigratedFile {
    let definitions = fleet.inventory.task_definitions.keys();
    let all = definitions.flat_map(|arn| migrate_definition(fleet, arn, work));
    let old = all.filter(|one| has_v1_labels(one.found.labels.keys().map(String::as_str)));
    MigratedFile {
        path: PathBuf::from(name),
        before: String::new(),
        after: String::new(),
        containers: old.collect(),
        settings: Vec::new(),
    }
}

/// The containers of a task definition, one for one.
pub(super) fn migrate_definition(fleet: &Fleet, arn: &Text, work: &Work) -> Vec<MigratedContainer> {
    let Some(definition) = fleet.inventory.task_definitions.get(arn) else { return Vec::new() };
    let family = definition.family.as_deref().unwrap_or_else(|| family(arn));
    let groups = groups(fleet, arn);
    let one = |container: &ContainerDefinition| {
        let name = container.name.as_deref().unwrap_or_default();
        let group = if groups.len() == 1 { groups.first() } else { None };
        let found = Found {
            family: family.to_owned(),
            container: name.to_owned(),
            labels: owned(&container.docker_labels),
            unread: Vec::new(),
            span: None,
        };
        let container = Container {
            name: container_name(family, name),
            default_host: group.map(|group| default_host(group, name)),
            ..work.base.clone()
        };
        let migrated = migrate_labels(&container, &found.labels);
        MigratedContainer { container, found, migrated, in_place: false }
    };
    definition.container_definitions.iter().map(one).collect()
}

fn owned(labels: &BTreeMap<Text, Text>) -> Labels {
    labels.iter().map(|(label, value)| (label.to_string(), value.to_string())).collect()
}

/// The groups of the tasks that run a definition.
fn groups<'f>(fleet: &'f Fleet, arn: &Text) -> BTreeSet<&'f str> {
    let tasks = fleet.inventory.clusters.iter().flat_map(|cluster| &cluster.tasks);
    tasks.filter(|task| task.task_definition_arn == *arn).filter_map(|task| task.group.as_deref()).collect()
}

/// The family in `…:task-definition/FAMILY:REVISION`.
fn family(arn: &str) -> &str {
    let last = arn.rsplit('/').next().unwrap_or(arn);
    last.split(':').next().unwrap_or(last)
}

/// The host that v1's default rule names, without a domain.
fn default_host(group: &str, container: &str) -> String {
    format!("{}-{container}", group.replacen(':', "-", 1)).replace('_', "-").to_lowercase()
}
