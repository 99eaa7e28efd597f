//! `check-policy`: do these IAM policies allow what the provider needs, and nothing it doesn't?

use std::collections::BTreeSet;

use super::Exit;
use super::fleet::{live_settings, read_fleet};
use super::output::deliver;
use super::settings::Settings;
use crate::cli::{CheckPolicyArgs, PolicyFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::iam::{self, FleetFacts, Need, Pseudo};
use crate::model::{Action, Inventory};
use crate::source::live::TaskRole;
use crate::view::policy::PolicyReport;

mod answers;
mod context;
mod load;
mod probe;
mod role;
mod rows;
mod suggest;

use context::{Known, Target};
use load::{Given, Loaded};
use probe::Survey;

pub(super) fn run(
    arguments: &CheckPolicyArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let check = Check::read(arguments, surroundings, console)?;
    if let Some(format) = arguments.suggest {
        return suggest::suggest(&check, format, surroundings, console);
    }
    if let Some(file) = &arguments.fix {
        return suggest::fix(&check, file, surroundings, console);
    }
    let report = check.report(surroundings, console)?;
    print(&report, arguments, surroundings, console)?;
    Ok(exit(&report, arguments))
}

/// What is checked, with everything that is known before a policy is read.
struct Check<'a> {
    arguments: &'a CheckPolicyArgs,
    settings: Settings,
    inventory: Option<Inventory>,
    /// What AWS said, where it was asked.
    survey: Option<Survey>,
    /// The task role whose policies are judged, where one was asked for.
    role: Option<TaskRole>,
    known: Known,
}

impl<'a> Check<'a> {
    fn read(
        arguments: &'a CheckPolicyArgs,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Result<Self, Failure> {
        let source = &arguments.fleet.source;
        let is_replayed = source.demo || source.snapshot.is_some();
        let (settings, inventory) = if is_replayed {
            let fleet = read_fleet(&arguments.fleet, surroundings, console)?;
            (fleet.settings, Some(fleet.inventory))
        } else {
            (live_settings(&arguments.fleet, surroundings, console)?, None)
        };
        let known = Known::read(arguments, &settings, inventory.as_ref(), surroundings)?;
        let mut check = Self { arguments, settings, inventory, survey: None, role: None, known };
        check.ask(is_replayed, console)?;
        Ok(check)
    }

    /// Asks AWS for what only AWS can tell.
    fn ask(&mut self, is_replayed: bool, console: &mut Console<'_>) -> Result<(), Failure> {
        let arguments = self.arguments;
        let source = &arguments.fleet.source;
        if let Some(service) = &arguments.task_role_of {
            let (role, region) = role::look_up(source, &self.settings, service, console)?;
            self.known.learn_role(&role, &region);
            self.role = Some(role);
        }
        let has_document = !arguments.files.is_empty() || self.role.is_some();
        let has_task = has_document || arguments.suggest.is_some() || arguments.fix.is_some();
        if has_task && !arguments.live {
            return Ok(());
        }
        if is_replayed && !arguments.live {
            return Err(Failure::input("there is no policy to check: a recorded fleet has no permissions")
                .hint("give a FILE, or --suggest to see the policy that this fleet needs")
                .hint("--live beside it asks AWS what the caller may do"));
        }
        let needs = self.needs();
        let asked = needs.iter().filter(|(_, need)| matches!(need, Need::Required(_) | Need::OnlyIf(_)));
        let asked: BTreeSet<Action> = asked.map(|(action, _)| *action).collect();
        let survey = probe::survey(source, &self.settings, &asked, console)?;
        self.known.learn_place(&survey.region, survey.identity.as_ref().map(|identity| &*identity.account));
        self.survey = Some(survey);
        Ok(())
    }

    /// What is known of the fleet.
    fn facts(&self) -> Option<FleetFacts> {
        let recorded = self.inventory.as_ref().and_then(FleetFacts::of);
        recorded.or_else(|| self.survey.as_ref().map(|survey| survey.facts))
    }

    /// Each documented action with its need.
    fn needs(&self) -> Vec<(Action, Need)> {
        let Settings { provider, release, .. } = &self.settings;
        let facts = self.facts();
        let need = |action: Action| {
            if self.arguments.documented {
                iam::documented(action, *release)
            } else {
                iam::need(action, provider, *release, facts)
            }
        };
        Action::ALL.into_iter().map(|action| (action, need(action))).collect()
    }

    /// The actions that a policy should grant: those that are required, and where the whole fleet isn't known those that
    /// may be called.
    fn wanted(&self) -> Vec<Action> {
        let fleet_known = self.inventory.as_ref().and_then(FleetFacts::of).is_some();
        let wanted = |need: &Need| need.is_required() || !fleet_known && matches!(need, Need::OnlyIf(_));
        self.needs().into_iter().filter(|(_, need)| wanted(need)).map(|(action, _)| action).collect()
    }

    /// Where the provider asks, as far as the policies tell it where nothing else does.
    fn target(&self, policies: &iam::Policies) -> Target {
        let recorded = self.inventory.iter().flat_map(|inventory| &inventory.clusters).map(|records| &records.cluster);
        let listed = self.survey.iter().flat_map(|survey| &survey.clusters);
        let searched: Vec<String> = recorded.chain(listed).map(ToString::to_string).collect();
        self.known.target(&self.settings, &searched, policies)
    }

    /// Reads the policies. A template is taken for one that is deployed beside Traefik.
    fn load(&self, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<(Loaded, Target), Failure> {
        let given = Given::all(self.arguments, surroundings, console)?;
        let find = |pseudo: &Pseudo| -> Result<Loaded, Failure> {
            let mut loaded = Loaded::find(&given, pseudo)?;
            self.role.iter().for_each(|role| loaded.add_role(role));
            Ok(loaded)
        };
        let target = self.target(&find(&self.known.pseudo())?.policies);
        Ok((find(&target.pseudo())?, target))
    }

    fn report(&self, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<PolicyReport, Failure> {
        let (loaded, target) = self.load(surroundings, console)?;
        let needs = self.needs();
        let mut report = PolicyReport::new(self.source(), self.settings.release.name().to_owned(), rows::site(&target));
        report.notes.extend(loaded.notes.iter().chain(&target.notes).cloned());
        report.findings = rows::findings(&loaded, &target);
        let is_evaluated = self.has_documents() && !loaded.is_refused();
        report.actions = needs
            .iter()
            .map(|(action, need)| {
                if is_evaluated {
                    rows::action(*action, need, &loaded, &target)
                } else {
                    rows::not_evaluated(*action, need)
                }
            })
            .collect();
        if is_evaluated {
            let asked = needs.iter().filter(|(_, need)| matches!(need, Need::Required(_) | Need::OnlyIf(_)));
            let asked: BTreeSet<Action> = asked.map(|(action, _)| *action).collect();
            report.excess = rows::excess(&loaded, &asked, &target);
        }
        if let Some(survey) = &self.survey {
            answers::add(survey, &mut report.actions);
            report.identity = answers::identity(survey);
            report.notes.push(answers::whose(survey));
        }
        let unanswered = required(&report).any(|verdict| verdict == "unknown");
        report.complete = !unanswered;
        report.verdict =
            if loaded.is_refused() { "refused" } else { verdict(&report, self.arguments.allow_conditional) };
        Ok(report)
    }

    /// Whether there is any document to evaluate.
    fn has_documents(&self) -> bool {
        !self.arguments.files.is_empty() || self.role.is_some()
    }

    /// Where the report's answers come from.
    fn source(&self) -> &'static str {
        match (self.has_documents(), &self.role, &self.survey) {
            (false, _, _) => "live",
            (true, None, None) => "files",
            (true, None, Some(_)) => "files-and-live",
            (true, Some(_), None) => "task-role",
            (true, Some(_), Some(_)) => "task-role-and-live",
        }
    }
}

/// The verdicts of what is required.
fn required(report: &PolicyReport) -> impl Iterator<Item = &'static str> {
    report.actions.iter().filter(|action| action.need == "required").map(|action| action.verdict)
}

/// The worst verdict of what is required.
fn verdict(report: &PolicyReport, allow_conditional: bool) -> &'static str {
    let denied = |verdict: &str| matches!(verdict, "explicitly-denied" | "implicitly-denied" | "denied" | "partly");
    match () {
        () if required(report).any(denied) => "denied",
        () if required(report).any(|verdict| verdict == "unknown") => "unknown",
        () if required(report).any(|verdict| verdict == "depends") && !allow_conditional => "depends",
        () => "allowed",
    }
}

fn exit(report: &PolicyReport, arguments: &CheckPolicyArgs) -> Exit {
    match report.verdict {
        _ if !report.complete => Exit::System,
        "refused" => Exit::Input,
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
