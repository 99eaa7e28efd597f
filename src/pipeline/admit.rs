//! Decides which containers Traefik takes, before it looks at what their labels configure.

use std::sync::Arc;

use super::assemble::Standing;
use super::decision::{Evidence, Stage};
use super::known::Labels;
use super::reason::{Reason, StateOf};
use super::rules::Rules;
use super::verdict::{Machine, Verdict};

/// Takes a container through the filters, in Traefik's order; nothing where one holds it back.
pub(super) fn admit(verdict: &mut Verdict, standing: &Standing, labels: &Labels<'_>, rules: &Rules<'_>) -> Option<()> {
    verdict.step(Stage::State, state(standing))?;
    verdict.step(Stage::Health, health(standing))?;
    let address = address(verdict.machine.as_deref(), standing.state_of);
    verdict.step(Stage::Address, address)?;
    verdict.step(Stage::Enabled, wanted(standing))?;
    verdict.step(Stage::Constraint, constraint(labels, rules))
}

fn state(standing: &Standing) -> Result<Evidence, Reason> {
    let (of, state) = (standing.state_of, standing.state.clone());
    if &*state == "running" { Ok(Evidence::State { of, state }) } else { Err(Reason::NotRunning { of, state }) }
}

fn health(standing: &Standing) -> Result<Evidence, Reason> {
    match standing.health.as_deref() {
        Some("UNHEALTHY") => Err(Reason::Unhealthy),
        _ => Ok(Evidence::Health(standing.health.clone())),
    }
}

fn address(machine: Option<&Machine>, of: StateOf) -> Result<Evidence, Reason> {
    let address = machine.map(|machine| machine.address.clone()).unwrap_or_default();
    if address.is_empty() { Err(Reason::AddressMissing { of }) } else { Ok(Evidence::Address(address)) }
}

fn wanted(standing: &Standing) -> Result<Evidence, Reason> {
    let by = standing.enabled.clone();
    if by.is_enabled() { Ok(Evidence::Enabled(by)) } else { Err(Reason::Disabled(Arc::unwrap_or_clone(by))) }
}

fn constraint(labels: &Labels<'_>, rules: &Rules<'_>) -> Result<Evidence, Reason> {
    let expression = rules.settings.constraints.clone();
    match rules.admits(labels.map) {
        Ok(true) => Ok(Evidence::Constraint { expression }),
        Ok(false) => Err(Reason::ConstraintFalse { expression }),
        Err(error) => Err(Reason::ConstraintInvalid { expression, error }),
    }
}
