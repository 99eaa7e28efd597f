//! The entries of a map: a row of keys and values in byte order of the keys.
//!
//! Most maps of a configuration have one entry or a few, and keys come nearly in their order, so that a row is smaller
//! and faster than a tree. It is not meant for keys that come by the thousand in any order.

use crate::model::Text;

use super::value::Value;

/// Entries of a map, in byte order of their keys.
#[derive(Debug, Clone, Default, PartialEq, Hash)]
pub struct Entries(Vec<(Text, Value)>);

impl Entries {
    /// No entries.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The place of a key, or the one where it belongs.
    fn place(&self, key: &str) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if **last >= *key => self.0.binary_search_by(|(known, _)| (**known).cmp(key)),
            _ => Err(self.0.len()),
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// The value of a key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether there is a value for a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in; gives the one that the key had.
    pub fn insert(&mut self, key: Text, value: Value) -> Option<Value> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                if self.0.is_empty() {
                    self.0.reserve_exact(1);
                }
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Every entry, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Text, &Value)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Every entry, in order, its value to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Text, &mut Value)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Every value, in the order of the keys.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl Extend<(Text, Value)> for Entries {
    fn extend<T: IntoIterator<Item = (Text, Value)>>(&mut self, entries: T) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

/// Of a key that comes twice the later value stays. Takes keys by the thousand, in any order.
impl FromIterator<(Text, Value)> for Entries {
    fn from_iter<T: IntoIterator<Item = (Text, Value)>>(entries: T) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.reverse();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.dedup_by(|(later, _), (kept, _)| later == kept);
        Self(entries)
    }
}

impl IntoIterator for Entries {
    type Item = (Text, Value);
    type IntoIter = std::vec::IntoIter<(Text, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = (&'a Text, &'a Value);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (Text, Value)>, fn(&'a (Text, Value)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Entries, Text, Value};

    proptest! {
        #[test]
        fn it_is_a_map_in_order(given in prop::collection::vec(("[a-c.-]{0,3}", any::<i64>(), any::<bool>()), 0..40)) {
            let (mut entries, mut map) = (Entries::new(), BTreeMap::new());
            for (key, value, remove) in &given {
                let key = Text::from(key.as_str());
                if *remove {
                    prop_assert_eq!(entries.remove(&key), map.remove(&key));
                } else {
                    prop_assert_eq!(entries.insert(key.clone(), Value::Int(*value)), map.insert(key.clone(), Value::Int(*value)));
                }
                prop_assert_eq!(entries.get(&key), map.get(&key));
            }
            prop_assert!(entries.iter().eq(map.iter()));
            let all = given.iter().map(|(key, value, _)| (Text::from(key.as_str()), Value::Int(*value)));
            let map: BTreeMap<_, _> = all.clone().collect();
            prop_assert!(all.collect::<Entries>().iter().eq(map.iter()));
        }
    }
}
