//! What is worth a word about settings and takes more than them to see: what their expressions hold, what lies in the
//! files that they name, what the fleet is like.

use super::disk::Disk;
use super::settings::Settings;
use crate::console::Console;
use crate::constraint::Constraint;
use crate::cost::Cost;
use crate::model::Inventory;
use crate::settings::{Effective, FileSystem as _, Loaded, Remark, RemarkKind, advice};
use crate::template::Template;

/// Expressions that can't be read, which is said once and first; the pass then plays them as Traefik does.
pub(super) fn of_broken(effective: &Effective) -> Vec<Remark> {
    let mut broken = Vec::new();
    if let Some(setting) = effective.setting("constraints")
        && let Err(error) = Constraint::parse(&effective.provider.constraints)
    {
        let origin = &setting.origin;
        let word = format!("the constraint ({origin}) is not valid, so Traefik drops every container: {error}");
        broken.push(Remark::new("constraint-broken", RemarkKind::Broken, word));
    }
    if let Some(setting) = effective.setting("defaultRule")
        && let Err(error) = Template::parse(&effective.provider.default_rule)
    {
        let origin = &setting.origin;
        let word =
            format!("the default rule ({origin}) is no template, so Traefik does not start the provider: {error}");
        broken.push(Remark::new("default-rule-broken", RemarkKind::Broken, word));
    }
    broken
}

/// Options of the provider in the files that the file provider reads.
pub(super) fn of_dynamic_files(loaded: &Loaded, disk: &Disk<'_>) -> Vec<Remark> {
    let named = |option: &str| {
        let path = loaded.configuration.at(option).as_text().map(ToString::to_string);
        path.filter(|path| !path.is_empty())
    };
    let files = match (named("providers.file.filename"), named("providers.file.directory")) {
        (_, Some(folder)) => disk.files_in(&folder),
        (Some(file), None) => vec![file],
        (None, None) => Vec::new(),
    };
    let read = files.iter().filter_map(|path| Some((path, disk.read(path).ok()?)));
    read.filter_map(|(path, bytes)| advice::provider_in_dynamic_file(path, &bytes)).collect()
}

/// Says what the records show about the options.
pub(super) fn warn_of_fleet(settings: &Settings, inventory: &Inventory, console: &mut Console<'_>) {
    for one in of_fleet(settings, inventory) {
        console.warn(&one.to_string());
    }
}

/// External tasks that get no address, and polling that is too frequent.
fn of_fleet(settings: &Settings, inventory: &Inventory) -> Vec<Remark> {
    let provider = &settings.provider;
    let mut remarks = Vec::new();
    let tasks = inventory.clusters.iter().flat_map(|cluster| &cluster.tasks);
    let external = tasks.filter(|task| task.launch_type.as_deref() == Some("EXTERNAL")).count();
    if external > 0 && !provider.ecs_anywhere {
        let word = format!(
            "{external} of the tasks run on external instances, whose addresses Traefik asks for only with `ecsAnywhere`"
        );
        remarks.push(Remark::new("external-without-anywhere", RemarkKind::Surroundings, word));
    }
    let cost = Cost::of(inventory, provider, settings.release);
    if provider.refresh_seconds > 0 && cost.interval < cost.safe_interval {
        let word = format!(
            "`refreshSeconds` is {}: at this fleet's calls one Traefik goes unnoticed from {} seconds on",
            provider.refresh_seconds, cost.safe_interval
        );
        remarks.push(Remark::new("refresh-too-short", RemarkKind::Surroundings, word));
    }
    remarks
}
