//! The commands: one file each, which reads what it needs, asks the core, and hands a view to a renderer.

mod asked;
mod check_policy;
mod completions;
mod delivery;
mod diff;
mod discover;
mod disk;
mod doctor;
mod eval;
mod exit;
mod explain;
mod fleet;
mod legacy;
mod lint;
mod live;
mod memory;
mod migrate;
mod output;
mod pass;
mod remarks;
mod render;
mod route;
mod settings;
mod show_settings;
mod snapshot;
mod static_from;
mod test;
mod what_if;

use crate::cli::{Cli, Command};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

pub use completions::{pages as man_pages, script as completion_script};
pub use exit::Exit;
pub use output::terminal_width;

/// Runs one command.
///
/// # Errors
/// When the input is wrong or the system fails, so that there is no answer at all.
pub fn run(cli: Cli, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<Exit, Failure> {
    if let Some((fleet, json)) = show_settings::asked(&cli.command) {
        return show_settings::run(fleet, json, surroundings, console);
    }
    match cli.command {
        Command::CheckPolicy(arguments) => check_policy::run(&arguments, surroundings, console),
        Command::Completions(arguments) => completions::run(&arguments, surroundings, console),
        Command::Diff(arguments) => diff::run(&arguments, surroundings, console),
        Command::Discover(arguments) => discover::run(&arguments, surroundings, console),
        Command::Doctor(arguments) => doctor::run(&arguments, surroundings, console),
        Command::Explain(arguments) => explain::run(&arguments, surroundings, console),
        Command::Render(arguments) => render::run(&arguments, surroundings, console),
        Command::Eval(arguments) => eval::run(&arguments, surroundings, console),
        Command::Migrate(arguments) => migrate::run(&arguments, surroundings, console),
        Command::Lint(arguments) => lint::run(&arguments, surroundings, console),
        Command::Route(arguments) => route::run(&arguments, surroundings, console),
        Command::Snapshot(arguments) => snapshot::run(&arguments, surroundings, console),
        Command::Test(arguments) => test::run(&arguments, surroundings, console),
    }
}
