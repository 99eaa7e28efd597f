//! A task definition that AWS gave, in the form in which files' definitions are judged.

use super::given::{Container, Definition, Label, Mapping};
use super::place::Word;
use crate::model::{ContainerDefinition, TaskDefinition};

/// The definition, without places.
pub(super) fn definition(record: &TaskDefinition) -> Definition {
    Definition {
        family: record.family.as_deref().map(Word::recorded),
        revision: record.revision,
        network_mode: record.network_mode.as_deref().map(Word::recorded),
        containers: record.container_definitions.iter().map(container).collect(),
        ..Definition::default()
    }
}

fn container(record: &ContainerDefinition) -> Container {
    let label = |key: &str, value: &str| Label { key: Word::recorded(key), value: Word::recorded(value) };
    let ports = record.port_mappings.iter().map(|mapping| Mapping {
        site: None,
        container: mapping.container_port,
        host: mapping.host_port,
        protocol: mapping.protocol.as_deref().map(str::to_owned),
        range: mapping.container_port_range.as_deref().map(str::to_owned),
    });
    let environment =
        record.environment.iter().filter_map(|pair| Some(label(pair.name.as_deref()?, pair.value.as_deref()?)));
    Container {
        name: record.name.as_deref().map(Word::recorded),
        image: record.image.as_deref().map(Word::recorded),
        labels: record.docker_labels.iter().map(|(key, value)| label(key, value)).collect(),
        ports: ports.collect(),
        has_health_check: record.health_check,
        command: record.command.iter().map(|word| Word::recorded(word)).collect(),
        environment: environment.collect(),
        ..Container::default()
    }
}
