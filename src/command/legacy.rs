//! Fleets as Traefik 1.7 sees them: its own options, its own pass.

mod settings;

use std::collections::BTreeMap;

use super::fleet::{built_in, read_snapshot};
use super::live::{self, ListClusters};
use super::settings::{Base, ambient};
use super::static_from::{self, Among};
use super::{Exit, output::deliver};
use crate::cli::{FleetArgs, OutputArgs};
use crate::console::{Console, Surroundings};
use crate::discover::{Scope, run_ready};
use crate::failure::Failure;
use crate::model::{Inventory, Release};
use crate::source::{Snapshot, SnapshotSource};
use crate::v1::{self, Ending, Run};

pub(super) use settings::effective;

/// Whether Traefik 1.7's behaviour is asked for.
pub(super) fn is_asked(arguments: &FleetArgs) -> bool {
    arguments.settings.traefik == Release::V1_7
}

/// Reads a fleet and puts it through a pass of 1.7.
///
/// # Errors
/// When the settings or the snapshot are wrong, or AWS can't be asked at all.
pub(super) fn read_pass(
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Run, Failure> {
    let snapshot = if arguments.source.demo {
        Some(built_in()?)
    } else {
        arguments.source.snapshot.as_ref().map(|path| read_snapshot(path, surroundings)).transpose()?
    };
    let among = snapshot.as_ref().map_or(Among::Live(&arguments.source), Among::Snapshot);
    let started = static_from::started(&arguments.settings, among, surroundings, console)?;
    let recorded = snapshot.as_ref().and_then(|snapshot| snapshot.settings.as_ref());
    let base = match (&started, recorded) {
        (Some(started), _) => Base::Started(started),
        (None, _) if arguments.source.demo => Base::Demo,
        (None, Some(recorded)) => Base::Recorded(recorded),
        (None, None) => Base::Traefik,
    };
    let effective = effective(&arguments.settings, base, surroundings, console)?;
    for remark in &effective.remarks {
        console.warn(&remark.to_string());
    }
    let settings = effective.settings;
    let inventory = inventory(arguments, &settings, snapshot, console)?;
    let ambient = ambient(BTreeMap::new(), surroundings);
    let run = v1::run(&settings, inventory, &ambient);
    if let Ending::Failed(failed) = &run.ending {
        console.warn(&format!("Traefik 1.7 publishes nothing: {failed}"));
    }
    for one in &run.ambiguities {
        let (service, between) = (&one.service, one.between.join(", "));
        console.warn(&format!("`{service}` depends on the order in which Traefik sees its tasks: {between} differ"));
    }
    Ok(run)
}

fn inventory(
    arguments: &FleetArgs,
    settings: &v1::Settings,
    snapshot: Option<Snapshot>,
    console: &mut Console<'_>,
) -> Result<Inventory, Failure> {
    let provider = settings.provider();
    let scope = Scope::new(&provider, Release::V1_7);
    if let Some(snapshot) = snapshot {
        return Ok(run_ready(&SnapshotSource::new(snapshot), &scope));
    }
    let list = ListClusters::WhenOneIsNotFound;
    Ok(live::read(&arguments.source, &provider, &scope, list, console)?.inventory)
}

/// Delivers what a pass came to; a pass that publishes nothing leaves a file as it was.
pub(super) fn give(
    run: &Run,
    bytes: &[u8],
    output: &OutputArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let complete = run.published().is_some() && run.inventory.is_complete();
    if complete || output.output.is_none() {
        deliver(output.output.as_deref(), bytes, surroundings, console)?;
    }
    Ok(if complete { Exit::Yes } else { Exit::System })
}
