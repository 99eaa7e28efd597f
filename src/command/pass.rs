//! A fleet put through the provider's pass, and what may be done with a pass that is not complete.

use super::Exit;
use super::fleet::{Fleet, Origin, read_fleet};
use super::output::deliver;
use super::settings::{Settings, ambient};
use crate::cli::{FleetArgs, OutputArgs};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::pipeline::{self, Run};
use crate::render::Styles;
use crate::view::discovered::Facts;

/// A fleet, read and put through the provider's pass.
#[derive(Debug)]
pub(super) struct Pass {
    /// The pass.
    pub(super) run: Run,
    /// What Traefik is set to.
    pub(super) settings: Settings,
    /// Where the records came from, when, and who asked.
    pub(super) facts: Facts,
}

/// Reads the fleet that the arguments name and puts it through the pass.
///
/// # Errors
/// When the settings or the snapshot are wrong, or AWS can't be asked at all.
pub(super) fn read_pass(
    arguments: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Pass, Failure> {
    Ok(Pass::play(read_fleet(arguments, surroundings, console)?, surroundings))
}

impl Pass {
    /// Puts a fleet through the provider's pass.
    pub(super) fn play(fleet: Fleet, surroundings: &Surroundings) -> Self {
        let Fleet { settings, inventory, origin, identity, time } = fleet;
        let ambient = ambient(settings.environment.clone(), surroundings);
        let run = pipeline::run(inventory, &settings.provider, settings.release, &ambient);
        let source = match origin {
            Origin::Live => "live",
            Origin::Snapshot => "snapshot",
            Origin::Demo => "demo",
        };
        Self { run, settings, facts: Facts { source, time, identity } }
    }

    /// Whether every call was answered and the pass came to its end.
    pub(super) fn is_complete(&self) -> bool {
        self.run.inventory.is_complete() && self.run.ending.is_published()
    }

    /// Says which calls failed.
    pub(super) fn tell_failures(&self, console: &mut Console<'_>) {
        for error in &self.run.inventory.errors {
            console.warn(&error.to_string());
        }
    }

    /// Leaves the pass to the end of the process: to free a large fleet piece by piece takes longer than to write it.
    pub(super) fn leave(self) {
        std::mem::forget(self);
    }

    /// Lets the records go, and all that tells why: where none of it goes into a file, its room is used for the file.
    pub(super) fn forget_why(&mut self) {
        self.run.verdicts = Vec::new();
        self.run.inventory.clusters = Vec::new();
        self.run.inventory.task_definitions.clear();
    }

    /// Delivers what the pass came to. A file gets only what Traefik would publish: a pass that is not complete leaves
    /// it as it was, unless it is wanted as Traefik has it. Gives 3 for a pass that is not complete.
    pub(super) fn deliver(
        &self,
        output: &OutputArgs,
        as_traefik: bool,
        bytes: &[u8],
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Result<Exit, Failure> {
        let complete = self.is_complete();
        match output.output.as_deref() {
            Some(path) if !(complete || as_traefik && self.run.published().is_some()) => {
                let hint =
                    if as_traefik { "Traefik would publish nothing" } else { "--as-traefik writes what Traefik would" };
                console.warn(&format!("{} is left as it was, for the pass is not complete; {hint}", path.display()));
            }
            path => deliver(path, bytes, surroundings, console)?,
        }
        Ok(if complete { Exit::Yes } else { Exit::System })
    }
}

/// Styles of what is delivered: a file has none.
pub(super) fn styles(output: &OutputArgs, console: &Console<'_>) -> Styles {
    if output.output.is_some() { Styles::new(false) } else { console.styles }
}
