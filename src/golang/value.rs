//! Values with Go's kinds, as its templates see them.
//!
//! A template's result depends on them everywhere: an entry of a map of strings that isn't there is `""`, of a map of
//! anything it is nothing; an `int64` is no `int`; a list's element is an interface that holds the element. Text is
//! bytes, since functions cut it anywhere. Maps are shared and can be changed, as in Go; nothing else can.

mod collection;
mod equality;
mod kind;

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

pub use collection::{Element, Map, Slice};
pub use kind::Kind;

/// A Go string.
pub type Bytes = Arc<[u8]>;

/// How deep values may hold values before printing, comparing or copying them is refused. Go has no limit, and dies
/// of a map that holds itself.
pub const DEEPEST: usize = 400;

/// A value, or none.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// No value at all: reflection's zero value, and an argument that is nil.
    #[default]
    Invalid,
    /// What a variable of type `interface {}` holds: something, or nil. Never another interface.
    Interface(Option<Box<Value>>),
    /// `bool`.
    Bool(bool),
    /// `int`.
    Int(i64),
    /// `int64`.
    Int64(i64),
    /// `uint8`: a byte.
    Uint8(u8),
    /// `uint32`.
    Uint32(u32),
    /// `uint64`.
    Uint64(u64),
    /// An integer type with a name of its own, such as `time.Month`.
    Named(&'static NamedInteger, i64),
    /// `float64`.
    Float(f64),
    /// `complex128`.
    Complex(f64, f64),
    /// `string`.
    String(Bytes),
    /// A slice.
    Slice(Slice),
    /// A map with string keys.
    Map(Map),
    /// A structure with public fields.
    Struct(Rc<Struct>),
    /// Anything of which a template sees only text and methods.
    Object(Rc<dyn Object>),
}

/// An integer type with a name.
#[derive(Debug)]
pub struct NamedInteger {
    /// As Go prints it: `time.Month`.
    pub name: &'static str,
    /// `int` or `int64`.
    pub kind: Kind,
    /// What its method `String` gives.
    pub text: fn(i64) -> String,
}

/// A structure: its type as Go writes it, and its fields in order.
#[derive(Debug)]
pub struct Struct {
    /// `struct { Name string; Labels map[string]string }`, or a name such as `sprig.certificate`.
    pub type_name: &'static str,
    /// Whether the type can be compared with `==`.
    pub comparable: bool,
    /// Public fields.
    pub fields: Vec<(&'static str, Value)>,
}

impl Struct {
    /// One field.
    pub fn field(&self, name: &[u8]) -> Option<&Value> {
        self.fields.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, value)| value)
    }
}

/// A value that a template can print and call methods on, and not look into.
pub trait Object: fmt::Debug {
    /// The type as Go writes it, such as `*semver.Version`.
    fn type_name(&self) -> &'static str;
    /// [`Kind::Pointer`] or [`Kind::Struct`].
    fn kind(&self) -> Kind;
    /// Whether it is a nil pointer.
    fn is_nil(&self) -> bool {
        false
    }
    /// What its method `String` gives.
    fn text(&self) -> String;
    /// How `%#v` writes it.
    fn go_text(&self) -> String;
    /// What `encoding/json` writes; without it the type has no form there.
    fn json(&self) -> Option<String>;
    /// A public field.
    fn field(&self, _name: &[u8]) -> Option<Value> {
        None
    }
    /// Names of fields that are not public.
    fn hidden_fields(&self) -> &'static [&'static str] {
        &[]
    }
    /// Its fields, as verbs print them that are not for text.
    fn parts(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }
    /// What a copy by reflection gives: fields that are not public stay zero in it. Nothing where it is the same.
    fn reflected_copy(&self) -> Option<Value> {
        None
    }
    /// Whether Go's `==` finds them equal; both are of one type.
    fn equals(&self, other: &dyn Object) -> bool;
    /// Whether `reflect.DeepEqual` does; both are of one type.
    fn deep_equals(&self, other: &dyn Object) -> bool;
    /// For those that know the type.
    fn as_any(&self) -> &dyn std::any::Any;
}

impl Value {
    /// A string.
    pub fn text(text: impl AsRef<[u8]>) -> Self {
        Self::String(Bytes::from(text.as_ref()))
    }

    /// A string of bytes that are already there.
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Self::String(Bytes::from(bytes))
    }

    /// A `[]interface {}`.
    pub fn list(items: Vec<Self>) -> Self {
        Self::Slice(Slice::new(Element::Any, items.into_iter().map(Self::out_of_interface).collect()))
    }

    /// A `[]string`.
    pub fn strings<T: AsRef<[u8]>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::Slice(Slice::new(Element::String, items.into_iter().map(Self::text).collect()))
    }

    /// A `map[string]interface {}`.
    pub fn dict(entries: BTreeMap<Bytes, Self>) -> Self {
        Self::Map(Map::new(Element::Any, entries))
    }

    /// The value as a variable of type `interface {}` holds it.
    #[must_use]
    pub fn into_interface(self) -> Self {
        match self {
            Self::Invalid => Self::Interface(None),
            held @ Self::Interface(_) => held,
            plain => Self::Interface(Some(Box::new(plain))),
        }
    }

    /// What an interface holds: no value for nil.
    #[must_use]
    pub fn out_of_interface(self) -> Self {
        match self {
            Self::Interface(Some(inner)) => *inner,
            Self::Interface(None) => Self::Invalid,
            plain => plain,
        }
    }

    /// What an interface holds, without taking it.
    pub fn plain(&self) -> &Self {
        match self {
            Self::Interface(Some(inner)) => inner,
            Self::Interface(None) => &Self::Invalid,
            plain => plain,
        }
    }

    /// The kind of its type.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Invalid => Kind::Invalid,
            Self::Interface(_) => Kind::Interface,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Int64(_) => Kind::Int64,
            Self::Uint8(_) => Kind::Uint8,
            Self::Uint32(_) => Kind::Uint32,
            Self::Uint64(_) => Kind::Uint64,
            Self::Named(named, _) => named.kind,
            Self::Float(_) => Kind::Float64,
            Self::Complex(..) => Kind::Complex128,
            Self::String(_) => Kind::String,
            Self::Slice(_) => Kind::Slice,
            Self::Map(_) => Kind::Map,
            Self::Struct(_) => Kind::Struct,
            Self::Object(object) => object.kind(),
        }
    }

    /// The type as Go writes it; `<nil>` where there is no value.
    pub fn type_name(&self) -> String {
        match self {
            Self::Invalid => "<nil>".to_owned(),
            Self::Interface(_) => "interface {}".to_owned(),
            Self::Named(named, _) => named.name.to_owned(),
            Self::Slice(slice) => format!("[]{}", slice.element.type_name()),
            Self::Map(map) => format!("map[string]{}", map.element.type_name()),
            Self::Struct(structure) => structure.type_name.to_owned(),
            Self::Object(object) => object.type_name().to_owned(),
            other => other.kind().to_string(),
        }
    }

    /// An integer of a signed type.
    pub fn signed(&self) -> Option<i64> {
        match self {
            Self::Int(number) | Self::Int64(number) | Self::Named(_, number) => Some(*number),
            _ => None,
        }
    }

    /// An integer of an unsigned type.
    pub fn unsigned(&self) -> Option<u64> {
        match self {
            Self::Uint8(number) => Some(u64::from(*number)),
            Self::Uint32(number) => Some(u64::from(*number)),
            Self::Uint64(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes of a string.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::String(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// What `if` makes of it: everything but zero, empty and nil is true.
    pub fn is_true(&self) -> bool {
        match self.plain() {
            Self::Invalid | Self::Interface(_) => false,
            Self::Bool(bool) => *bool,
            Self::Int(number) | Self::Int64(number) | Self::Named(_, number) => *number != 0,
            Self::Uint8(number) => *number != 0,
            Self::Uint32(number) => *number != 0,
            Self::Uint64(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Self::String(bytes) => !bytes.is_empty(),
            Self::Slice(slice) => !slice.items().is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Struct(_) | Self::Object(_) => true,
        }
    }

    /// Roughly how many bytes it takes by itself, without what it shares.
    pub fn weight(&self) -> usize {
        match self.plain() {
            Self::String(bytes) => bytes.len(),
            Self::Slice(slice) => size_of_val(slice.items()),
            Self::Map(map) => map.len() * (size_of::<Self>() + size_of::<Bytes>()),
            _ => 0,
        }
    }

    /// `reflect.DeepEqual`; nothing where the values nest deeper than [`DEEPEST`], or take too long to compare.
    pub fn deep_equals(&self, other: &Self) -> Option<bool> {
        equality::deep_equals(self, other)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Element, Map, Value};
    use std::collections::BTreeMap;

    #[test]
    fn elements_of_anything_come_in_interfaces() {
        let Value::Slice(list) = Value::list(vec![Value::Int(1), Value::Invalid]) else { panic!("a slice") };
        assert_eq!(list.get(0).unwrap().type_name(), "interface {}");
        assert!(matches!(list.get(1), Some(Value::Interface(None))));
    }

    #[test]
    fn equality_is_by_type_and_content() {
        assert_eq!(Value::Int(1).deep_equals(&Value::Int64(1)), Some(false));
        assert_eq!(Value::list(vec![Value::Int(1)]).deep_equals(&Value::list(vec![Value::Int(1)])), Some(true));
        assert_eq!(Value::strings(["a"]).deep_equals(&Value::list(vec![Value::text("a")])), Some(false));
    }

    #[test]
    fn deep_values_are_dropped_without_recursion() {
        let mut value = Value::list(vec![]);
        for _ in 0..200_000 {
            value = Value::list(vec![value]);
        }
        let map = Map::new(Element::Any, BTreeMap::new());
        assert!(map.set(Bytes::from(&b"x"[..]), value));
        assert_eq!(Value::Map(map.clone()).deep_equals(&Value::Map(map)), Some(true), "the same map");
    }
}
