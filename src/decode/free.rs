//! Maps whose keys or values follow no schema: header names with dots in them, and what plugins are given.

use super::entries::Entries;
use super::error::{DecodeError, Problem};
use super::names::Origin;
use super::node::{NodeId, Tree};
use super::typed_list::typed_list;
use super::value::Value;
use crate::model::Text;

/// How deep names may nest where no schema bounds them. Traefik has no bound; what is nested deeper is refused rather
/// than risking the stack of everything that walks the value.
const DEEPEST: usize = 500;

/// Entries of a map of texts: what names have below them belongs to the key, dots included. A name that has others
/// below it loses its own value.
pub(super) fn flat_entries(tree: &Tree<'_>, at: NodeId, entries: &mut Entries) {
    let mut open: Vec<(NodeId, String)> = Vec::new();
    let push = |open: &mut Vec<(NodeId, String)>, parent: NodeId, prefix: &str| {
        let start = open.len();
        open.extend(tree.children(parent).map(|child| {
            let name = &tree.node(child).name;
            (child, if prefix.is_empty() { name.to_string() } else { format!("{prefix}.{name}") })
        }));
        open[start..].reverse();
    };
    push(&mut open, at, "");
    while let Some((id, key)) = open.pop() {
        if tree.is_leaf(id) {
            let value = tree.node(id).value.clone().unwrap_or_default();
            entries.insert(Text::from(key), Value::Text(value));
        } else {
            push(&mut open, id, &key);
        }
    }
}

/// Maps of anything: what a plugin is given.
pub(super) struct FreeMap<'t, 'a> {
    tree: &'t Tree<'a>,
    origin: Origin,
}

impl<'t, 'a> FreeMap<'t, 'a> {
    pub(super) fn of(tree: &'t Tree<'a>, origin: Origin) -> Self {
        Self { tree, origin }
    }

    /// Puts in an entry for each name below a place.
    ///
    /// An entry that is a map with an entry of its own name is a surprise of Traefik's: what is in it is put in instead,
    /// so that `a.a` and `a.b` become `a` and `b`. In the other maps, and only there, [lists in one text](typed_list)
    /// are read.
    pub(super) fn fill(&self, entries: &mut Entries, at: NodeId) -> Result<(), DecodeError> {
        for child in self.tree.children(at) {
            let name = self.tree.node(child).name.as_ref();
            match self.value(child, 1).map_err(|error| error.below(name))? {
                Value::Map(inner) if inner.contains_key(name) => entries.extend(*inner),
                mut value => {
                    if let Value::Map(_) = value
                        && self.origin != Origin::File
                    {
                        read_lists(&mut value).map_err(|error| error.below(name))?;
                    }
                    entries.insert(Text::from(name), value);
                }
            }
        }
        Ok(())
    }

    /// A value by what stands below a name: nothing makes a text, items a list, other names a map.
    fn value(&self, at: NodeId, depth: usize) -> Result<Value, DecodeError> {
        if depth > DEEPEST {
            return Err(DecodeError::new("", Problem::TooDeep));
        }
        let Some(first) = self.tree.first(at) else {
            return Ok(Value::Text(self.tree.node(at).value.clone().unwrap_or_default()));
        };
        if is_item(&self.tree.node(first).name) {
            let items = self.tree.children(at).map(|child| self.value(child, depth + 1));
            return items.collect::<Result<_, _>>().map(Value::list);
        }
        let mut entries = Entries::new();
        for child in self.tree.children(at) {
            let name = self.tree.node(child).name.as_ref();
            entries.insert(Text::from(name), self.value(child, depth + 1)?);
        }
        Ok(Value::Map(Box::new(entries)))
    }
}

/// Puts lists where texts within a map or list are lists in one text. No deeper than [`DEEPEST`].
fn read_lists(value: &mut Value) -> Result<(), DecodeError> {
    match value {
        Value::Text(text) => {
            if let Some(list) = typed_list(text, ',') {
                *value = list.map_err(|error| DecodeError::new("", Problem::List(error)))?;
            }
            Ok(())
        }
        Value::List(items) => items
            .iter_mut()
            .enumerate()
            .try_for_each(|(index, item)| read_lists(item).map_err(|error| error.below(&format!("[{index}]")))),
        Value::Map(entries) => {
            entries.iter_mut().try_for_each(|(name, value)| read_lists(value).map_err(|error| error.below(name)))
        }
        _ => Ok(()),
    }
}

fn is_item(name: &str) -> bool {
    name.starts_with('[') && name.ends_with(']')
}
