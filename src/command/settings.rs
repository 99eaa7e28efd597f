//! What Traefik is set to, for one command: what was read, with the what-if options laid over it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::disk::Disk;
use super::what_if::lay_over;
use crate::cli::SettingsArgs;
use crate::console::{Console, Surroundings};
use crate::cost::Cost;
use crate::failure::{Failure, Place};
use crate::model::{Inventory, Release};
use crate::settings::{
    Effective, FileChoice, FileSystem as _, Input, Loaded, Loading, Notice, Origin, Outcome, Provider, Refusal, Remark,
    Source, Stage, Started, Unseen, advice, load,
};
use crate::template::Ambient;

/// What Traefik is set to.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// The ECS provider's options, effective.
    pub(super) provider: Provider,
    /// Whose behaviour is played.
    pub(super) release: Release,
    /// The variables that the default rule's `env` sees.
    pub(super) environment: BTreeMap<String, String>,
    /// Each option with where it is from, and what else was read: entry points, rule syntax.
    pub(super) effective: Effective,
}

/// What a template might ask of its surroundings: these variables, the clock, and chance that follows from the clock.
pub(super) fn ambient(environment: BTreeMap<String, String>, surroundings: &Surroundings) -> Ambient {
    let now = surroundings.now;
    Ambient { environment, now, seed: now.as_second().unsigned_abs() }
}

/// Where settings come from when nothing else is said.
#[derive(Debug, Clone, Copy)]
pub(super) enum Base<'a> {
    /// Traefik's own: its file, flags or variables.
    Traefik,
    /// What Traefik's own task definition starts it with.
    Started(&'a Started),
    /// The demo's, and nothing else.
    Demo,
    /// What a snapshot recorded, unless others are given.
    Recorded(&'a Map<String, Value>),
}

/// What Traefik is set to: the base, and the what-if options laid over it. What is worth a word is said.
///
/// # Errors
/// When something that was given here is wrong, before any call is made.
pub(super) fn resolve(
    arguments: &SettingsArgs,
    base: Base<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    let settings = resolve_quietly(arguments, base, surroundings, console)?;
    for remark in &settings.effective.remarks {
        console.warn(&remark.to_string());
    }
    warn_of_broken(&settings.effective, console);
    Ok(settings)
}

/// What Traefik is set to, as [`resolve`] gives it; what is worth a word is left to be said.
///
/// # Errors
/// As [`resolve`].
pub(super) fn resolve_quietly(
    arguments: &SettingsArgs,
    base: Base<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Settings, Failure> {
    let mut effective = match base {
        Base::Traefik => read(arguments, surroundings, console)?,
        Base::Started(started) => started_with(started, console)?,
        _ if are_given(arguments, surroundings) => read(arguments, surroundings, console)?,
        Base::Demo => demo()?,
        Base::Recorded(settings) => {
            let provider = Provider::recorded(settings).map_err(|error| Failure::input(error.to_string()))?;
            Effective::from_provider(provider, &Origin::Recorded)
        }
    };
    lay_over(&mut effective, arguments)?;
    let nothing = BTreeMap::new();
    let here = if matches!(base, Base::Traefik) { &surroundings.environment } else { &nothing };
    let remarks = advice::of_options(&effective, here);
    effective.remarks.extend(remarks);
    let environment = template_environment(&arguments.template_env, surroundings)?;
    Ok(Settings { provider: effective.provider.clone(), release: arguments.traefik, environment, effective })
}

/// Whether settings of Traefik's are named on this command line, so that they count over a snapshot's or the demo's.
fn are_given(arguments: &SettingsArgs, surroundings: &Surroundings) -> bool {
    arguments.static_config.is_some() || !arguments.traefik_args.is_empty() || !surroundings.traefik_flags.is_empty()
}

/// The demo's settings, from its own static configuration.
fn demo() -> Result<Effective, Failure> {
    let file: Value = serde_saphyr::from_str(crate::source::DEMO_SETTINGS)
        .map_err(|error| Failure::system("the built-in settings can't be read").because(&error))?;
    let options = file.pointer("/providers/ecs").and_then(Value::as_object).cloned().unwrap_or_default();
    let provider = Provider::recorded(&options).map_err(|error| Failure::system(error.to_string()))?;
    Ok(Effective::from_provider(provider, &Origin::BuiltIn))
}

/// Reads Traefik's own settings.
fn read(
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Effective, Failure> {
    let disk = Disk { directory: &surroundings.directory };
    let flags: Vec<String> = surroundings.traefik_flags.iter().chain(&arguments.traefik_args).cloned().collect();
    let environment: Vec<(String, String)> =
        surroundings.environment.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let named = arguments.static_config.as_ref().map(|path| path.to_string_lossy().into_owned());
    let file = match &named {
        Some(path) => FileChoice::Named(path),
        None if arguments.no_static_config => FileChoice::Without,
        None => FileChoice::Found,
    };
    let loading = load(&Input { arguments: &flags, environment: &environment, files: &disk, file });
    let (loaded, notices) = loaded(loading, console)?;
    tell_source(&loaded, named.is_some(), console);
    let mut effective = effective(&loaded, notices);
    effective.remarks.extend(in_dynamic_file(&loaded, &disk));
    Ok(effective)
}

/// What Traefik is set to by what its task definition starts it with.
fn started_with(started: &Started, console: &mut Console<'_>) -> Result<Effective, Failure> {
    let loading = load(&Input {
        arguments: &started.arguments,
        environment: &started.environment,
        files: &Unseen,
        file: FileChoice::Without,
    });
    console.note(&format!("settings are read from {}", started.by));
    for word in &started.assumed {
        console.warn(&format!("assumed: {word}"));
    }
    let (loaded, notices) = loaded(loading, console)?;
    let mut effective = effective(&loaded, notices);
    effective.by = Some(started.by.clone());
    effective.task_role.clone_from(&started.task_role);
    effective.assumed.clone_from(&started.assumed);
    Ok(effective)
}

/// The settings with which Traefik starts, and what it would log meanwhile.
fn loaded(loading: Loading, console: &mut Console<'_>) -> Result<(Box<Loaded>, Vec<Notice>), Failure> {
    let outcome = match loading.outcome {
        Ok(outcome) => outcome,
        Err(refusal) => {
            // That the search for removed options failed too says nothing more.
            let notices = loading.notices.iter();
            let others = notices.filter(|notice| notice.loader.is_some() && notice.message != refusal.message);
            for notice in others.cloned() {
                console.warn(&Remark::from(notice).to_string());
            }
            return Err(refused(&refusal));
        }
    };
    match outcome {
        Outcome::Help => Err(Failure::input("with `--help` Traefik prints its help and reads no settings")),
        Outcome::Loaded(loaded) => Ok((loaded, loading.notices)),
    }
}

/// The settings, each with where it is from, and what is worth a word.
fn effective(loaded: &Loaded, notices: Vec<Notice>) -> Effective {
    let mut effective = Effective::of(loaded);
    effective.remarks = notices.into_iter().map(Remark::from).chain(advice::of_loaded(loaded)).collect();
    if loaded.source == Source::Nothing {
        effective.is_on = true;
    }
    effective
}

/// Names the file where it was found and not given; everything else only when asked for more.
fn tell_source(loaded: &Loaded, given: bool, console: &mut Console<'_>) {
    match &loaded.source {
        Source::File(path) if !given => console.note(&format!("settings are read from {path}")),
        Source::File(path) => console.detail(&format!("settings are read from {path}")),
        Source::Flags => console.detail("settings are read from flags"),
        Source::Variables => console.detail("settings are read from TRAEFIK_ variables"),
        Source::Nothing => console.detail("Traefik's settings were not found: its defaults are taken"),
    }
}

/// What is worth a word about the file of the file provider.
fn in_dynamic_file(loaded: &Loaded, disk: &Disk<'_>) -> Option<Remark> {
    let path = loaded.configuration.at("providers.file.filename").as_text().filter(|path| !path.is_empty())?;
    advice::provider_in_dynamic_file(path, &disk.read(path).ok()?)
}

/// Why Traefik does not start with a static configuration, where it doesn't.
pub(super) fn refusal_of(path: &Path, surroundings: &Surroundings) -> Option<Refusal> {
    let disk = Disk { directory: &surroundings.directory };
    let name = path.to_string_lossy();
    let loading = load(&Input { arguments: &[], environment: &[], files: &disk, file: FileChoice::Named(&name) });
    loading.outcome.err()
}

/// What to say where Traefik would not start with its settings.
pub(super) fn refused(refusal: &Refusal) -> Failure {
    let what = match refusal.stage {
        _ if refusal.is_crash => "Traefik crashes on these settings",
        Stage::Deprecation => "Traefik does not start with an option that was removed",
        Stage::Command => "Traefik has no such command",
        Stage::File => "Traefik does not start with this file",
        Stage::Flags => "Traefik does not start with these flags",
        Stage::Variables => "Traefik does not start with these variables",
        Stage::Validate | Stage::EntryPoints => "Traefik does not start with these settings",
    };
    let mut failure = Failure::input(format!("{what}: {}", refusal.message));
    if let Some(spot) = refusal.place.as_deref() {
        failure = failure.at(Place {
            first_line: 1,
            origin: spot.origin.clone(),
            text: spot.text.clone(),
            span: spot.span.clone(),
            label: String::new(),
        });
    }
    match &refusal.nearest {
        Some(nearest) => failure.hint(format!("did you mean `{nearest}`?")),
        None => failure,
    }
}

/// Says what Traefik's own settings hold wrong, once and first; the pass then plays it as Traefik does.
fn warn_of_broken(effective: &Effective, console: &mut Console<'_>) {
    if let Some(setting) = effective.setting("constraints")
        && let Err(error) = crate::constraint::Constraint::parse(&effective.provider.constraints)
    {
        console.warn(&format!(
            "the constraint ({}) is not valid, so Traefik drops every container: {error}",
            setting.origin
        ));
    }
    if let Some(setting) = effective.setting("defaultRule")
        && let Err(error) = crate::template::Template::parse(&effective.provider.default_rule)
    {
        console.warn(&format!(
            "the default rule ({}) is no template, so Traefik does not start the provider: {error}",
            setting.origin
        ));
    }
}

/// Says what the records show about the options: external tasks that get no address, polling that is too frequent.
pub(super) fn warn_of_fleet(settings: &Settings, inventory: &Inventory, console: &mut Console<'_>) {
    let provider = &settings.provider;
    let tasks = inventory.clusters.iter().flat_map(|cluster| &cluster.tasks);
    let external = tasks.filter(|task| task.launch_type.as_deref() == Some("EXTERNAL")).count();
    if external > 0 && !provider.ecs_anywhere {
        console.warn(&format!(
            "{external} of the tasks run on external instances, whose addresses Traefik asks for only with `ecsAnywhere`"
        ));
    }
    let cost = Cost::of(inventory, provider, settings.release);
    if provider.refresh_seconds > 0 && cost.interval < cost.safe_interval {
        console.warn(&format!(
            "`refreshSeconds` is {}: at this fleet's calls one Traefik goes unnoticed from {} seconds on",
            provider.refresh_seconds, cost.safe_interval
        ));
    }
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
