//! The fleet that a command looks at: what Traefik is set to, and the records that a pass reads.

use std::path::Path;

use super::live::{self, ListClusters};
use super::memory;
use super::output::read;
use super::remarks::warn_of_fleet;
use super::settings::{Base, Settings, resolve};
use super::static_from::{self, Among};
use crate::cli::{FleetArgs, SettingsArgs};
use crate::console::{Console, Surroundings};
use crate::cost::Cost;
use crate::discover::{Scope, cluster_names, ready, run_ready};
use crate::failure::{Failure, Place};
use crate::model::{Inventory, PassNote, Text};
use crate::source::{DEMO, Snapshot, SnapshotError, SnapshotSource};

/// A fleet, read.
#[derive(Debug)]
pub(super) struct Fleet {
    /// What Traefik is set to.
    pub(super) settings: Settings,
    /// The records.
    pub(super) inventory: Inventory,
    /// Where they came from.
    pub(super) origin: Origin,
    /// Who asked AWS, where that is known.
    pub(super) identity: Option<Text>,
    /// When they were read, as RFC 3339, where that is known.
    pub(super) time: Option<Text>,
}

/// Where records came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// AWS, just now.
    Live,
    /// A snapshot.
    Snapshot,
    /// The built-in fleet.
    Demo,
}

/// Reads the fleet that the arguments name.
///
/// # Errors
/// When the settings or the snapshot are wrong, or AWS can't be asked at all. A pass that failed on its way is no
/// error: its failures are in the inventory.
pub(super) fn read_fleet(
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Fleet, Failure> {
    let fleet = if arguments.source.demo {
        let snapshot = built_in()?;
        let settings = demo_settings(&snapshot, &arguments.settings, surroundings, console)?;
        replay(snapshot, settings, Origin::Demo, console)
    } else if let Some(path) = &arguments.source.snapshot {
        return replay_snapshot(read_snapshot(path, surroundings)?, arguments, surroundings, console);
    } else {
        live(arguments, surroundings, console)?
    };
    tell_fleet(&fleet, arguments, console);
    Ok(fleet)
}

/// Plays a pass over a snapshot that was read, with its own settings unless others are given.
pub(super) fn replay_snapshot(
    snapshot: Snapshot,
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Fleet, Failure> {
    let settings = recorded_settings(&snapshot, &arguments.settings, surroundings, console)?;
    let fleet = replay(snapshot, settings, Origin::Snapshot, console);
    tell_fleet(&fleet, arguments, console);
    Ok(fleet)
}

/// Says what the records show about the settings, and what reading them costs where that is asked for.
fn tell_fleet(fleet: &Fleet, arguments: &FleetArgs, console: &mut Console<'_>) {
    warn_of_fleet(&fleet.settings, &fleet.inventory, console);
    if arguments.source.stats {
        let cost = Cost::of(&fleet.inventory, &fleet.settings.provider, fleet.settings.release);
        console.aside(&cost.to_string());
    }
}

/// The fleet that is built into the program.
pub(super) fn built_in() -> Result<Snapshot, Failure> {
    Snapshot::read(DEMO.as_bytes()).map_err(|error| Failure::system("the built-in fleet can't be read").because(&error))
}

/// What Traefik is set to over a snapshot: what it recorded, unless others are given.
pub(super) fn recorded_settings(
    snapshot: &Snapshot,
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    let base = snapshot.settings.as_ref().map_or(Base::Traefik, Base::Recorded);
    over_snapshot(snapshot, base, arguments, surroundings, console)
}

/// What Traefik is set to over the built-in fleet.
pub(super) fn demo_settings(
    demo: &Snapshot,
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    over_snapshot(demo, Base::Demo, arguments, surroundings, console)
}

fn over_snapshot(
    snapshot: &Snapshot,
    base: Base<'_>,
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    let started = static_from::started(arguments, Among::Snapshot(snapshot), surroundings, console)?;
    resolve(arguments, started.as_ref().map_or(base, Base::Started), surroundings, console)
}

/// Plays a pass over a snapshot.
fn replay(snapshot: Snapshot, settings: Settings, origin: Origin, console: &mut Console<'_>) -> Fleet {
    let (time, account) = (snapshot.recorded_at.clone(), snapshot.account.clone());
    let scope = Scope::new(&settings.provider, settings.release);
    let source = SnapshotSource::new(snapshot);
    let mut inventory = run_ready(&source, &scope);
    if settings.provider.region.is_empty() {
        inventory.notes.insert(0, PassNote::RegionFromMetadata);
    }
    inventory.account = inventory.account.or(account);
    if inventory.lost_cluster().is_some() {
        name_clusters(&inventory, ready(cluster_names(&source)).ok().as_deref(), console);
    }
    Fleet { settings, inventory, origin, identity: None, time }
}

fn live(arguments: &FleetArgs, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<Fleet, Failure> {
    let settings = live_settings(arguments, surroundings, console)?;
    let scope = Scope::new(&settings.provider, settings.release);
    let list = ListClusters::WhenOneIsNotFound;
    let reading = live::read(&arguments.source, &settings.provider, &scope, list, console)?;
    if let Some(listed) = &reading.listed {
        name_clusters(&reading.inventory, listed.as_deref().ok(), console);
    }
    let time = surroundings.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(Fleet {
        settings,
        inventory: reading.inventory,
        origin: Origin::Live,
        identity: reading.identity.map(|identity| identity.arn),
        time: Some(time.into()),
    })
}

/// What Traefik is set to over live AWS; a region that is named here is one more what-if.
pub(super) fn live_settings(
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    let started = static_from::live_started(arguments, surroundings, console)?;
    let base = started.as_ref().map_or(Base::Traefik, Base::Started);
    let mut settings = resolve(&arguments.settings, base, surroundings, console)?;
    if let Some(region) = &arguments.source.region {
        settings.effective.what_if("region", "--region", |ecs| ecs.region = region.as_str().into());
        settings.provider.region = region.as_str().into();
    }
    Ok(settings)
}

/// Says which clusters could have been meant by one that isn't there.
fn name_clusters(inventory: &Inventory, known: Option<&[Text]>, console: &mut Console<'_>) {
    let Some(lost) = inventory.lost_cluster() else { return };
    let there = match known {
        None => "which there are may not be listed".to_owned(),
        Some([]) => "there is none in this region".to_owned(),
        Some(known) => {
            let names: Vec<&str> = known.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn)).collect();
            format!("there are {}", names.join(", "))
        }
    };
    console.warn(&format!(
        "the cluster `{lost}` is not there: {there}; choose with --cluster NAME, or take all with \
         --auto-discover-clusters"
    ));
}

/// Reads a snapshot from a file or standard input.
pub(super) fn read_snapshot(path: &Path, surroundings: &Surroundings) -> Result<Snapshot, Failure> {
    let bytes = read(path, surroundings)?;
    let most = usize::try_from(memory::room()).unwrap_or(usize::MAX);
    Snapshot::read_within(&bytes, most, &memory::holds).map_err(|error| not_a_snapshot(path, &error))
}

/// What to say of a file that is no snapshot.
pub(super) fn not_a_snapshot(path: &Path, error: &SnapshotError) -> Failure {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    match error {
        SnapshotError::Json { line, text, first_column, at, cut_off, message, .. } => {
            let (what, hint) = if *cut_off {
                ("ends too early", "it was cut off: record it again, or copy it again")
            } else {
                ("is not a snapshot", "`ecsroute snapshot -o FILE` records one; the AWS CLI's answers fit its sections")
            };
            Failure::input(format!("{name} {what}"))
                .at(Place {
                    origin: name,
                    first_line: *line,
                    first_column: *first_column,
                    text: text.clone(),
                    span: *at..*at,
                    label: message.clone(),
                })
                .hint(hint)
        }
        SnapshotError::Empty => {
            Failure::input(format!("{name} is empty")).hint("`ecsroute snapshot -o FILE` records one")
        }
        SnapshotError::TooLarge { .. } | SnapshotError::TooMany { .. } => {
            Failure::system(format!("{name} can't be replayed: {error}"))
        }
        other => Failure::input(format!("{name} can't be replayed: {other}")),
    }
}
