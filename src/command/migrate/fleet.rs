//! Containers of a fleet, as `migrate` shows them.

use std::path::PathBuf;

use super::Work;
use crate::command::fleet::Fleet;
use crate::migrate::document::Found;
use crate::migrate::{FleetContainer, migrate_definition};
use crate::view::migrated::{MigratedContainer, MigratedFile};

/// Every container with v1 labels of a fleet. There is no file to write: labels are set where they are made.
pub(super) fn containers(fleet: &Fleet, name: &str, work: &Work) -> MigratedFile {
    let definitions = fleet.inventory.task_definitions.keys();
    let all = definitions.flat_map(|arn| migrate_definition(&fleet.inventory, arn, &work.base));
    MigratedFile {
        path: PathBuf::from(name),
        containers: all.filter(FleetContainer::is_concerned).map(shown).collect(),
        ..MigratedFile::default()
    }
}

fn shown(one: FleetContainer) -> MigratedContainer {
    let found = Found {
        family: one.family,
        container: one.name,
        group: None,
        ports: one.container.ports.clone().unwrap_or_default(),
        labels: one.labels,
        unread: Vec::new(),
        object: None,
    };
    MigratedContainer { container: one.container, found, migrated: one.migrated, in_place: false }
}
