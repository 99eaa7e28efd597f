//! `snapshot`: records what AWS answers, so that it can be replayed anywhere.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Exit;
use super::fleet::{built_in, demo_settings, live_settings, read_snapshot, recorded_settings};
use super::live::{self, ListClusters};
use super::output::deliver;
use super::settings::Settings;
use crate::cli::SnapshotArgs;
use crate::console::{Console, Surroundings};
use crate::discover::{self, Scope, run_ready};
use crate::failure::Failure;
use crate::model::{CallError, CallErrorKind, Inventory, Text};
use crate::source::{Environment, Recording, Snapshot, SnapshotSource};

/// What was read, for whatever setting.
struct Records {
    settings: Settings,
    inventory: Inventory,
    listed: Result<Vec<Text>, CallError>,
    account: Option<Text>,
    time: Text,
}

pub(super) fn run(
    arguments: &SnapshotArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let records = records(arguments, surroundings, console)?;
    let recording = Recording {
        settings: &records.settings.provider,
        listed: records.listed.clone(),
        account: records.account.clone(),
        recorded_at: records.time.clone(),
        environment: if arguments.include_environment { Environment::Kept } else { Environment::LeftOut },
    };
    let snapshot = Snapshot::record(&records.inventory, recording);
    let mut bytes = Vec::new();
    snapshot.write(&mut bytes).map_err(|error| Failure::system("the snapshot can't be written").because(&error))?;
    if arguments.include_environment {
        console.warn("the snapshot holds the environment of every container definition: keep it as you keep secrets");
    }
    // Whether it is whole is what its own replay says.
    let scope = Scope::new(&records.settings.provider, records.settings.release);
    let replayed = run_ready(&SnapshotSource::new(snapshot), &scope);
    tell(&records.inventory, &replayed, console);
    let output = arguments.output.as_deref();
    if !replayed.is_complete() && output.is_some() && !arguments.as_traefik {
        return Err(Failure::system("the pass is not complete, so nothing was written")
            .hint("--as-traefik writes it all the same: a replay then fails as this pass did"));
    }
    let bytes = if is_compressed(output) { compress(&bytes)? } else { bytes };
    deliver(output, &bytes, surroundings, console)?;
    Ok(if replayed.is_complete() { Exit::Yes } else { Exit::System })
}

/// Reads everything that any what-if could need.
fn records(
    arguments: &SnapshotArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Records, Failure> {
    let source = &arguments.fleet.source;
    let now: Text = surroundings.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into();
    if source.demo || source.snapshot.is_some() {
        return replayed(arguments, now, surroundings, console);
    }
    let settings = live_settings(&arguments.fleet, surroundings, console)?;
    let scope = Scope::new(&settings.provider, settings.release).for_every_setting();
    let reading = live::read(source, &settings.provider, &scope, ListClusters::Always, console)?;
    Ok(Records {
        settings,
        account: reading.inventory.account.clone(),
        inventory: reading.inventory,
        listed: reading.listed.unwrap_or_else(|| Ok(Vec::new())),
        time: now,
    })
}

/// Records a recording again: without its environment, or with other settings.
fn replayed(
    arguments: &SnapshotArgs,
    now: Text,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Records, Failure> {
    let (snapshot, settings) = if let Some(path) = &arguments.fleet.source.snapshot {
        let snapshot = read_snapshot(path, surroundings)?;
        let settings = recorded_settings(&snapshot, &arguments.fleet.settings, surroundings, console)?;
        (snapshot, settings)
    } else {
        let demo = built_in()?;
        let settings = demo_settings(&demo, &arguments.fleet.settings, surroundings, console)?;
        (demo, settings)
    };
    let (account, time) = (snapshot.account.clone(), snapshot.recorded_at.clone().unwrap_or(now));
    let source = SnapshotSource::new(snapshot);
    let listed = discover::ready(discover::cluster_names(&source));
    let scope = Scope::new(&settings.provider, settings.release).for_every_setting();
    Ok(Records { inventory: run_ready(&source, &scope), settings, listed, account, time })
}

/// Says which calls failed: those that the pass needed, and those that only another setting would need.
fn tell(inventory: &Inventory, replayed: &Inventory, console: &mut Console<'_>) {
    for error in &inventory.errors {
        let needed = replayed.errors.iter().any(|met| met.action == error.action && met.cluster == error.cluster);
        if needed {
            console.warn(&format!("{error}"));
        } else if error.kind != CallErrorKind::NotRecorded {
            console.warn(&format!("{error}; a replay with settings that need this call will fail at it"));
        }
    }
}

fn is_compressed(output: Option<&Path>) -> bool {
    output.is_some_and(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")))
}

fn compress(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    compressed.map_err(|error| Failure::system("the snapshot can't be compressed").because(&error))
}
