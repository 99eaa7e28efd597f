//! The value tree that every decoded configuration is: labels, flags, variables and files all end here.
//!
//! It keeps what Go keeps apart and JSON doesn't show (a list that is absent or empty, a value that is a default or
//! was given the same), since the provider's merge compares it. It knows nothing of names: a structure is a row of
//! slots, and the [schema](super::Schema) says what each is called.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::sync::Arc;

use super::entries::Entries;
use crate::model::Text;

/// One value of a configuration.
///
/// Equality is Go's deep equality: an absent list is not an empty one.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// A nil pointer, list or map.
    #[default]
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// An integer of any of Go's sizes; the schema knows the size.
    Int(i64),
    /// A floating-point number; only the static configuration has any.
    Float(f64),
    /// A text.
    Text(Text),
    /// Nanoseconds.
    Duration(i64),
    /// A list that is there, empty or not; boxed, or every value would be a third larger.
    List(Box<Vec<Value>>),
    /// A map that is there, empty or not.
    Map(Box<Entries>),
    /// A structure.
    Struct(Struct),
}

/// Which structure of a schema: an index into its types, the same in every release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(super) u16);

impl TypeId {
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Which field of a structure: an index into its slots, the same in every release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub(super) u16);

impl Slot {
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A structure: one value for each field of its type, whether the release has the field or not. Its fields are shared
/// with its copies, and with the defaults of its type, until they are changed.
#[derive(Debug, Clone)]
pub struct Struct {
    fields: Arc<[Value]>,
    kind: TypeId,
    _room: Room,
}

/// A byte with one meaning: in its others a [`Value`] keeps which variant it is, and so is no larger than a structure.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
enum Room {
    Left,
}

impl Struct {
    pub(super) fn new(kind: TypeId, fields: impl IntoIterator<Item = Value>) -> Self {
        Self { fields: fields.into_iter().collect(), kind, _room: Room::Left }
    }

    /// Which structure of its schema this is.
    pub fn kind(&self) -> TypeId {
        self.kind
    }

    /// The value of a field; absent where the structure has no such slot.
    pub fn get(&self, slot: Slot) -> &Value {
        self.fields.get(slot.index()).unwrap_or(&Value::Absent)
    }

    /// The place of a field's value; shared fields are copied first.
    ///
    /// # Panics
    /// When the slot is another structure's: slots come from the schema of this one.
    pub fn get_mut(&mut self, slot: Slot) -> &mut Value {
        &mut Arc::make_mut(&mut self.fields)[slot.index()]
    }

    /// Whether another structure is the same in every field but one.
    pub fn equals_but(&self, other: &Self, but: Slot) -> bool {
        let same = |(index, (a, b)): (usize, (&Value, &Value))| index == but.index() || a == b;
        self.kind == other.kind
            && (Arc::ptr_eq(&self.fields, &other.fields)
                || self.fields.iter().zip(&*other.fields).enumerate().all(same))
    }

    /// Every value in the order of the fields.
    pub fn values(&self) -> &[Value] {
        &self.fields
    }
}

impl PartialEq for Struct {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && (Arc::ptr_eq(&self.fields, &other.fields) || self.fields == other.fields)
    }
}

impl Hash for Struct {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
        self.fields.hash(state);
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) | (Self::Duration(a), Self::Duration(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            (Self::Struct(a), Self::Struct(b)) => a == b,
            _ => false,
        }
    }
}

/// Equal values have one hash, so that many can be told apart without comparing each with each.
impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        discriminant(self).hash(state);
        match self {
            // Of floating-point numbers two that are equal may differ in their bits: they are told apart by comparing.
            Self::Absent | Self::Float(_) => {}
            Self::Bool(value) => value.hash(state),
            Self::Int(value) | Self::Duration(value) => value.hash(state),
            Self::Text(text) => text.hash(state),
            Self::List(items) => items.hash(state),
            Self::Map(entries) => entries.hash(state),
            Self::Struct(value) => value.hash(state),
        }
    }
}

impl Value {
    /// A list of these items.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Box::new(items))
    }

    /// Whether nothing is here, not even something empty.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The text, where this is one.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, where this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, where this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The nanoseconds, where this is a duration.
    pub fn as_duration(&self) -> Option<i64> {
        match self {
            Self::Duration(value) => Some(*value),
            _ => None,
        }
    }

    /// The items, none where this is no list.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The entries, where this is a map.
    pub fn as_map(&self) -> Option<&Entries> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The structure, where this is one.
    pub fn as_struct(&self) -> Option<&Struct> {
        match self {
            Self::Struct(value) => Some(value),
            _ => None,
        }
    }

    /// The structure to change, where this is one.
    pub fn as_struct_mut(&mut self) -> Option<&mut Struct> {
        match self {
            Self::Struct(value) => Some(value),
            _ => None,
        }
    }

    /// The entries to change; whatever else was here gives way to an empty map.
    pub fn map_mut(&mut self) -> &mut Entries {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Box::default());
        }
        match self {
            Self::Map(entries) => entries,
            _ => unreachable!("it was made a map"),
        }
    }

    /// The items to change; whatever else was here gives way to an empty list.
    pub fn list_mut(&mut self) -> &mut Vec<Self> {
        if !matches!(self, Self::List(_)) {
            *self = Self::List(Box::default());
        }
        match self {
            Self::List(items) => items,
            _ => unreachable!("it was made a list"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn absent_is_not_empty() {
        assert_ne!(Value::Absent, Value::List(Box::default()));
        assert_ne!(Value::Absent, Value::Map(Box::default()));
        assert_eq!(Value::List(Box::default()), Value::List(Box::default()));
    }

    #[test]
    fn a_value_stays_small() {
        assert!(size_of::<Value>() <= 24, "{}", size_of::<Value>());
    }
}
