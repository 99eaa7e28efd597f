//! The tree that labels, flags, variables and files all become: names, with a value, with names below them.
//!
//! It is one flat list, so that neither its depth nor its breadth costs a stack or a second look at every neighbour.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fold::{folded, same};
use super::value::Slot;
use crate::model::Text;

/// A place in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(u32);

/// So many children are compared one by one; beyond it they are looked up.
const FEW: usize = 32;

const NONE: u32 = u32::MAX;

/// Room for so many names to begin with: what a container's labels take, and less than a kibibyte, from which on an
/// allocation costs many times as much.
const FIRST: usize = 15;

/// One name of a tree.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The name in the spelling that came first.
    pub name: Cow<'a, str>,
    /// The value that came last; a name that only has others below it has none.
    pub value: Option<Text>,
    first: u32,
    last: u32,
    next: u32,
    children: u32,
    /// Which field of the structure around it this is: found when the names are checked.
    pub(super) field: Slot,
    /// Switched off with all below it: found when the names are checked.
    pub(super) disabled: bool,
}

/// A whole tree; its root is what all names begin with.
#[derive(Debug, Clone, Default)]
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// The children of nodes that have many, by folded name.
    many: HashMap<u32, HashMap<String, u32>>,
}

impl<'a> Tree<'a> {
    /// A tree of nothing but its root.
    pub fn new(root: impl Into<Cow<'a, str>>) -> Self {
        let mut tree = Self::default();
        tree.nodes.reserve(FIRST);
        tree.push(root.into());
        tree
    }

    /// The root.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// What stands at a place.
    pub fn node(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node<'a> {
        &mut self.nodes[id.0 as usize]
    }

    /// The names below a place, in the order in which they came.
    pub fn children(&self, id: NodeId) -> Children<'_, 'a> {
        Children { tree: self, next: self.node(id).first }
    }

    /// The first name below a place.
    pub(super) fn first(&self, id: NodeId) -> Option<NodeId> {
        let first = self.node(id).first;
        (first != NONE).then_some(NodeId(first))
    }

    /// The name beside a place, below the same one.
    pub(super) fn next(&self, id: NodeId) -> Option<NodeId> {
        let next = self.node(id).next;
        (next != NONE).then_some(NodeId(next))
    }

    /// Whether nothing stands below.
    pub fn is_leaf(&self, id: NodeId) -> bool {
        self.node(id).first == NONE
    }

    /// Sets the value of a place; the last one stays.
    pub fn set(&mut self, id: NodeId, value: Text) {
        self.node_mut(id).value = Some(value);
    }

    /// The child of that name, whatever its case; a new one where there is none.
    pub fn child(&mut self, parent: NodeId, name: impl Into<Cow<'a, str>>) -> NodeId {
        let name = name.into();
        self.find(parent, &name).unwrap_or_else(|| self.append(parent, name))
    }

    /// A new child, even where there is one of that name.
    pub fn append(&mut self, parent: NodeId, name: impl Into<Cow<'a, str>>) -> NodeId {
        let id = self.push(name.into());
        let node = self.node_mut(parent);
        node.children += 1;
        let before = std::mem::replace(&mut node.last, id.0);
        if before == NONE {
            node.first = id.0;
        } else {
            self.node_mut(NodeId(before)).next = id.0;
        }
        self.index(parent, id);
        id
    }

    /// The child of that name, whatever its case. The latest is looked at first: sorted keys come in runs.
    pub fn find(&self, parent: NodeId, name: &str) -> Option<NodeId> {
        let node = self.node(parent);
        let last = (node.last != NONE).then_some(NodeId(node.last))?;
        if same(&self.node(last).name, name) {
            return Some(last);
        }
        match self.many.get(&parent.0) {
            Some(names) => names.get(folded(name).as_ref()).copied().map(NodeId),
            None => self.children(parent).find(|&child| same(&self.node(child).name, name)),
        }
    }

    fn push(&mut self, name: Cow<'a, str>) -> NodeId {
        let id = u32::try_from(self.nodes.len()).expect("names fill less than 100 GB");
        let (first, last, next) = (NONE, NONE, NONE);
        self.nodes.push(Node { name, value: None, first, last, next, children: 0, field: Slot(0), disabled: false });
        NodeId(id)
    }

    /// Keeps many children within reach.
    fn index(&mut self, parent: NodeId, child: NodeId) {
        let count = self.node(parent).children as usize;
        if count < FEW {
            return;
        }
        if count == FEW {
            let names = self.children(parent).map(|child| (folded(&self.node(child).name).into_owned(), child.0));
            let names = names.collect();
            self.many.insert(parent.0, names);
        } else if let Some(names) = self.many.get_mut(&parent.0) {
            let name = folded(&self.nodes[child.0 as usize].name).into_owned();
            names.entry(name).or_insert(child.0);
        }
    }
}

/// The names below a place.
#[derive(Debug, Clone)]
pub struct Children<'t, 'a> {
    tree: &'t Tree<'a>,
    next: u32,
}

impl Iterator for Children<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = (self.next != NONE).then_some(NodeId(self.next))?;
        self.next = self.tree.node(id).next;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST, Node, Tree};

    #[test]
    fn the_first_spelling_and_the_last_value_stay() {
        let mut tree = Tree::new("traefik");
        let upper = tree.child(tree.root(), "HTTP");
        tree.set(upper, "1".into());
        let lower = tree.child(tree.root(), "http");
        tree.set(lower, "2".into());
        assert_eq!(upper, lower);
        assert_eq!(tree.node(upper).name, "HTTP");
        assert_eq!(tree.node(upper).value.as_deref(), Some("2"));
    }

    #[test]
    fn a_small_tree_is_a_small_allocation() {
        assert!(size_of::<Node<'_>>() * FIRST < 1024, "{}", size_of::<Node<'_>>());
    }

    #[test]
    fn many_children_are_found_again() {
        let mut tree = Tree::new("traefik");
        let ids: Vec<_> = (0..200).map(|n| tree.child(tree.root(), format!("N{n}"))).collect();
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(tree.find(tree.root(), &format!("n{n}")), Some(*id));
        }
        assert_eq!(tree.children(tree.root()).count(), 200);
    }
}
