//! What Traefik is set to, for one command: what was read, with the what-if options laid over it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::cli::SettingsArgs;
use crate::console::Surroundings;
use crate::failure::Failure;
use crate::model::{Release, Text};
use crate::settings::Provider;

/// What Traefik is set to.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The ECS provider's options, effective.
    pub(super) provider: Provider,
    /// Whose behaviour is played.
    pub(super) release: Release,
    /// The variables that the default rule's `env` sees.
    pub(super) environment: BTreeMap<String, String>,
}

/// Where settings come from when nothing else is said.
#[derive(Debug, Clone, Copy)]
pub(super) enum Base<'a> {
    /// Traefik's own: its file, flags or variables.
    Traefik,
    /// The demo's, and nothing else.
    Demo,
    /// What a snapshot recorded, unless others are given.
    Recorded(&'a Map<String, Value>),
}

/// What Traefik is set to: the base, and the what-if options laid over it.
///
/// # Errors
/// When something that was given here is wrong, before any call is made.
pub(super) fn resolve(
    arguments: &SettingsArgs,
    base: Base<'_>,
    surroundings: &Surroundings,
) -> Result<Settings, Failure> {
    let mut provider = match base {
        Base::Traefik => Provider::default(),
        Base::Demo => demo()?,
        Base::Recorded(settings) => Provider::recorded(settings).map_err(|error| Failure::input(error.to_string()))?,
    };
    lay_over(&mut provider, arguments);
    let environment = template_environment(&arguments.template_env, surroundings)?;
    Ok(Settings { provider, release: arguments.traefik, environment })
}

/// The demo's settings, from its own static configuration.
fn demo() -> Result<Provider, Failure> {
    let file: Value = serde_saphyr::from_str(crate::source::DEMO_SETTINGS)
        .map_err(|error| Failure::system("the built-in settings can't be read").because(&error))?;
    let options = file.pointer("/providers/ecs").and_then(Value::as_object).cloned().unwrap_or_default();
    Provider::recorded(&options).map_err(|error| Failure::system(error.to_string()))
}

/// Lays the what-if options over what was read. Naming a cluster means that one: discovery is off then, unless asked
/// for beside it.
fn lay_over(provider: &mut Provider, arguments: &SettingsArgs) {
    fn set<T: Clone>(place: &mut T, given: Option<&T>) {
        if let Some(given) = given {
            place.clone_from(given);
        }
    }
    if !arguments.clusters.is_empty() {
        provider.clusters = arguments.clusters.iter().map(|name| Text::from(name.as_str())).collect();
        provider.auto_discover_clusters = false;
    }
    set(&mut provider.auto_discover_clusters, arguments.auto_discover_clusters.as_ref());
    set(&mut provider.exposed_by_default, arguments.exposed_by_default.as_ref());
    set(&mut provider.healthy_tasks_only, arguments.healthy_tasks_only.as_ref());
    set(&mut provider.ecs_anywhere, arguments.ecs_anywhere.as_ref());
    set(&mut provider.refresh_seconds, arguments.refresh_seconds.as_ref());
    set(&mut provider.constraints, arguments.constraints.as_deref().map(Text::from).as_ref());
    set(&mut provider.default_rule, arguments.default_rule.as_deref().map(Text::from).as_ref());
}

/// The variables that `--template-env` lets a default rule see: given, or taken from this environment.
pub(super) fn template_environment(
    given: &[String],
    surroundings: &Surroundings,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut variables = BTreeMap::new();
    for item in given {
        let (name, value) = match item.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (item.as_str(), surroundings.environment.get(item).cloned()),
        };
        if name.is_empty() {
            return Err(Failure::input(format!("--template-env `{item}` names no variable"))
                .hint("write NAME=VALUE, or NAME for the value that it has here"));
        }
        variables.insert(name.to_owned(), value.unwrap_or_default());
    }
    Ok(variables)
}
