//! `lint --traefik v1`: what Traefik 1.7 is set to, and what runs.

use std::collections::BTreeMap;

use super::choice::Choice;
use super::files::Given;
use crate::command::fleet::{built_in, read_snapshot};
use crate::command::legacy;
use crate::command::settings::{Base, Settings};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::{Inventory, Release};
use crate::settings::{Effective, Origin};
use crate::v1;

/// 1.7's own options, the same in the terms of the later provider, and the records: none, unless a fleet is named.
pub(super) fn read(
    choice: &Choice<'_>,
    given: &Given,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(v1::Settings, Settings, Inventory), Failure> {
    let mut from = choice.arguments.fleet.clone();
    if from.settings.static_config.is_none() {
        from.settings.static_config = choice.static_config();
    }
    if from.source.snapshot.is_none() {
        from.source.snapshot.clone_from(&given.snapshot);
    }
    let snapshot = if from.source.demo {
        Some(built_in()?)
    } else {
        from.source.snapshot.as_ref().map(|path| read_snapshot(path, surroundings)).transpose()?
    };
    let (old, inventory) = if choice.arguments.live || snapshot.is_some() {
        legacy::read(&from, snapshot, surroundings, console)?
    } else {
        (legacy::told(&from.settings, Base::Traefik, surroundings, console)?, Inventory::default())
    };
    let effective = Effective::from_provider(old.provider(), &Origin::BuiltIn);
    // The later provider's pass over the same records lays out what was written; none of its rules looks at it.
    let settings =
        Settings { provider: old.provider(), release: Release::V3_7, environment: BTreeMap::new(), effective };
    Ok((old, settings, inventory))
}
