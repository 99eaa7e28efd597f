//! What Traefik is set to while a watch goes on: read again before each pass, and kept where it can't be.

use super::super::super::fleet::live_settings;
use super::super::super::settings::Settings;
use super::super::super::static_from::is_file;
use super::pace;
use crate::cli::FleetArgs;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::view::watched::Happened;

/// The settings that hold, and what was wrong with newer ones.
pub(super) struct Held {
    pub(super) settings: Settings,
    refused: Option<String>,
}

impl Held {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, refused: None }
    }

    /// Reads them again; gives what is to be told, where something is.
    pub(super) fn renew(
        &mut self,
        arguments: &FleetArgs,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Option<Happened> {
        let from = arguments.settings.static_from.as_deref();
        if from.is_some_and(|from| !is_file(from, surroundings)) {
            // A service's definition was looked up through AWS, which is no file that changes.
            return None;
        }
        match live_settings(arguments, surroundings, console).and_then(usable) {
            Ok(settings) => {
                self.refused = None;
                let changes = changes(&self.settings, &settings);
                self.settings = settings;
                (!changes.is_empty()).then_some(Happened::Settings { changes })
            }
            Err(failure) => {
                let reason = failure.message().to_owned();
                let again = self.refused.as_ref() == Some(&reason);
                self.refused = Some(reason.clone());
                (!again).then_some(Happened::SettingsRefused { reason })
            }
        }
    }
}

/// The settings, where a watch can go on with them.
fn usable(settings: Settings) -> Result<Settings, Failure> {
    pace(&settings).map(|_| settings)
}

/// What differs, a sentence each; credentials are hidden in it.
fn changes(before: &Settings, after: &Settings) -> Vec<String> {
    let (old, new) = (&before.effective, &after.effective);
    let value = |settings: &[crate::settings::Setting], name: &str| {
        settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.clone()).unwrap_or_default()
    };
    let mut changes: Vec<String> = new
        .settings
        .iter()
        .map(|setting| (&setting.name, value(&old.settings, &setting.name), &setting.value))
        .filter(|(_, before, after)| before != *after)
        .map(|(name, before, after)| format!("{name}: {before} → {after}"))
        .collect();
    if changes.is_empty() && before.provider != after.provider {
        changes.push("the credentials".to_owned());
    }
    if old.entry_points != new.entry_points {
        changes.push("the entry points".to_owned());
    }
    changes
}
