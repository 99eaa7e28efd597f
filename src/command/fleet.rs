//! The fleet that a command looks at: what Traefik is set to, and the records that a pass reads.

use std::path::Path;

use super::output::read;
use super::settings::{Base, Settings, resolve};
use crate::cli::FleetArgs;
use crate::console::{Console, Surroundings};
use crate::discover::{Scope, run_ready};
use crate::failure::{Failure, Place};
use crate::model::{Inventory, Text};
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
    if arguments.source.demo {
        let snapshot = Snapshot::read(DEMO.as_bytes())
            .map_err(|error| Failure::system("the built-in fleet can't be read").because(&error))?;
        let settings = resolve(&arguments.settings, Base::Demo, surroundings)?;
        return Ok(replay(snapshot, settings, Origin::Demo));
    }
    if let Some(path) = &arguments.source.snapshot {
        let snapshot = read_snapshot(path, surroundings)?;
        let recorded = snapshot.settings.clone();
        let base = recorded.as_ref().map_or(Base::Traefik, Base::Recorded);
        let settings = resolve(&arguments.settings, base, surroundings)?;
        return Ok(replay(snapshot, settings, Origin::Snapshot));
    }
    live(arguments, surroundings, console)
}

/// Plays a pass over a snapshot.
fn replay(snapshot: Snapshot, settings: Settings, origin: Origin) -> Fleet {
    let (time, account) = (snapshot.recorded_at.clone(), snapshot.account.clone());
    let scope = Scope::new(&settings.provider, settings.release);
    let mut inventory = run_ready(&SnapshotSource::new(snapshot), &scope);
    inventory.account = inventory.account.or(account);
    Fleet { settings, inventory, origin, time }
}

fn live(arguments: &FleetArgs, surroundings: &Surroundings, _: &mut Console<'_>) -> Result<Fleet, Failure> {
    resolve(&arguments.settings, Base::Traefik, surroundings)?;
    Err(Failure::system("live AWS can't be read by this version").hint("use --snapshot FILE, or --demo to look around"))
}

/// Reads a snapshot from a file or standard input.
pub(super) fn read_snapshot(path: &Path, surroundings: &Surroundings) -> Result<Snapshot, Failure> {
    let bytes = read(path, surroundings)?;
    Snapshot::read(&bytes).map_err(|error| not_a_snapshot(path, &error))
}

/// What to say of a file that is no snapshot.
fn not_a_snapshot(path: &Path, error: &SnapshotError) -> Failure {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    match error {
        SnapshotError::Json { line, text, at, cut_off, message, .. } => {
            let (what, hint) = if *cut_off {
                ("ends too early", "it was cut off: record it again, or copy it again")
            } else {
                ("is not a snapshot", "`ecsroute snapshot -o FILE` records one; the AWS CLI's answers fit its sections")
            };
            // The snippet counts lines from the first that it is given: the ones before are empty here.
            let before = "\n".repeat(line.saturating_sub(1));
            let span = before.len() + at..before.len() + at;
            Failure::input(format!("{name} {what}"))
                .at(Place { origin: name, text: before + text, span, label: message.clone() })
                .hint(hint)
        }
        SnapshotError::Empty => {
            Failure::input(format!("{name} is empty")).hint("`ecsroute snapshot -o FILE` records one")
        }
        other => Failure::input(format!("{name} can't be replayed: {other}")),
    }
}
