//! What Traefik is set to, for one command: what was read, with the what-if options laid over it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::disk::Disk;
use super::legacy;
use super::remarks;
use super::what_if::lay_over;
use crate::cli::SettingsArgs;
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::model::Release;
use crate::settings::{
    COMMAND_LINE, Effective, FileChoice, FileError, FileSystem, Input, Loaded, Loading, Notice, Origin, Outcome,
    Provider, Refusal, Remark, Source, Stage, Started, Unseen, advice, load,
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
    if arguments.traefik == Release::V1_7 {
        let effective = legacy::effective(arguments, base, surroundings, console)?.in_later_terms();
        let environment = template_environment(&arguments.template_env, surroundings)?;
        let provider = effective.provider.clone();
        return Ok(Settings { provider, release: arguments.traefik, environment, effective });
    }
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
    let found = advice::of_options(&effective, here).into_iter().chain(remarks::of_broken(&effective));
    let found: Vec<_> = found.collect();
    effective.remarks.extend(found);
    let environment = template_environment(&arguments.template_env, surroundings)?;
    Ok(Settings { provider: effective.provider.clone(), release: arguments.traefik, environment, effective })
}

/// Whether settings of Traefik's are named on this command line, so that they count over a snapshot's or the demo's.
pub(super) fn are_given(arguments: &SettingsArgs, surroundings: &Surroundings) -> bool {
    arguments.static_config.is_some() || !arguments.traefik_args.is_empty() || !surroundings.traefik_flags.is_empty()
}

/// The demo's settings, from its own static configuration.
fn demo() -> Result<Effective, Failure> {
    let file = FileChoice::Named(BuiltIn::NAME);
    let loading = load(&Input { arguments: &[], environment: &[], files: &BuiltIn, file });
    match loading.outcome {
        Ok(Outcome::Loaded(loaded)) => Ok(Effective::built_in(&loaded)),
        Ok(Outcome::Help) => Err(Failure::system("the built-in settings ask for help")),
        Err(refusal) => Err(Failure::system(format!("the built-in settings are refused: {}", refusal.message))),
    }
}

/// The demo's options.
pub(super) fn demo_provider() -> Result<Provider, Failure> {
    Ok(demo()?.provider)
}

/// The one file that is built into the program.
struct BuiltIn;

impl BuiltIn {
    const NAME: &str = "demo.yml";
}

impl FileSystem for BuiltIn {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        Ok(path == Self::NAME)
    }

    fn read(&self, _path: &str) -> Result<Vec<u8>, FileError> {
        Ok(crate::source::DEMO_SETTINGS.as_bytes().to_vec())
    }

    fn directory(&self) -> String {
        "/".to_owned()
    }
}

/// Reads Traefik's own settings.
fn read(
    arguments: &SettingsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Effective, Failure> {
    let disk = Disk { directory: &surroundings.directory };
    let own = Own::of(arguments, surroundings);
    let (loaded, notices) = loaded(load(&own.input(&disk)), console)?;
    tell_source(&loaded, arguments.static_config.is_some(), console);
    let mut effective = effective(&loaded, notices);
    effective.remarks.extend(remarks::of_dynamic_files(&loaded, &disk));
    Ok(effective)
}

/// What Traefik would be started with on this machine.
pub(super) struct Own {
    flags: Vec<String>,
    environment: Vec<(String, String)>,
    named: Option<String>,
    without_file: bool,
}

impl Own {
    pub(super) fn of(arguments: &SettingsArgs, surroundings: &Surroundings) -> Self {
        let environment = surroundings.environment.iter();
        Self {
            flags: surroundings.traefik_flags.iter().chain(&arguments.traefik_args).cloned().collect(),
            environment: environment.map(|(name, value)| (name.clone(), value.clone())).collect(),
            named: arguments.static_config.as_ref().map(|path| path.to_string_lossy().into_owned()),
            without_file: arguments.no_static_config,
        }
    }

    pub(super) fn input<'a>(&'a self, files: &'a dyn FileSystem) -> Input<'a> {
        let file = match &self.named {
            Some(path) => FileChoice::Named(path),
            None if self.without_file => FileChoice::Without,
            None => FileChoice::Found,
        };
        Input { arguments: &self.flags, environment: &self.environment, files, file }
    }
}

/// What Traefik is started with by its own task definition.
pub(super) fn input_of(started: &Started) -> Input<'_> {
    Input {
        arguments: &started.arguments,
        environment: &started.environment,
        files: &Unseen,
        file: FileChoice::Without,
    }
}

/// Names the definition, and what of it can't be seen.
pub(super) fn tell_started(by: &str, assumed: &[String], console: &mut Console<'_>) {
    console.note(&format!("settings are read from {by}"));
    for word in assumed {
        console.warn(&format!("assumed: {word}"));
    }
}

/// What Traefik is set to by what its task definition starts it with.
fn started_with(started: &Started, console: &mut Console<'_>) -> Result<Effective, Failure> {
    let loading = load(&input_of(started));
    tell_started(&started.by, &started.assumed, console);
    let (loaded, notices) = loaded(loading, console)?;
    let mut effective = effective(&loaded, notices);
    effective.by = Some(started.by.clone());
    effective.started = Some(started.clone());
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

/// Why Traefik does not start with a static configuration, where it doesn't: with the one that is named, or else with
/// the one that it finds.
pub(super) fn refusal_of(path: Option<&Path>, surroundings: &Surroundings) -> Option<Refusal> {
    let disk = Disk { directory: &surroundings.directory };
    let name = path.map(Path::to_string_lossy);
    let file = name.as_deref().map_or(FileChoice::Found, FileChoice::Named);
    let loading = load(&Input { arguments: &[], environment: &[], files: &disk, file });
    loading.outcome.err()
}

/// What to say where Traefik would not start with its settings.
pub(super) fn refused(refusal: &Refusal) -> Failure {
    let on_the_line = refusal.place.as_deref().is_some_and(|spot| spot.origin == COMMAND_LINE);
    let what = match refusal.stage {
        _ if refusal.is_crash => "Traefik crashes on these settings",
        Stage::File if on_the_line => "Traefik does not start with these flags",
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
            first_column: 1,
            origin: spot.origin.clone(),
            text: spot.text.clone(),
            span: spot.span.clone(),
            label: String::new(),
        });
    }
    if let Some(nearest) = &refusal.nearest {
        failure = failure.hint(format!("did you mean `{nearest}`?"));
    }
    let first_release = refusal.place.as_deref().is_some_and(|spot| spot.text.to_lowercase().starts_with("--ecs"));
    let later = refusal.nearest.as_deref().is_some_and(|nearest| nearest.starts_with("providers"));
    if first_release && later {
        return failure.hint("`--ecs.*` are flags of Traefik 1.7, whose behaviour `--traefik v1` plays");
    }
    failure
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
