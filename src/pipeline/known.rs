//! What containers share: a revision never changes, and containers of one definition and one name get the same
//! configuration but for their addresses, so that their labels are read and it is planned once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::build::{Plan, plan};
use super::enable::enabled;
use super::reason::EnabledBy;
use super::rules::Rules;
use super::verdict::Port;
use crate::decode::DecodeError;
use crate::dynamic::Configuration;
use crate::model::{ContainerDefinition, Index, TaskDefinition, Text};

/// The labels of every container definition that was met, and what was planned of them.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    labels: Vec<Labels<'a>>,
    /// By the definition's record and the container's place in it.
    places: Index<(usize, usize), LabelsId>,
    plans: Vec<Plan>,
    /// By the labels and the default service's name; labels that don't decode have no plan.
    planned: Index<(LabelsId, Text), Result<PlanId, Box<DecodeError>>>,
    /// What enables the containers whose labels don't say.
    by_default: Option<Arc<EnabledBy>>,
}

/// Which labels of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct LabelsId(usize);

/// Which plan of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PlanId(pub(super) usize);

/// What one container definition says.
#[derive(Debug)]
pub(super) struct Labels<'a> {
    /// The labels themselves.
    pub(super) map: &'a BTreeMap<Text, Text>,
    /// Whether they enable it.
    pub(super) enabled: Result<Arc<EnabledBy>, DecodeError>,
    /// The port mappings beside them.
    pub(super) ports: Arc<[Port]>,
}

impl<'a> Known<'a> {
    /// The labels of a container of a definition.
    pub(super) fn labels(&mut self, definition: &'a Arc<TaskDefinition>, container: usize, exposed: bool) -> LabelsId {
        let key = (Arc::as_ptr(definition) as usize, container);
        *self.places.entry(key).or_insert_with(|| {
            let labels = Labels::of(&definition.container_definitions[container], exposed, &mut self.by_default);
            self.labels.push(labels);
            LabelsId(self.labels.len() - 1)
        })
    }

    /// What labels say.
    pub(super) fn get(&self, labels: LabelsId) -> &Labels<'a> {
        &self.labels[labels.0]
    }

    /// What containers of that name and those labels have in common.
    pub(super) fn plan(&mut self, labels: LabelsId, name: &Text, rules: &Rules<'_>) -> Result<PlanId, DecodeError> {
        let map = self.labels[labels.0].map;
        let planned = self.planned.entry((labels, name.clone())).or_insert_with(|| {
            let decoded = Configuration::from_labels(map, rules.release).map_err(Box::new)?;
            self.plans.push(plan(decoded, name, map, rules));
            Ok(PlanId(self.plans.len() - 1))
        });
        planned.clone().map_err(|error| *error)
    }

    /// What was planned.
    pub(super) fn planned(&self, plan: PlanId) -> &Plan {
        &self.plans[plan.0]
    }

    /// Everything that was planned, in the order of the ids.
    pub(super) fn into_plans(self) -> Vec<Plan> {
        self.plans
    }
}

impl<'a> Labels<'a> {
    fn of(contained: &'a ContainerDefinition, exposed: bool, by_default: &mut Option<Arc<EnabledBy>>) -> Self {
        let mappings = contained.port_mappings.iter();
        let mut shared = |by| match by {
            EnabledBy::Default { .. } => by_default.get_or_insert_with(|| Arc::new(by)).clone(),
            EnabledBy::Label { .. } => Arc::new(by),
        };
        Self {
            map: &contained.docker_labels,
            enabled: enabled(&contained.docker_labels, exposed).map(&mut shared),
            ports: mappings.map(|mapping| Port::of(mapping.container_port, mapping.host_port)).collect(),
        }
    }
}
