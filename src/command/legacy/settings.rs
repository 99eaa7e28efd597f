//! What Traefik 1.7 is set to, for one command: what was read, with the what-if options laid over it.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::disk::Disk;
use super::super::output::read_text;
use super::super::settings::{Base, Own, are_given, demo_provider, input_of, refused, tell_started};
use crate::cli::SettingsArgs;
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::model::Text;
use crate::settings::{FileChoice, Input, Origin, Provider, Refusal};
use crate::v1;
use crate::v1::constraint::Constraint;

/// What 1.7 is set to: the base, and the what-if options laid over it. What is worth a word is left to be said.
///
/// # Errors
/// When something that was given here is wrong, before any call is made.
pub(in crate::command) fn effective(
    arguments: &SettingsArgs,
    base: Base<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<v1::Effective, Failure> {
    let own = matches!(base, Base::Traefik) || are_given(arguments, surroundings) && !matches!(base, Base::Started(_));
    let mut effective = match base {
        Base::Started(started) => {
            let loaded = v1::load(&input_of(started)).map_err(|refusal| refused(&refusal))?.started(started);
            tell_started(&started.by, &loaded.assumed, console);
            loaded
        }
        Base::Demo if !own => v1::Effective::from_provider(&demo_provider()?, &Origin::BuiltIn),
        Base::Recorded(settings) if !own => {
            let provider = Provider::recorded(settings).map_err(|error| Failure::input(error.to_string()))?;
            v1::Effective::from_provider(&provider, &Origin::Recorded)
        }
        _ => read(arguments, surroundings, console)?,
    };
    lay_over(&mut effective, arguments)?;
    let nothing = BTreeMap::new();
    effective.advise(if own { &surroundings.environment } else { &nothing });
    Ok(effective)
}

/// Why 1.7 does not start with the settings in a file, if it doesn't.
pub(in crate::command) fn refusal_of(path: &Path, surroundings: &Surroundings) -> Option<Refusal> {
    let disk = Disk { directory: &surroundings.directory };
    let name = path.to_string_lossy();
    v1::load(&Input { arguments: &[], environment: &[], files: &disk, file: FileChoice::Named(&name) }).err()
}

/// Reads 1.7's own settings, and the template that they name. Where nothing is set, the provider is taken for on.
fn read(
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<v1::Effective, Failure> {
    let disk = Disk { directory: &surroundings.directory };
    let own = Own::of(arguments, surroundings);
    let mut effective = v1::load(&own.input(&disk)).map_err(|refusal| refused(&refusal))?;
    effective.is_on |= effective.file.is_none() && !effective.has_flags;
    if let Some(path) = effective.file.as_ref().filter(|_| arguments.static_config.is_none()) {
        console.note(&format!("settings are read from {path}"));
    }
    if !effective.settings.filename.is_empty() {
        let text = read_text(Path::new(&*effective.settings.filename), surroundings)?;
        effective.settings.template = Some(text.into());
    }
    Ok(effective)
}

/// Lays the what-if options over what was read. Naming a cluster means that one: discovery and the older option are off
/// then.
fn lay_over(effective: &mut v1::Effective, arguments: &SettingsArgs) -> Result<(), Failure> {
    refuse_later(arguments)?;
    if !arguments.clusters.is_empty() {
        let by = Origin::WhatIf("--cluster");
        let clusters: Vec<Text> = arguments.clusters.iter().map(|name| Text::from(name.as_str())).collect();
        effective.what_if("clusters", &by, |ecs| ecs.clusters = clusters);
        if !effective.settings.cluster.is_empty() {
            effective.what_if("cluster", &by, |ecs| ecs.cluster = Text::default());
        }
        if effective.settings.auto_discover_clusters {
            effective.what_if("autoDiscoverClusters", &by, |ecs| ecs.auto_discover_clusters = false);
        }
    }
    if let Some(given) = arguments.auto_discover_clusters {
        let by = Origin::WhatIf("--auto-discover-clusters");
        effective.what_if("autoDiscoverClusters", &by, |ecs| ecs.auto_discover_clusters = given);
    }
    if let Some(given) = arguments.exposed_by_default {
        let by = Origin::WhatIf("--exposed-by-default");
        effective.what_if("exposedByDefault", &by, |ecs| ecs.exposed_by_default = given);
    }
    if let Some(given) = arguments.refresh_seconds {
        effective.what_if("refreshSeconds", &Origin::WhatIf("--refresh-seconds"), |ecs| ecs.refresh_seconds = given);
    }
    if let Some(given) = arguments.constraints.as_deref() {
        let constraints = constraints(given)?;
        let by = Origin::WhatIf("--constraints");
        effective.what_if("constraints", &by, |ecs| ecs.constraints = constraints);
        effective.without_root_constraints(&by);
    }
    Ok(())
}

/// Options that came with later releases are no what-if of 1.7.
fn refuse_later(arguments: &SettingsArgs) -> Result<(), Failure> {
    let later = [
        ("--default-rule", arguments.default_rule.is_some(), "its rules come from `domain` or a template"),
        ("--healthy-tasks-only", arguments.healthy_tasks_only.is_some(), "it takes tasks whatever their health"),
        ("--ecs-anywhere", arguments.ecs_anywhere.is_some(), "it knows no external instances"),
    ];
    match later.into_iter().find(|(_, given, _)| *given) {
        Some((option, _, instead)) => {
            Err(Failure::input(format!("{option} is no option of Traefik 1.7")).hint(instead))
        }
        None => Ok(()),
    }
}

/// Constraints as a command line gives them, one behind a comma each.
fn constraints(given: &str) -> Result<Vec<Text>, Failure> {
    let mut start = 0;
    for text in given.split(',') {
        let span = start..start + text.len();
        start = span.end + 1;
        if let Err(error) = Constraint::parse(text) {
            return Err(Failure::input("--constraints is not valid for Traefik 1.7").at(Place {
                first_line: 1,
                first_column: 1,
                origin: "--constraints".to_owned(),
                text: given.to_owned(),
                span,
                label: error.to_string(),
            }));
        }
    }
    Ok(given.split(',').map(Text::from).collect())
}
