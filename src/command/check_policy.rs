//! `check-policy`: do these IAM policies allow what the provider needs, and nothing it doesn't?

use std::collections::BTreeSet;

use super::Exit;
use super::fleet::read_fleet;
use super::output::deliver;
use super::settings::{Base, Settings, resolve};
use crate::cli::{CheckPolicyArgs, PolicyFormat, SuggestFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::iam::{self, Decision, FleetFacts, Need, Policies, Scope};
use crate::model::{Action, Inventory};
use crate::view::policy::PolicyReport;

mod context;
mod load;
mod rows;

use context::{Known, Target};
use load::Loaded;

pub(super) fn run(
    arguments: &CheckPolicyArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let (settings, inventory) = looked_at(arguments, surroundings, console)?;
    let known = Known::read(arguments, &settings, inventory.as_ref(), surroundings)?;
    if let Some(format) = arguments.suggest {
        return suggest(arguments, format, &settings, inventory.as_ref(), &known, surroundings, console);
    }
    if let Some(file) = &arguments.fix {
        return fix(arguments, file, &settings, inventory.as_ref(), &known, surroundings, console);
    }
    let loaded = Loaded::read(arguments, &known, surroundings, console)?;
    let target = known.target(&settings, inventory.as_ref(), &loaded.policies);
    let needs = needs(arguments, &settings, inventory.as_ref());
    let report = report(arguments, &settings, &loaded, &target, &needs);
    print(&report, arguments, surroundings, console)?;
    Ok(exit(&report, arguments))
}

/// What Traefik is set to, and the fleet where one is given.
fn looked_at(
    arguments: &CheckPolicyArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(Settings, Option<Inventory>), Failure> {
    let source = &arguments.fleet.source;
    if source.demo || source.snapshot.is_some() {
        let fleet = read_fleet(&arguments.fleet, surroundings, console)?;
        return Ok((fleet.settings, Some(fleet.inventory)));
    }
    Ok((resolve(&arguments.fleet.settings, Base::Traefik, surroundings)?, None))
}

/// Each documented action with its need.
fn needs(arguments: &CheckPolicyArgs, settings: &Settings, inventory: Option<&Inventory>) -> Vec<(Action, Need)> {
    let fleet = inventory.and_then(FleetFacts::of);
    let need = |action: Action| {
        if arguments.documented {
            iam::documented(action, settings.release)
        } else {
            iam::need(action, &settings.provider, settings.release, fleet)
        }
    };
    Action::ALL.into_iter().map(|action| (action, need(action))).collect()
}

/// The actions that a policy should grant: those that are required, and those that may be called where no fleet tells.
fn wanted(needs: &[(Action, Need)], inventory: Option<&Inventory>) -> Vec<Action> {
    let fleet_known = inventory.and_then(FleetFacts::of).is_some();
    let wanted = |need: &Need| need.is_required() || !fleet_known && matches!(need, Need::OnlyIf(_));
    needs.iter().filter(|(_, need)| wanted(need)).map(|(action, _)| *action).collect()
}

fn report(
    arguments: &CheckPolicyArgs,
    settings: &Settings,
    loaded: &Loaded,
    target: &Target,
    needs: &[(Action, Need)],
) -> PolicyReport {
    let mut report = PolicyReport::new("files", settings.release.name().to_owned(), rows::site(target));
    report.notes.extend(loaded.notes.iter().chain(&target.notes).cloned());
    report.findings = rows::findings(loaded, target);
    if loaded.is_refused() {
        report.verdict = "refused";
        report.actions = needs.iter().map(|(action, need)| rows::not_evaluated(*action, need)).collect();
        return report;
    }
    report.actions = needs.iter().map(|(action, need)| rows::action(*action, need, loaded, target)).collect();
    let asked: BTreeSet<Action> = needs
        .iter()
        .filter(|(_, need)| matches!(need, Need::Required(_) | Need::OnlyIf(_)))
        .map(|(action, _)| *action)
        .collect();
    report.excess = rows::excess(loaded, &asked, target);
    report.verdict = verdict(&report, arguments.allow_conditional);
    report
}

/// The worst verdict of what is required.
fn verdict(report: &PolicyReport, allow_conditional: bool) -> &'static str {
    let required = || report.actions.iter().filter(|action| action.need == "required").map(|action| action.verdict);
    let denied = |verdict: &str| matches!(verdict, "explicitly-denied" | "implicitly-denied" | "partly");
    match () {
        () if required().any(denied) => "denied",
        () if required().any(|verdict| verdict == "unknown") => "unknown",
        () if required().any(|verdict| verdict == "depends") && !allow_conditional => "depends",
        () => "allowed",
    }
}

fn exit(report: &PolicyReport, arguments: &CheckPolicyArgs) -> Exit {
    match report.verdict {
        "refused" => Exit::Input,
        "unknown" => Exit::System,
        "allowed" => Exit::holds(!arguments.strict || report.excess.is_empty()),
        _ => Exit::No,
    }
}

fn print(
    report: &PolicyReport,
    arguments: &CheckPolicyArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let unwritable = |error: serde_json::Error| Failure::system("the report could not be written").because(&error);
    let bytes = match arguments.format {
        PolicyFormat::Table => report.table(surroundings.width, console.styles),
        PolicyFormat::Json => report.json().map_err(unwritable)?,
        PolicyFormat::Sarif => {
            let first = arguments.files.first().map_or_else(String::new, |file| file.display().to_string());
            report.sarif(&first)
        }
        PolicyFormat::Junit => report.junit(arguments.allow_conditional)?,
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)
}

/// Prints the smallest policy that suffices, once the evaluator has said that it does.
fn suggest(
    arguments: &CheckPolicyArgs,
    format: SuggestFormat,
    settings: &Settings,
    inventory: Option<&Inventory>,
    known: &Known,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let target = known.target(settings, inventory, &Policies::default());
    let actions = wanted(&needs(arguments, settings, inventory), inventory);
    let scope = if arguments.unscoped { Scope::Everything } else { Scope::Clusters };
    let suggestion = iam::suggest(&actions, &known.widened(&target), scope);
    let document = suggestion.json();
    proved(&document.to_string(), &actions, &target)?;
    if !arguments.unscoped {
        known.say_what_is_open(console);
    }
    let bytes = match format {
        SuggestFormat::Json => crate::render::json(&document),
        SuggestFormat::Terraform => suggestion.terraform().into_bytes(),
        SuggestFormat::Cloudformation => suggestion.cloudformation().into_bytes(),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(Exit::Yes)
}

/// Checks that a document allows these actions, as `check-policy` itself would.
fn proved(document: &str, actions: &[Action], target: &Target) -> Result<(), Failure> {
    let reading = iam::read(document);
    let policies = Policies { identity: reading.accepted().cloned().into_iter().collect(), ..Policies::default() };
    let allowed = |action: &Action| {
        let questions = target.site.questions(*action, &target.knowledge);
        questions.iter().all(|(_, question)| matches!(iam::decide(&policies, question), Decision::Allowed(_)))
    };
    match actions.iter().find(|action| !allowed(action)) {
        None => Ok(()),
        Some(action) => Err(Failure::system(format!("no policy could be found that allows {action} here"))),
    }
}

/// Prints the least change to a policy as a diff; nothing where it suffices.
fn fix(
    arguments: &CheckPolicyArgs,
    file: &std::path::Path,
    settings: &Settings,
    inventory: Option<&Inventory>,
    known: &Known,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let text = load::text(file, surroundings, console)?;
    let reading = iam::read(&text);
    let Some(policy) = reading.accepted() else { return Err(load::refused(file, &text, &reading)) };
    let policies = Policies { identity: vec![policy.clone()], ..Policies::default() };
    let target = known.target(settings, inventory, &policies);
    let actions = wanted(&needs(arguments, settings, inventory), inventory);
    let decided = |action: &Action| {
        let questions = target.site.questions(*action, &target.knowledge);
        questions.iter().map(|(_, question)| iam::decide(&policies, question)).collect::<Vec<_>>()
    };
    let is_denied = |decision: &Decision<'_>| matches!(decision, Decision::Denied(_));
    if let Some(action) = actions.iter().find(|action| decided(action).iter().any(is_denied)) {
        return Err(Failure::input(format!("{} denies {action} explicitly: no addition mends that", file.display()))
            .hint("`ecsroute check-policy` shows the statement"));
    }
    let missing: Vec<Action> = actions
        .iter()
        .copied()
        .filter(|action| !decided(action).iter().all(|decision| matches!(decision, Decision::Allowed(_))))
        .collect();
    if missing.is_empty() {
        console.note(&format!("{} allows everything that is needed", file.display()));
        return Ok(Exit::Yes);
    }
    let scope = if arguments.unscoped { Scope::Everything } else { Scope::Clusters };
    let suggestion = iam::suggest(&missing, &known.widened(&target), scope);
    let fixed = iam::fix(&text, policy, &suggestion);
    proved(&fixed, &actions, &target)?;
    let name = file.display().to_string();
    let diff = similar::TextDiff::from_lines(&text, &fixed);
    let unified = diff.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    deliver(arguments.output.output.as_deref(), unified.as_bytes(), surroundings, console)?;
    Ok(Exit::No)
}
