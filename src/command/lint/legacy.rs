//! `lint --traefik v1`: what Traefik 1.7 is set to, and what runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::choice::Choice;
use super::files::Given;
use crate::command::fleet::{built_in, read_snapshot};
use crate::command::legacy;
use crate::command::settings::{Base, Settings};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::{Inventory, Release};
use crate::v1;

/// 1.7's own options, the same in the terms of the later provider, and the records: none, unless a fleet is named.
/// What is worth a word about the options is left to the rules.
pub(super) fn read(
    choice: &Choice<'_>,
    given: &mut Given,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(v1::Settings, Settings, Inventory), Failure> {
    let mut from = choice.arguments.fleet.clone();
    if from.settings.static_config.is_none() && from.settings.static_from.is_none() {
        // 1.7 reads TOML alone: a file in another language is a later release's.
        let is_read = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "toml");
        let found = given.static_configuration.as_ref().filter(is_read).cloned();
        from.settings.static_config = choice.static_config().or(found);
    }
    if from.source.snapshot.is_none() {
        from.source.snapshot.clone_from(&given.snapshot);
    }
    let snapshot = if from.source.demo {
        Some(built_in()?)
    } else {
        from.source.snapshot.as_ref().map(|path| read_snapshot(path, surroundings)).transpose()?
    };
    // That hides nothing else: it is a finding then, and 1.7's defaults are taken.
    let file = from.settings.static_config.clone();
    let refused = file.as_deref().and_then(|path| legacy::refusal_of(path, surroundings));
    if let Some(path) = file.filter(|_| refused.is_some()) {
        given.add_static(&path, surroundings)?;
        from.settings.static_config = None;
        from.settings.no_static_config = true;
    }
    let (old, inventory) = if choice.arguments.live || snapshot.is_some() {
        legacy::read(&from, snapshot, legacy::effective, surroundings, console)?
    } else {
        (legacy::effective(&from.settings, Base::Traefik, surroundings, console)?, Inventory::default())
    };
    if let Some(path) = &old.file {
        given.add_static(Path::new(path), surroundings)?;
    }
    let mut effective = old.in_later_terms();
    effective.refused = refused;
    // The later provider's pass over the same records lays out what was written; none of its rules looks at it.
    let settings = Settings {
        provider: effective.provider.clone(),
        release: Release::V3_7,
        environment: BTreeMap::new(),
        effective,
    };
    Ok((old.settings, settings, inventory))
}
