//! What is asked: an action on a resource, and what is known of the request.

use std::collections::BTreeMap;

use super::key::Key;

/// One request to AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The action with its service's prefix: `ecs:ListTasks`.
    pub action: String,
    /// The ARN; `*` where the service asks for no particular resource.
    pub resource: String,
    /// Condition keys and their values. A key that is not here is absent from the request.
    pub context: Context,
}

/// Condition keys with their values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    values: BTreeMap<Key, Vec<String>>,
}

impl Context {
    /// Sets the values of a key.
    pub fn set(&mut self, key: Key, values: Vec<String>) {
        self.values.insert(key, values);
    }

    /// Leaves a key out.
    pub(super) fn unset(&mut self, key: &Key) {
        self.values.remove(key);
    }

    /// The values of a key; `None` where it is absent.
    pub(super) fn values(&self, key: &Key) -> Option<&[String]> {
        self.values.get(key).map(Vec::as_slice)
    }

    /// The value of a key that has one; a key with many values has none that a variable could stand for.
    pub(super) fn single(&self, key: &Key) -> Option<&str> {
        match self.values(key)? {
            [value] if !key.has_many_values() => Some(value),
            _ => None,
        }
    }

    /// Every key with its values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &[String])> {
        self.values.iter().map(|(key, values)| (key, values.as_slice()))
    }

    /// The context as a request of this action has it: keys that AWS never supplies for it are left out.
    pub(super) fn supplied_for(&self, action: &str) -> Self {
        let supplied = self.values.iter().filter(|(key, _)| key.applies_to(action));
        Self { values: supplied.map(|(key, values)| (key.clone(), values.clone())).collect() }
    }
}
