//! Slices and maps: shared, and dropped without recursion however deep a template nests them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Bytes, Value};

/// The types that elements of slices and maps may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// `interface {}`.
    Any,
    /// `string`.
    String,
    /// `int`.
    Int,
    /// `uint8`.
    Byte,
    /// `[]interface {}`.
    Anys,
    /// A type of which only the name matters, such as `ecs.ecsInstance`.
    Other(&'static str),
}

impl Element {
    /// The type as Go writes it.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::String => "string",
            Self::Int => "int",
            Self::Byte => "uint8",
            Self::Anys => "[]interface {}",
            Self::Other(name) => name,
        }
    }

    /// The zero value of the type.
    pub fn zero(self) -> Value {
        match self {
            Self::Any | Self::Other(_) => Value::Interface(None),
            Self::String => Value::text(""),
            Self::Int => Value::Int(0),
            Self::Byte => Value::Uint8(0),
            Self::Anys => Value::Slice(Slice { element: Self::Any, items: None }),
        }
    }

    /// A value as it comes out of a slice or map of this element type.
    fn read(self, value: &Value) -> Value {
        if self == Self::Any { value.clone().into_interface() } else { value.clone() }
    }
}

/// A slice; without items it is nil, which only JSON and `%#v` tell from empty.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The type of the elements.
    pub element: Element,
    items: Option<Rc<Items>>,
}

impl Slice {
    /// A slice that is not nil.
    pub fn new(element: Element, items: Vec<Value>) -> Self {
        Self { element, items: Some(Rc::new(Items(items))) }
    }

    /// The nil slice.
    pub fn nil(element: Element) -> Self {
        Self { element, items: None }
    }

    /// The elements, unwrapped from interfaces.
    pub fn items(&self) -> &[Value] {
        self.items.as_ref().map_or(&[], |items| &items.0)
    }

    /// Whether it is nil.
    pub fn is_nil(&self) -> bool {
        self.items.is_none()
    }

    /// One element, as indexing gives it.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items().get(index).map(|item| self.element.read(item))
    }

    /// Whether both are the same slice in memory.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (&self.items, &other.items) {
            (Some(one), Some(two)) => Rc::ptr_eq(one, two),
            (one, two) => one.is_none() && two.is_none(),
        }
    }
}

/// The elements of a slice, dropped without recursion.
#[derive(Debug, Default)]
struct Items(Vec<Value>);

impl Drop for Items {
    fn drop(&mut self) {
        drop_flat(std::mem::take(&mut self.0));
    }
}

/// A map with string keys; without entries it is nil.
#[derive(Debug, Clone)]
pub struct Map {
    /// The type of the values.
    pub element: Element,
    entries: Option<Rc<Entries>>,
}

impl Map {
    /// A map that is not nil.
    pub fn new(element: Element, entries: BTreeMap<Bytes, Value>) -> Self {
        Self { element, entries: Some(Rc::new(Entries(RefCell::new(entries)))) }
    }

    /// The nil map.
    pub fn nil(element: Element) -> Self {
        Self { element, entries: None }
    }

    /// Whether it is nil.
    pub fn is_nil(&self) -> bool {
        self.entries.is_none()
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, |entries| entries.0.borrow().len())
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key, as indexing gives it; nothing where the key is missing.
    pub fn get(&self, key: &[u8]) -> Option<Value> {
        let entries = self.entries.as_ref()?.0.borrow();
        entries.get(key).map(|value| self.element.read(value))
    }

    /// The value of a key, out of its interface.
    pub fn get_plain(&self, key: &[u8]) -> Option<Value> {
        self.entries.as_ref()?.0.borrow().get(key).cloned()
    }

    /// Keys with their values, out of interfaces, by key.
    pub fn sorted(&self) -> Vec<(Bytes, Value)> {
        self.entries.as_ref().map_or_else(Vec::new, |entries| {
            entries.0.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
        })
    }

    /// Sets a key; false where the map is nil, which in Go panics.
    pub fn set(&self, key: Bytes, value: Value) -> bool {
        let Some(entries) = &self.entries else { return false };
        // What was there is dropped after the borrow ends: it may hold this very map.
        let before = entries.0.borrow_mut().insert(key, value.out_of_interface());
        drop(before);
        true
    }

    /// Takes a key away.
    pub fn remove(&self, key: &[u8]) {
        if let Some(entries) = &self.entries {
            let before = entries.0.borrow_mut().remove(key);
            drop(before);
        }
    }

    /// Whether both are the same map in memory.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.entries, &other.entries) {
            (Some(one), Some(two)) => Rc::ptr_eq(one, two),
            (one, two) => one.is_none() && two.is_none(),
        }
    }
}

/// The entries of a map, dropped without recursion.
#[derive(Debug)]
struct Entries(RefCell<BTreeMap<Bytes, Value>>);

impl Drop for Entries {
    fn drop(&mut self) {
        drop_flat(std::mem::take(self.0.get_mut()).into_values().collect());
    }
}

/// Drops values that may nest as deep as a template likes, on the heap instead of the stack.
fn drop_flat(mut open: Vec<Value>) {
    while let Some(value) = open.pop() {
        match value {
            Value::Interface(Some(inner)) => open.push(*inner),
            Value::Slice(Slice { items: Some(items), .. }) => {
                if let Ok(mut items) = Rc::try_unwrap(items) {
                    open.append(&mut items.0);
                }
            }
            Value::Map(Map { entries: Some(entries), .. }) => {
                if let Ok(mut entries) = Rc::try_unwrap(entries) {
                    open.extend(std::mem::take(entries.0.get_mut()).into_values());
                }
            }
            _ => {}
        }
    }
}
