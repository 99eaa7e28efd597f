//! Fleets as Traefik 1.7 sees them: its own options, its own pass.

mod settings;

use std::collections::BTreeMap;

use super::disk::Disk;
use super::fleet::{built_in, read_snapshot};
use super::live::{self, ListClusters};
use super::settings::{Base, Own, ambient, refused};
use super::static_from::{self, Among};
use super::{Exit, output::deliver};
use crate::cli::{FleetArgs, OutputArgs, SettingsArgs};
use crate::console::{Console, Surroundings};
use crate::discover::{Scope, run_ready};
use crate::failure::Failure;
use crate::model::{Inventory, Release};
use crate::source::{Snapshot, SnapshotSource};
use crate::v1::{self, Ending, EntryPoints, Run};

pub(super) use settings::{effective, refusal_of};

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
    let (effective, inventory) = read(arguments, snapshot, told, surroundings, console)?;
    Ok(play(&effective.settings, inventory, surroundings, console))
}

/// Puts a snapshot that was read through a pass of 1.7.
///
/// # Errors
/// When the settings are wrong.
pub(super) fn replay(
    snapshot: Snapshot,
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Run, Failure> {
    let (effective, inventory) = read(arguments, Some(snapshot), told, surroundings, console)?;
    Ok(play(&effective.settings, inventory, surroundings, console))
}

/// How settings are resolved: with what is worth a word said, or left to be said.
type Resolve = fn(&SettingsArgs, Base<'_>, &Surroundings, &mut Console<'_>) -> Result<v1::Effective, Failure>;

/// What 1.7 is set to, and the records that it reads: of a snapshot, or of AWS.
///
/// # Errors
/// When the settings are wrong, or AWS can't be asked at all.
pub(super) fn read(
    arguments: &FleetArgs,
    snapshot: Option<Snapshot>,
    resolve: Resolve,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(v1::Effective, Inventory), Failure> {
    let among = snapshot.as_ref().map_or(Among::Live(&arguments.source), Among::Snapshot);
    let started = static_from::started(&arguments.settings, among, surroundings, console)?;
    let recorded = snapshot.as_ref().and_then(|snapshot| snapshot.settings.as_ref());
    let base = match (&started, recorded) {
        (Some(started), _) => Base::Started(started),
        (None, _) if arguments.source.demo => Base::Demo,
        (None, Some(recorded)) => Base::Recorded(recorded),
        (None, None) => Base::Traefik,
    };
    let effective = resolve(&arguments.settings, base, surroundings, console)?;
    let inventory = inventory(arguments, &effective.settings, snapshot, console)?;
    Ok((effective, inventory))
}

/// What 1.7 is set to; says what is worth a word.
///
/// # Errors
/// When the settings are wrong.
fn told(
    arguments: &SettingsArgs,
    base: Base<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<v1::Effective, Failure> {
    let effective = effective(arguments, base, surroundings, console)?;
    for remark in &effective.remarks {
        console.warn(&remark.to_string());
    }
    Ok(effective)
}

/// Plays a pass over records, and says what fails it and what is left to chance.
fn play(settings: &v1::Settings, inventory: Inventory, surroundings: &Surroundings, console: &mut Console<'_>) -> Run {
    let ambient = ambient(BTreeMap::new(), surroundings);
    let run = v1::run(settings, inventory, &ambient);
    if let Ending::Failed(failed) = &run.ending {
        console.warn(&format!("Traefik 1.7 publishes nothing: {failed}"));
    }
    for one in &run.ambiguities {
        let (service, between) = (&one.service, one.between.join(", "));
        console.warn(&format!("`{service}` depends on the order in which Traefik sees its tasks: {between} differ"));
    }
    run
}

/// The entry points of v1's static configuration, or 1.7's own.
pub(super) fn entry_points(
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<EntryPoints, Failure> {
    let disk = Disk { directory: &surroundings.directory };
    let own = Own::of(arguments, surroundings);
    let effective = v1::load(&own.input(&disk)).map_err(|refusal| refused(&refusal))?;
    if effective.file.is_none() {
        console.note("no static configuration is given, so there is one entry point: `http` on :80");
    }
    Ok(effective.entry_points)
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
