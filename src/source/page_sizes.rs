//! How many records AWS puts on a page of an answer.

use std::collections::BTreeMap;

use crate::model::Action;

/// Records for each page, by action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSizes(BTreeMap<Action, usize>);

impl Default for PageSizes {
    /// What AWS gives when it isn't asked for less.
    fn default() -> Self {
        Self(BTreeMap::from([
            (Action::ListClusters, 100),
            (Action::ListTasks, 100),
            (Action::DescribeInstances, 1000),
            (Action::DescribeInstanceInformation, 50),
        ]))
    }
}

impl PageSizes {
    /// Sets the size of an action's pages; 0 counts as 1.
    pub fn set(&mut self, action: Action, size: usize) {
        self.0.insert(action, size.max(1));
    }

    /// How many records a page of this action holds.
    pub(super) fn of(&self, action: Action) -> usize {
        self.0.get(&action).copied().unwrap_or(usize::MAX)
    }
}
