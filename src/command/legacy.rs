//! Fleets as Traefik 1.7 sees them: its own options, its own pass.

use std::collections::BTreeMap;
use std::path::Path;

use super::fleet::{built_in, read_snapshot};
use super::live::{self, ListClusters};
use super::output::read_text;
use super::settings::ambient;
use super::{Exit, output::deliver};
use crate::cli::{FleetArgs, OutputArgs, SettingsArgs};
use crate::console::{Console, Surroundings};
use crate::discover::{Scope, run_ready};
use crate::failure::{Failure, Place};
use crate::model::{Inventory, Release, Text};
use crate::source::SnapshotSource;
use crate::v1::{self, Ending, Run, toml};

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
    let settings = settings(&arguments.settings, surroundings)?;
    let inventory = inventory(arguments, &settings, surroundings, console)?;
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

fn settings(arguments: &SettingsArgs, surroundings: &Surroundings) -> Result<v1::Settings, Failure> {
    let mut settings = match &arguments.static_config {
        Some(path) => from_file(path, surroundings)?,
        None => v1::Settings::default(),
    };
    if !arguments.clusters.is_empty() {
        settings.clusters = arguments.clusters.iter().map(|name| Text::from(name.as_str())).collect();
        settings.cluster = Text::default();
        settings.auto_discover_clusters = false;
    }
    settings.auto_discover_clusters = arguments.auto_discover_clusters.unwrap_or(settings.auto_discover_clusters);
    settings.exposed_by_default = arguments.exposed_by_default.unwrap_or(settings.exposed_by_default);
    settings.refresh_seconds = arguments.refresh_seconds.unwrap_or(settings.refresh_seconds);
    if let Some(constraints) = &arguments.constraints {
        settings.constraints = constraints.split(',').map(Text::from).collect();
    }
    Ok(settings)
}

/// v1's own static configuration.
fn from_file(path: &Path, surroundings: &Surroundings) -> Result<v1::Settings, Failure> {
    let text = read_text(path, surroundings)?;
    let table = toml::parse(&text).map_err(|error| {
        let place = Place {
            first_line: 1,
            origin: path.display().to_string(),
            text: text.clone(),
            span: error.at..error.at,
            label: error.problem,
        };
        Failure::input(format!("{} is not TOML as Traefik 1.7 reads it", path.display())).at(place)
    })?;
    let (mut settings, template) = v1::Settings::from_file(&table);
    if let Some(template) = template {
        settings.template = Some(read_text(Path::new(&template), surroundings)?.into());
    }
    Ok(settings)
}

fn inventory(
    arguments: &FleetArgs,
    settings: &v1::Settings,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Inventory, Failure> {
    let provider = settings.provider();
    let scope = Scope::new(&provider, Release::V1_7);
    let snapshot = if arguments.source.demo {
        built_in()?
    } else if let Some(path) = &arguments.source.snapshot {
        read_snapshot(path, surroundings)?
    } else {
        let list = ListClusters::WhenOneIsNotFound;
        return Ok(live::read(&arguments.source, &provider, &scope, list, console)?.inventory);
    };
    Ok(run_ready(&SnapshotSource::new(snapshot), &scope))
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
