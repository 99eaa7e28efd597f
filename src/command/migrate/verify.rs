//! `migrate --verify`: do requests go where they went?

use std::collections::BTreeMap;

use super::Work;
use crate::command::fleet::Fleet;
use crate::command::settings::ambient;
use crate::console::Surroundings;
use crate::dynamic::Configuration;
use crate::failure::Failure;
use crate::golang::strconv::parse_bool;
use crate::migrate::verify::{After, Before, Verified, after, after_by_service, before, probes, verify};
use crate::migrate::{migrate_inventory, migrate_provider, units};
use crate::model::{Release, Text};
use crate::pipeline;
use crate::v1::{self, Ending};
use crate::view::migrated::MigratedContainer;

/// The release that is migrated to.
const RELEASE: Release = Release::V3_7;

/// Compares what containers' labels come to.
///
/// # Errors
/// When migrated labels don't decode, which is a fault of the migration.
pub(super) fn of_labels<'c>(containers: impl Iterator<Item = &'c MigratedContainer>) -> Result<Verified, Failure> {
    let (mut old, mut new): (Vec<Before>, Vec<After>) = (Vec::new(), Vec::new());
    for one in containers.filter(|one| is_enabled(one)) {
        old.extend(units(&one.container, &one.found.labels));
        let labels: BTreeMap<Text, Text> =
            one.migrated.labels.iter().map(|(label, value)| (label.as_str().into(), value.as_str().into())).collect();
        let decoded = Configuration::from_labels(&labels, RELEASE).map_err(|error| {
            Failure::system(format!("the migrated labels of {} don't decode: {error}", one.container.name))
        })?;
        new.extend(after_by_service(&decoded, RELEASE));
    }
    // A router whose rule the provider makes has its frontend nowhere here.
    new.retain(|router| old.iter().any(|frontend| frontend.name == router.name));
    Ok(verify(&old, &new, probes(&old)))
}

fn is_enabled(container: &MigratedContainer) -> bool {
    let label = container.found.labels.get("traefik.enable").map(|value| parse_bool(value));
    !matches!(label, Some(Ok(false)))
}

/// Compares what a fleet comes to: a pass of 1.7, and one of v3 over the same records with migrated labels.
///
/// # Errors
/// When 1.7's pass fails, so that there is nothing to compare with.
pub(super) fn of_fleet(fleet: &Fleet, work: &Work, surroundings: &Surroundings) -> Result<Verified, Failure> {
    let ambient = ambient(BTreeMap::new(), surroundings);
    let old = v1::run(&work.settings, fleet.inventory.clone(), &ambient);
    if let Ending::Failed(failed) = &old.ending {
        return Err(Failure::system(format!("Traefik 1.7 publishes nothing of this fleet: {failed}"))
            .hint("what it trips over has to be mended before the two can be compared"));
    }
    let inventory = migrate_inventory(&fleet.inventory, &work.base);
    let new = pipeline::run(inventory, &migrate_provider(&work.settings), RELEASE, &ambient);
    let old = before(&old);
    Ok(verify(&old, &after(&new.configuration, RELEASE), probes(&old)))
}
