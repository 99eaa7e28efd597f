//! `--show-settings`: each effective setting and where it came from, instead of what the command would do.

use super::Exit;
use super::fleet::{built_in, demo_settings, live_settings, read_snapshot, recorded_settings};
use crate::cli::{Command, DiffFormat, DiscoverFormat, FleetArgs, LintFormat, PolicyFormat, RenderFormat, TextOrJson};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::view;

/// The fleet whose settings are to be shown, and whether for a program; none where that is not asked for.
pub(super) fn asked(command: &Command) -> Option<(&FleetArgs, bool)> {
    let (fleet, json) = match command {
        Command::Discover(arguments) => (&arguments.fleet, arguments.format == DiscoverFormat::Json),
        Command::Explain(arguments) => (&arguments.fleet, arguments.format == TextOrJson::Json),
        Command::Render(arguments) => (&arguments.fleet, arguments.format == RenderFormat::Json),
        Command::Route(arguments) => (&arguments.fleet, arguments.format == DiscoverFormat::Json),
        Command::Lint(arguments) => (&arguments.fleet, arguments.format == LintFormat::Json),
        Command::CheckPolicy(arguments) => (&arguments.fleet, arguments.format == PolicyFormat::Json),
        Command::Diff(arguments) => (&arguments.fleet, arguments.format == DiffFormat::Json),
        Command::Doctor(arguments) => (&arguments.fleet, arguments.format == TextOrJson::Json),
        Command::Migrate(arguments) => (&arguments.fleet, arguments.format == TextOrJson::Json),
        Command::Snapshot(arguments) => (&arguments.fleet, false),
        Command::Test(_) | Command::Eval(_) | Command::Completions(_) => return None,
    };
    fleet.settings.show_settings.then_some((fleet, json))
}

pub(super) fn run(
    fleet: &FleetArgs,
    json: bool,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let settings = if let Some(path) = &fleet.source.snapshot {
        recorded_settings(&read_snapshot(path, surroundings)?, &fleet.settings, surroundings, console)?
    } else if fleet.source.demo {
        demo_settings(&built_in()?, &fleet.settings, surroundings, console)?
    } else {
        live_settings(fleet, surroundings, console)?
    };
    let release = settings.release.name();
    let bytes = if json {
        view::settings::json(&settings.effective, release)
    } else {
        view::settings::text(&settings.effective, release, surroundings.width, console.styles)
    };
    console.print(&bytes)?;
    Ok(Exit::Yes)
}
