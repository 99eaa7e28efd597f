//! What one element names of others, and whether anything defines it.

use std::collections::BTreeSet;

use crate::dynamic::Section;
use crate::lint::decoded::Defined;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::{Label, is_traefik};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Text;
use crate::nearest::nearest;
use crate::settings::Origin;

/// Whether a named element is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is.
    Defined,
    /// Another provider, or a container whose labels aren't known yet, may define it: that can't be told here.
    Elsewhere,
    /// Nothing defines it.
    Missing,
    /// It names a provider that is not switched on.
    ProviderOff(String),
}

/// What labels define of a section, in the fleet and in the files, be it dropped or not.
pub(super) struct Known(BTreeSet<Text>);

impl Known {
    pub(super) fn of(world: &World<'_>, section: Section) -> Self {
        let written = world.decoded().flat_map(|at| at.configuration.elements(section).map(|(name, _)| name.clone()));
        let published = world.run.configuration.elements(section).map(|(name, _)| name.clone());
        Self(written.chain(published).collect())
    }

    /// Whether an element of this name, as a router of this provider writes it, is there.
    pub(super) fn standing(&self, name: &str, world: &World<'_>) -> Standing {
        let (bare, provider) = name.rsplit_once('@').unwrap_or((name, "ecs"));
        match provider {
            "internal" => Standing::Defined,
            "ecs" if self.0.contains(bare) => Standing::Defined,
            "ecs" if world.unknown().next().is_some() => Standing::Elsewhere,
            "ecs" => Standing::Missing,
            other if world.settings.source.is_none() || is_on(other, world) => Standing::Elsewhere,
            other if reads_settings(world) => Standing::ProviderOff(other.to_owned()),
            _ => Standing::Elsewhere,
        }
    }

    /// What is wrong with a name, and the known one that may have been meant.
    pub(super) fn wrong(&self, name: &str, world: &World<'_>) -> Option<(String, Option<&str>)> {
        let why = match self.standing(name, world) {
            Standing::Missing => "nothing defines it".to_owned(),
            Standing::ProviderOff(provider) => format!("the provider `{provider}` is off"),
            Standing::Defined | Standing::Elsewhere => return None,
        };
        let bare = name.split('@').next().unwrap_or(name);
        Some((why, nearest(bare, self.0.iter().map(|known| &**known))))
    }
}

/// What labels name of other providers, which can't be looked up here: told as unknown, neither right nor wrong.
pub fn elsewhere(world: &World<'_>) -> BTreeSet<String> {
    const FIELDS: [&str; 4] = [".middlewares", ".service", ".tls.options", ".serverstransport"];
    let nothing = Known(BTreeSet::new());
    let is_reference = |key: &str| is_traefik(key) && FIELDS.iter().any(|field| key.to_lowercase().ends_with(field));
    let values = world.labels().filter(|of| is_reference(of.key)).map(|of| of.value);
    let names = values.flat_map(|value| value.split(',')).map(str::trim).filter(|name| name.contains('@'));
    let foreign = names.filter(|name| !name.ends_with("@ecs") && !name.ends_with("@internal"));
    foreign.filter(|name| nothing.standing(name, world) == Standing::Elsewhere).map(str::to_owned).collect()
}

fn is_on(provider: &str, world: &World<'_>) -> bool {
    world.settings.providers.iter().any(|on| on.rsplit('.').next().is_some_and(|on| on.eq_ignore_ascii_case(provider)))
}

/// Whether Traefik's own settings were read, and not taken to be its defaults.
pub(super) fn reads_settings(world: &World<'_>) -> bool {
    world.settings.source.as_ref().is_some_and(|source| *source != crate::settings::Source::Nothing)
}

/// Where an option of the provider is from, to be put behind its name; empty for a default, and where the place itself
/// can be shown.
pub(super) fn origin(option: &str, world: &World<'_>) -> String {
    if world.setting_site(option).is_some() {
        return String::new();
    }
    let setting = world.settings.setting(option).filter(|setting| setting.origin != Origin::Default);
    setting.map(|setting| format!(" ({})", setting.origin)).unwrap_or_default()
}

/// How bad it is that nothing defines what is named: where only files are known, what runs may define it.
pub(super) fn severity(world: &World<'_>) -> Severity {
    if world.written < world.definitions.len() { Severity::Error } else { Severity::Warning }
}

/// A finding about a name in a label of a router.
pub(super) fn finding(
    rule: &'static Rule,
    defined: &Defined<'_>,
    label: &Label,
    name: &str,
    message: String,
) -> Finding {
    let value = label.value.known().unwrap_or_default();
    let site = match value.find(name) {
        Some(start) => label.value.part(start..start + name.len()),
        None => label.value.site(),
    };
    Finding::of(rule, message).about(defined.at.title()).at(site, "not there")
}
