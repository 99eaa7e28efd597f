//! What containers of one definition share: a revision never changes, so its labels are read once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use super::enable::enabled;
use super::reason::EnabledBy;
use crate::decode::DecodeError;
use crate::dynamic::Configuration;
use crate::model::{Release, TaskDefinition, Text};

/// The labels of every container definition that was met.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By the definition's record and the container's place in it.
    labels: HashMap<(usize, usize), Rc<Labels>>,
}

/// What the labels of one container definition say.
#[derive(Debug)]
pub(super) struct Labels {
    definition: Arc<TaskDefinition>,
    container: usize,
    /// Whether they enable it.
    pub(super) enabled: Result<Arc<EnabledBy>, DecodeError>,
    decoded: OnceCell<Result<Configuration, DecodeError>>,
}

impl Known {
    pub(super) fn labels(&mut self, definition: &Arc<TaskDefinition>, container: usize, exposed: bool) -> Rc<Labels> {
        let key = (Arc::as_ptr(definition) as usize, container);
        let labels = self.labels.entry(key).or_insert_with(|| Rc::new(Labels::of(definition, container, exposed)));
        labels.clone()
    }
}

impl Labels {
    fn of(definition: &Arc<TaskDefinition>, container: usize, exposed: bool) -> Self {
        let labels = &definition.container_definitions[container].docker_labels;
        let enabled = enabled(labels, exposed).map(Arc::new);
        Self { definition: definition.clone(), container, enabled, decoded: OnceCell::new() }
    }

    /// The labels themselves.
    pub(super) fn map(&self) -> &BTreeMap<Text, Text> {
        &self.definition.container_definitions[self.container].docker_labels
    }

    /// How many of them are part of the dynamic configuration.
    pub(super) fn counted(&self) -> usize {
        self.map().keys().filter(|key| Configuration::counts(key)).count()
    }

    /// What they decode to: the one copy, where no other container has these labels.
    pub(super) fn decoded(self: &mut Rc<Self>, release: Release) -> Result<Configuration, DecodeError> {
        let decode = |labels: &Self| Configuration::from_labels(labels.map(), release);
        if let Some(only) = Rc::get_mut(self) {
            return only.decoded.take().unwrap_or_else(|| decode(only));
        }
        self.decoded.get_or_init(|| decode(self)).clone()
    }
}
