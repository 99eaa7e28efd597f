//! `lint`: what is wrong or about to go wrong, in files and in what runs.

mod choice;
mod config;
mod files;
mod fix;
mod known;
mod legacy;
mod upgrade;

use std::path::PathBuf;

use super::Exit;
use super::fleet::{Fleet, read_fleet};
use super::output::deliver;
use super::pass::styles;
use super::settings::{Base, Settings, ambient, refusal_of, resolve_quietly};
use super::static_from::{self, Among};
use crate::cli::{FleetArgs, LintArgs, LintFormat, SettingsArgs};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::ignores::{self, Ignore, quiet_known, written};
use crate::lint::{Finding, Inputs, Known, RULES, World, findings, rule, sort};
use crate::model::{CallError, Inventory, Release};
use crate::render;
use crate::settings::Refusal;
use crate::view::linted::Linted;
use choice::Choice;
use config::Config;
use files::Given;

pub(super) fn run(
    arguments: &LintArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if arguments.rules {
        return list(console);
    }
    if let Some(word) = &arguments.explain {
        return explain(word, console);
    }
    refuse_unbuilt(arguments)?;
    check_words(&arguments.select)?;
    check_words(&arguments.ignore)?;
    let config = Config::found(arguments, surroundings)?;
    let choice = Choice { arguments, config: config.as_ref() };
    let mut given = files::read(arguments, config.as_ref(), surroundings, console);
    for problem in &given.problems {
        console.fail(problem);
    }
    let old = if arguments.fleet.settings.traefik == Release::V1_7 {
        Some(legacy::read(&choice, &mut given, surroundings, console)?)
    } else {
        None
    };
    let (settings, inventory) = match &old {
        Some((_, settings, inventory)) => (settings.clone(), inventory.clone()),
        None => fleet(&choice, &mut given, surroundings, console)?,
    };
    let read = given.problems.iter().map(|problem| Exit::of(problem.kind())).max().unwrap_or(Exit::Yes);
    if let Some(range) = &arguments.upgrade {
        let exit = upgrade::run(range, (&given.inputs, &settings, inventory), &choice, surroundings, console)?;
        return Ok(exit.max(read));
    }
    let complete = inventory.is_complete();
    let is_whole = choice.is_whole(&given);
    let ignores = config.as_ref().map(|config| config.ignores(&mut given.inputs, is_whole, surroundings));
    let ambient = ambient(settings.environment.clone(), surroundings);
    let world = World::new(&given.inputs, inventory, &settings.effective, settings.release, &ambient);
    let world = match &old {
        Some((old, ..)) => world.as_of_v1(old, &ambient),
        None => world,
    };
    let mut found = findings(&world, |rule| choice.wants(rule));
    let ignored = quiet(&mut found, &world, &ignores.unwrap_or_default(), &choice, surroundings);
    choice.weigh(&mut found);
    sort(&mut found, world.files);
    if let Some(path) = &arguments.write_baseline {
        return known::write(path, &found, world.files, surroundings, console);
    }
    let known = match choice.baseline() {
        Some(path) => {
            let baseline = known::read(&path, surroundings)?;
            quiet_known(&mut found, &baseline, &world, |entry| is_whole || is_judged(entry, &world))
        }
        None => 0,
    };
    if arguments.fix {
        fix::run(&mut found, world.files, arguments.write, surroundings, console)?;
    }
    let linted = Linted::of(&world, &found, ignored + known);
    tell(&linted, &given.inputs, arguments, surroundings, console)?;
    Ok(choice.status(&found, &linted).max(read).max(if complete { Exit::Yes } else { Exit::System }))
}

/// Takes out what labels and the configuration let be.
fn quiet(
    found: &mut Vec<Finding>,
    world: &World<'_>,
    configured: &[Ignore],
    choice: &Choice<'_>,
    surroundings: &Surroundings,
) -> usize {
    let today = surroundings.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let ignores: Vec<Ignore> = written(world).into_iter().chain(configured.iter().cloned()).collect();
    ignores::quiet(found, &ignores, today, |rule| choice.wants(rule))
}

/// Whether what a baseline knows would have been found again: its file has been judged, or AWS has been asked.
fn is_judged(entry: &Known, world: &World<'_>) -> bool {
    let Some(name) = &entry.file else { return world.written < world.definitions.len() };
    world.files.iter().any(|file| file.name == *name)
}

/// What is on the command line and can't be done yet is refused: a check that was asked for must not pass unchecked.
fn refuse_unbuilt(arguments: &LintArgs) -> Result<(), Failure> {
    if arguments.upgrade.is_some() && !matches!(arguments.format, LintFormat::Text | LintFormat::Json) {
        return Err(Failure::input("what `--upgrade` finds is shown as text or JSON, not as findings of rules"));
    }
    if let Some(range) = &arguments.upgrade {
        upgrade::range(range)?;
    }
    if arguments.fix && !arguments.write && arguments.format != LintFormat::Text {
        return Err(Failure::input("`--fix` shows a diff, which only the format `text` has room for")
            .hint("--write makes the changes"));
    }
    if arguments.fleet.settings.traefik == Release::V1_7 && arguments.upgrade.is_some() {
        return Err(Failure::input("`--upgrade` names its releases itself, and v1 is none of them")
            .hint("`ecsroute migrate` rewrites v1 labels, and `migrate --verify` compares"));
    }
    Ok(())
}

/// What Traefik is set to, and what runs: nothing, unless a fleet is named.
fn fleet(
    choice: &Choice<'_>,
    given: &mut Given,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(Settings, Inventory), Failure> {
    let arguments = choice.arguments;
    let mut from = FleetArgs { settings: arguments.fleet.settings.clone(), ..arguments.fleet.clone() };
    if from.settings.static_config.is_none() && from.settings.static_from.is_none() {
        from.settings.static_config = choice.static_config().or_else(|| given.static_configuration.clone());
    }
    if from.source.snapshot.is_none() {
        from.source.snapshot.clone_from(&given.snapshot);
    }
    let is_fleet = arguments.live || from.source.demo || from.source.snapshot.is_some();
    let is_found = !is_fleet && from.settings.static_from.is_none() && !from.settings.no_static_config;
    let refused = if is_found || from.settings.static_config.is_some() {
        refused(&mut from.settings, given, surroundings)?
    } else {
        None
    };
    let (mut settings, inventory) = if is_fleet {
        let Fleet { settings, inventory, .. } = read_fleet(&from, surroundings, console)?;
        for CallError { action, cluster, code, message, .. } in &inventory.errors {
            let place = cluster.as_ref().map(|cluster| format!(" in {cluster}")).unwrap_or_default();
            console.warn(&format!("{action} failed{place}, so not all that runs is judged: {code} {message}"));
        }
        (settings, inventory)
    } else {
        let started = static_from::started(&from.settings, Among::Nowhere, surroundings, console)?;
        let base = started.as_ref().map_or(Base::Traefik, Base::Started);
        (resolve_quietly(&from.settings, base, surroundings, console)?, Inventory::default())
    };
    settings.effective.refused = refused;
    Ok((settings, inventory))
}

/// Why Traefik does not start with its static configuration: that is a finding then, and its defaults are taken.
fn refused(
    settings: &mut SettingsArgs,
    given: &mut Given,
    surroundings: &Surroundings,
) -> Result<Option<Refusal>, Failure> {
    let named = settings.static_config.clone();
    if let Some(path) = &named {
        given.add_static(path, surroundings)?;
    }
    let refusal = refusal_of(named.as_deref(), surroundings);
    if let Some(refusal) = &refusal {
        settings.static_config = None;
        settings.no_static_config = true;
        let found = refusal.place.as_ref().map(|spot| PathBuf::from(&spot.origin)).filter(|_| named.is_none());
        if let Some(path) = found.as_deref().map(|path| path.strip_prefix(&surroundings.directory).unwrap_or(path)) {
            if given.is_broken(path) {
                return Ok(None);
            }
            given.add_static(path, surroundings)?;
        }
    }
    Ok(refusal)
}

/// A word that names no rule is an error: what it was meant to do would not be done.
fn check_words(words: &[String]) -> Result<(), Failure> {
    match words.iter().find(|word| !RULES.iter().any(|rule| rule.is_meant_by(word))) {
        None => Ok(()),
        Some(word) => Err(unknown_rule(word)),
    }
}

fn unknown_rule(word: &str) -> Failure {
    let failure = Failure::input(format!("there is no rule `{word}`"));
    let names = RULES.iter().flat_map(|rule| [rule.id, rule.name]);
    match crate::nearest::nearest(word, names) {
        Some(nearest) => failure.hint(format!("did you mean `{nearest}`?")),
        None => failure.hint("`ecsroute lint --rules` lists them"),
    }
}

fn list(console: &mut Console<'_>) -> Result<Exit, Failure> {
    let mut table = render::Table::new(&["RULE", "NAME", "SEVERITY", "WHAT"], None, console.styles);
    for rule in RULES {
        table.row(&[(None, rule.id), (None, rule.name), (None, rule.severity.word()), (None, rule.what)]);
    }
    console.print(table.text().as_bytes())?;
    Ok(Exit::Yes)
}

fn explain(word: &str, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let rule = rule(word).ok_or_else(|| unknown_rule(word))?;
    console.print(rule.page().as_bytes())?;
    Ok(Exit::Yes)
}

fn tell(
    linted: &Linted,
    inputs: &Inputs,
    arguments: &LintArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let output = arguments.output.output.as_deref();
    let styles = styles(&arguments.output, console);
    let bytes = match arguments.format {
        LintFormat::Text => linted.text(&inputs.files, styles),
        LintFormat::Json => linted.json(),
        LintFormat::Sarif => render::json(&linted.sarif()),
        LintFormat::Github => linted.github(),
        LintFormat::Junit => linted
            .junit(&inputs.files)
            .map_err(|error| Failure::system("the findings can't be written as JUnit XML").because(&error))?,
    };
    deliver(output, &bytes, surroundings, console)?;
    if arguments.format == LintFormat::Github {
        files::append_summary(&linted.github_summary(), surroundings)?;
    }
    Ok(())
}
