//! One thing that must hold for a statement to apply.

use std::collections::BTreeSet;

use super::super::condition::Condition;
use super::super::key::Key;
use super::super::request::Context;
use super::super::statement::Statement;
use super::super::template::Template;
use super::question::{Asked, Question};

/// One thing that must hold for a statement to apply.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Action(&'a Statement),
    Resource(&'a Statement),
    Condition(&'a Condition),
}

impl<'a> Part<'a> {
    /// The keys it asks about, variables included.
    pub(super) fn keys(self) -> Vec<&'a Key> {
        match self {
            Self::Action(statement) => {
                let templates = statement.actions.patterns.iter().filter_map(|placed| placed.pattern.template());
                templates.flat_map(Template::keys).collect()
            }
            Self::Resource(statement) => {
                statement.resources.patterns.iter().flat_map(|placed| placed.pattern.template().keys()).collect()
            }
            Self::Condition(condition) => std::iter::once(&condition.key).chain(condition.variables()).collect(),
        }
    }

    /// Whether it holds for a request.
    pub(super) fn holds(self, question: &Question, context: &Context) -> bool {
        match self {
            Self::Action(statement) => statement.covers_action(&question.action, context),
            Self::Resource(statement) => {
                let resource = match &question.resource {
                    Asked::One(resource) => resource,
                    Asked::EveryIdAfter(_) => context.single(&Key::resource()).unwrap_or_default(),
                };
                statement.covers_resource(resource, context) == Some(true)
            }
            Self::Condition(condition) => condition.holds(context),
        }
    }

    /// The unknown keys that it hangs on.
    pub(super) fn unknown(self, question: &Question) -> BTreeSet<Key> {
        let unknown = |key: &&Key| question.knowledge.is_unknown(key, &question.action).is_some();
        let mut keys: BTreeSet<Key> = self.keys().into_iter().filter(unknown).cloned().collect();
        if let (Self::Resource(statement), Asked::EveryIdAfter(_)) = (self, &question.resource)
            && !statement.resources.patterns.iter().any(|placed| placed.pattern.template().is_anything())
        {
            keys.insert(Key::resource());
        }
        keys
    }
}
