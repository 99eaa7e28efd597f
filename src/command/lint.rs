//! `lint`: what is wrong or about to go wrong, in files and in what runs.

mod files;
mod fix;
mod known;

use super::Exit;
use super::fleet::{Fleet, read_fleet};
use super::output::deliver;
use super::pass::styles;
use super::settings::{Base, Settings, ambient, resolve};
use super::static_from::{self, Among};
use crate::cli::{FailOn, FleetArgs, LintArgs, LintFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::{Finding, Inputs, RULES, Rule, Severity, World, findings, rule};
use crate::model::{Inventory, Release};
use crate::render;
use crate::view::linted::Linted;
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
    let given = files::read(arguments, surroundings, console)?;
    let (settings, inventory) = fleet(arguments, &given, surroundings, console)?;
    let complete = inventory.is_complete();
    let ambient = ambient(settings.environment.clone(), surroundings);
    let world = World::new(&given.inputs, inventory, &settings.effective, settings.release, &ambient);
    let mut found = findings(&world, |rule| is_wanted(rule, arguments));
    if let Some(path) = &arguments.write_baseline {
        return known::write(path, &found, world.files, surroundings, console);
    }
    let ignored = match &arguments.baseline {
        Some(path) => known::quiet(path, &mut found, world.files, surroundings, console)?,
        None => 0,
    };
    if arguments.fix {
        fix::run(&mut found, world.files, arguments.write, surroundings, console)?;
    }
    let linted = Linted::of(&world, &found, ignored);
    tell(&linted, &given.inputs, arguments, surroundings, console)?;
    Ok(status(&found, &linted, arguments).max(if complete { Exit::Yes } else { Exit::System }))
}

/// What is on the command line and can't be done yet is refused: a check that was asked for must not pass unchecked.
fn refuse_unbuilt(arguments: &LintArgs) -> Result<(), Failure> {
    if arguments.upgrade.is_some() {
        return Err(Failure::input("`lint --upgrade` is not part of this version yet")
            .hint("`ecsroute diff A B --settings-b …` compares what two settings publish"));
    }
    if arguments.fix && !arguments.write && arguments.format != LintFormat::Text {
        return Err(Failure::input("`--fix` shows a diff, which only the format `text` has room for")
            .hint("--write makes the changes"));
    }
    if arguments.fleet.settings.traefik == Release::V1_7 {
        return Err(Failure::input("`lint` judges what Traefik v2 and v3 read, not v1")
            .hint("`ecsroute migrate` says what v1's labels become, and what has no equivalent"));
    }
    Ok(())
}

/// What Traefik is set to, and what runs: nothing, unless a fleet is named.
fn fleet(
    arguments: &LintArgs,
    given: &Given,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(Settings, Inventory), Failure> {
    let mut from = FleetArgs { settings: arguments.fleet.settings.clone(), ..arguments.fleet.clone() };
    if from.settings.static_config.is_none() {
        from.settings.static_config.clone_from(&given.static_configuration);
    }
    if from.source.snapshot.is_none() {
        from.source.snapshot.clone_from(&given.snapshot);
    }
    if arguments.live || from.source.demo || from.source.snapshot.is_some() {
        let Fleet { settings, inventory, .. } = read_fleet(&from, surroundings, console)?;
        return Ok((settings, inventory));
    }
    let started = static_from::started(&from.settings, Among::Nowhere, surroundings, console)?;
    let base = started.as_ref().map_or(Base::Traefik, Base::Started);
    Ok((resolve(&from.settings, base, surroundings, console)?, Inventory::default()))
}

/// Whether a rule was selected and not ignored.
fn is_wanted(rule: &Rule, arguments: &LintArgs) -> bool {
    let named = |words: &[String]| words.iter().any(|word| rule.is_meant_by(word));
    (arguments.select.is_empty() || named(&arguments.select)) && !named(&arguments.ignore)
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

fn status(found: &[Finding], linted: &Linted, arguments: &LintArgs) -> Exit {
    let least = match arguments.fail_on {
        FailOn::Note => Some(Severity::Note),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Error => Some(Severity::Error),
        FailOn::Never => None,
    };
    let counts = least.is_some_and(|least| found.iter().any(|finding| finding.severity >= least));
    Exit::holds(!(counts || (arguments.fail_on_unknown && linted.summary.unknown > 0)))
}
