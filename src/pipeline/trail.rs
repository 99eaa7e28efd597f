//! Leaves a decision behind for each stage that a container goes through.

use std::sync::{Arc, LazyLock};

use super::decision::{Decision, Evidence, Outcome, Stage};
use super::reason::Reason;
use super::verdict::{PublishedRouter, Subject, Verdict};
use crate::model::Text;

/// What leads to most containers at first, and to many in the end.
static NO_ROUTERS: LazyLock<Arc<[PublishedRouter]>> = LazyLock::new(|| Arc::new([]));

impl Verdict {
    /// A verdict without any decision yet.
    pub(super) fn open(subject: Subject) -> Self {
        Self {
            subject,
            name: Text::default(),
            raw_name: Text::default(),
            id: Text::default(),
            instance: Text::default(),
            machine: None,
            decisions: Vec::with_capacity(Stage::ALL.len()),
            dropped_routers: Vec::new(),
            routers: NO_ROUTERS.clone(),
            servers: Vec::new(),
        }
    }

    /// Records what a stage came to; nothing where it ends the way.
    pub(super) fn step(&mut self, stage: Stage, outcome: Result<Evidence, Reason>) -> Option<()> {
        match outcome {
            Ok(evidence) => {
                self.decisions.push(Decision { stage, outcome: Outcome::Passed(evidence) });
                Some(())
            }
            Err(reason) => {
                self.decisions.push(Decision { stage, outcome: Outcome::Dropped(Box::new(reason)) });
                None
            }
        }
    }

    /// Records the stages behind the last one as not reached.
    pub(super) fn close(&mut self) {
        let left = Stage::ALL.into_iter().skip(self.decisions.len());
        self.decisions.extend(left.map(|stage| Decision { stage, outcome: Outcome::NotReached }));
    }
}
