//! Which part of its definition a container is made by.

use std::sync::Arc;

use super::decision::{Evidence, few};
use super::reason::Reason;
use crate::model::{Container, ContainerDefinition, Index, Task, TaskDefinition};

/// Tasks of so many containers are compared with their definition name by name.
const FEW: usize = 16;

/// Where containers are found in a definition: by the first of their name.
pub(super) enum Places<'a> {
    /// By going through it.
    InOrder(&'a TaskDefinition),
    /// By an index, for a task of very many containers.
    ByName(Index<&'a str, usize>),
}

impl<'a> Places<'a> {
    /// A definition in which so many containers are looked for.
    pub(super) fn of(definition: &'a TaskDefinition, containers: usize) -> Self {
        if containers <= FEW {
            return Self::InOrder(definition);
        }
        let mut places = Index::default();
        for (place, known) in definition.container_definitions.iter().enumerate() {
            places.entry(named(known)).or_insert(place);
        }
        Self::ByName(places)
    }

    /// The container's place.
    pub(super) fn find(&self, container: &Container) -> Option<usize> {
        let name = container.name.as_deref().unwrap_or_default();
        match self {
            Self::InOrder(definition) => definition.container_definitions.iter().position(|known| named(known) == name),
            Self::ByName(places) => places.get(name).copied(),
        }
    }
}

fn named(definition: &ContainerDefinition) -> &str {
    definition.name.as_deref().unwrap_or_default()
}

/// What was found for a container of a task.
///
/// # Errors
/// That there is no such container, with the names that there are.
pub(super) fn defined(
    task: &Task,
    definition: Option<&Arc<TaskDefinition>>,
    found: Option<usize>,
) -> Result<Evidence, Reason> {
    let arn = task.task_definition_arn.clone();
    let containers: &[ContainerDefinition] = definition.map_or(&[], |known| &known.container_definitions);
    match found {
        Some(at) => Ok(Evidence::Definition { definition: arn, labels: few(containers[at].docker_labels.len()) }),
        None => Err(Reason::ContainerDefinitionMissing {
            definition: arn,
            known: containers.iter().filter_map(|known| known.name.clone()).collect(),
        }),
    }
}
