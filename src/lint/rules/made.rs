//! What the pipeline made for a container, as the rules about ports ask for it.

use crate::pipeline::{Evidence, Made, Outcome, Verdict};

/// The servers that a container's services got.
pub(super) fn servers(verdict: &Verdict) -> &[Made] {
    let services = verdict.decisions.iter().find_map(|decision| match &decision.outcome {
        Outcome::Passed(Evidence::Services(made)) => Some(made.as_slice()),
        _ => None,
    });
    services.unwrap_or_default()
}
