//! One step after the other: what each looked at, and what came of it.

use super::evidence::{evidence, told};
use super::{Branch, Step, StepOutcome, merge};
use crate::pipeline::{Decision, Evidence, Made, Outcome, Reason, RouterCause, RouterDrop, Run, Stage, Verdict};

/// Every step of a container.
pub(super) fn steps(run: &Run, verdict: &Verdict) -> Vec<Step> {
    verdict.decisions.iter().map(|decision| step(run, verdict, decision)).collect()
}

fn step(run: &Run, verdict: &Verdict, decision: &Decision) -> Step {
    let (outcome, text, mut details) = match &decision.outcome {
        Outcome::Passed(passed) => {
            let (text, details) = evidence(run, verdict, passed);
            (StepOutcome::Passed, text, details)
        }
        Outcome::Dropped(reason) => (StepOutcome::Dropped, reason.sentence(), why(run, verdict, reason)),
        Outcome::NotReached => (StepOutcome::NotReached, "not reached".to_owned(), Vec::new()),
    };
    if outcome != StepOutcome::NotReached {
        details.splice(0..0, setting(run, decision).map(Branch::leaf));
    }
    Step { stage: decision.stage.id(), question: decision.stage.question(), outcome, text, details }
}

/// The setting that a step follows.
fn setting(run: &Run, decision: &Decision) -> Option<String> {
    let provider = &run.settings;
    Some(match decision.stage {
        Stage::TaskHealth => format!("setting: healthyTasksOnly = {}", provider.healthy_tasks_only),
        Stage::Machine => format!("setting: ecsAnywhere = {}", provider.ecs_anywhere),
        Stage::Enabled => format!("setting: exposedByDefault = {}", provider.exposed_by_default),
        Stage::Constraint if provider.constraints.is_empty() => "setting: constraints is empty".to_owned(),
        Stage::Constraint => format!("setting: constraints = {}", provider.constraints),
        Stage::Routers if asks_for_default_rule(&decision.outcome) => {
            format!("setting: defaultRule = {}", provider.default_rule)
        }
        _ => return None,
    })
}

/// Whether the default rule was rendered for any router.
fn asks_for_default_rule(outcome: &Outcome) -> bool {
    let of = |drop: &RouterDrop| matches!(drop.cause, RouterCause::Template { .. } | RouterCause::DefaultRuleEmpty);
    match outcome {
        Outcome::Passed(Evidence::Routers(routers)) => {
            let by_default = |made: &Made| matches!(made, Made::Router { default_rule: true, .. });
            routers.kept.iter().any(by_default) || routers.lost.iter().any(of)
        }
        Outcome::Dropped(reason) => {
            matches!(reason.as_ref(), Reason::RouterDropped { drops, .. } if drops.iter().any(of))
        }
        _ => false,
    }
}

/// What a reason rests on.
fn why(run: &Run, verdict: &Verdict, reason: &Reason) -> Vec<Branch> {
    match reason {
        Reason::LabelsInvalid { error } | Reason::EnableLabelInvalid { error } => told(verdict, &error.path),
        Reason::Disabled(_) => told(verdict, "traefik.enable"),
        Reason::ConstraintFalse { expression } => super::evidence::proof(expression, verdict),
        Reason::ContainerDefinitionMissing { known, .. } => {
            known.iter().map(|name| Branch::leaf(format!("the definition has `{name}`"))).collect()
        }
        Reason::PortMissing { .. } => super::evidence::ports(verdict),
        Reason::LoadBalancerMissing { protocol, service } => {
            told(verdict, &format!("traefik.{}.services.{service}", protocol.name()))
        }
        Reason::ServerUrlConflict { service } => told(verdict, &format!("traefik.http.services.{service}")),
        Reason::RouterDropped { drops, .. } => drops
            .iter()
            .map(|drop| Branch {
                holds: Some(false),
                text: drop.sentence(),
                details: told(verdict, &format!("traefik.{}.routers.{}", drop.protocol.name(), drop.router)),
            })
            .collect(),
        Reason::MergedAway { elements, .. } => {
            elements.iter().flat_map(|(section, name)| merge::conflict(run, *section, name)).collect()
        }
        Reason::TaskNotDescribed { error: Some(error) } => vec![Branch::leaf(error.to_string())],
        _ => Vec::new(),
    }
}
