//! What `explain` says: for each container every step, what was looked at and what came of it. `ecsroute.explain/1`.

mod constraint;
mod evidence;
mod find;
mod merge;
mod shadows;
mod steps;
mod text;

use serde::Serialize;

use crate::model::Text;
use crate::pipeline::Run;
use crate::view::discovered::{self, Facts};

pub use find::{Nothing, nothing};
pub use shadows::Shadowed;

/// The document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// `ecsroute.explain/1`.
    pub schema: &'static str,
    /// What was asked for; absent for everything.
    pub pattern: Option<String>,
    /// Whether every call was answered and the pass came to its end.
    pub complete: bool,
    /// `live`, `snapshot` or `demo`.
    pub source: &'static str,
    /// When, as RFC 3339.
    pub time: Option<Text>,
    /// What Traefik would do.
    pub traefik: discovered::Traefik,
    /// The containers that match, in the order of `discover`.
    pub containers: Vec<Explanation>,
    /// Calls that failed.
    pub failures: Vec<discovered::Failed>,
    /// Where nothing matched: what was searched, and what may have been meant.
    pub nothing: Option<Nothing>,
}

/// One container, explained.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// As in `discover`.
    #[serde(flatten)]
    pub container: discovered::Container,
    /// Its routers that never get a request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shadows: Vec<Shadowed>,
    /// Every step, in Traefik's order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its stable name.
    pub stage: &'static str,
    /// What it asks.
    pub question: &'static str,
    /// `passed`, `dropped` or `not-reached`.
    pub outcome: StepOutcome,
    /// What was looked at and what came of it.
    pub text: String,
    /// What that rests on.
    pub details: Vec<Branch>,
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// The container goes on.
    Passed,
    /// It doesn't.
    Dropped,
    /// An earlier step dropped it.
    NotReached,
}

/// One line of a tree of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Branch {
    /// Whether it holds, where it is a condition.
    pub holds: Option<bool>,
    /// What it says.
    pub text: String,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Branch>,
}

impl Branch {
    /// A line with nothing below.
    pub(crate) fn leaf(text: impl Into<String>) -> Self {
        Self { holds: None, text: text.into(), details: Vec::new() }
    }
}

impl Explained {
    /// The view of the containers that a pattern finds.
    pub fn of(run: &Run, pattern: Option<&str>, facts: Facts) -> Self {
        let discovered = discovered::Discovered::of(run, facts);
        let mut found: Vec<_> = run
            .verdicts
            .iter()
            .map(|verdict| (discovered::container(run, verdict), verdict))
            .filter(|(container, verdict)| pattern.is_none_or(|pattern| find::matches(pattern, container, verdict)))
            .collect();
        found.sort_by(|a, b| discovered::key(&a.0).cmp(&discovered::key(&b.0)));
        let containers: Vec<_> = found
            .into_iter()
            .map(|(container, verdict)| Explanation {
                container,
                shadows: Vec::new(),
                steps: steps::steps(run, verdict),
            })
            .collect();
        let nothing = pattern.filter(|_| containers.is_empty()).map(|pattern| nothing(pattern, &discovered));
        Self {
            schema: "ecsroute.explain/1",
            pattern: pattern.map(str::to_owned),
            complete: discovered.complete,
            source: discovered.source,
            time: discovered.time,
            traefik: discovered.traefik,
            containers,
            failures: discovered.failures,
            nothing,
        }
    }

    /// Whether there is something, and all of it is routed.
    pub fn is_routed(&self) -> bool {
        !self.containers.is_empty() && self.containers.iter().all(|one| one.container.routed)
    }
}
