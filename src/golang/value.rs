//! Values with Go's kinds, as its templates see them.
//!
//! A template's result depends on them everywhere: an entry of a map of strings that isn't there is `""`, of a map of
//! anything it is nothing; an `int64` is no `int`; a list's element is an interface that holds the element. Text is
//! bytes, since functions cut it anywhere. Maps are shared and can be changed, as in Go; nothing else can.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

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
    fn is_same(&self, other: &Self) -> bool {
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

/// What reflection calls the kind of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No value.
    Invalid,
    /// `interface {}`.
    Interface,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `uint8`.
    Uint8,
    /// `uint32`.
    Uint32,
    /// `uint64`.
    Uint64,
    /// `float64`.
    Float64,
    /// `complex128`.
    Complex128,
    /// `string`.
    String,
    /// A slice.
    Slice,
    /// A map.
    Map,
    /// A structure.
    Struct,
    /// A pointer.
    Pointer,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invalid => "invalid",
            Self::Interface => "interface",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Float64 => "float64",
            Self::Complex128 => "complex128",
            Self::String => "string",
            Self::Slice => "slice",
            Self::Map => "map",
            Self::Struct => "struct",
            Self::Pointer => "ptr",
        })
    }
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
        deep_equals(self.plain(), other.plain(), DEEPEST, &mut { COMPARISONS })
    }
}

/// How many values are compared for one answer: two lists that hold one another again and again never end.
const COMPARISONS: usize = 1_000_000;

fn deep_equals(one: &Value, two: &Value, depth: usize, left: &mut usize) -> Option<bool> {
    *left = left.checked_sub(1)?;
    if depth == 0 {
        return None;
    }
    let equal = match (one, two) {
        (Value::Invalid, Value::Invalid) => true,
        (Value::Bool(one), Value::Bool(two)) => one == two,
        (Value::Int(one), Value::Int(two)) | (Value::Int64(one), Value::Int64(two)) => one == two,
        (Value::Uint8(one), Value::Uint8(two)) => one == two,
        (Value::Uint32(one), Value::Uint32(two)) => one == two,
        (Value::Uint64(one), Value::Uint64(two)) => one == two,
        (Value::Named(one, a), Value::Named(two, b)) => one.name == two.name && a == b,
        (Value::Float(one), Value::Float(two)) => float_equals(*one, *two),
        (Value::Complex(one, a), Value::Complex(two, b)) => float_equals(*one, *two) && float_equals(*a, *b),
        (Value::String(one), Value::String(two)) => one == two,
        (Value::Slice(one), Value::Slice(two)) => return deep_equal_slices(one, two, depth, left),
        (Value::Map(one), Value::Map(two)) => return deep_equal_maps(one, two, depth, left),
        (Value::Struct(one), Value::Struct(two)) => {
            if one.type_name != two.type_name {
                return Some(false);
            }
            let pairs = one.fields.iter().zip(&two.fields);
            return all(pairs.map(|((_, one), (_, two))| deep_equals(one.plain(), two.plain(), depth - 1, left)));
        }
        (Value::Object(one), Value::Object(two)) => one.type_name() == two.type_name() && one.deep_equals(two.as_ref()),
        _ => false,
    };
    Some(equal)
}

/// Go's `==` on numbers: a NaN is not even equal to itself.
#[expect(clippy::float_cmp, reason = "Go compares exactly")]
fn float_equals(one: f64, two: f64) -> bool {
    one == two
}

fn deep_equal_slices(one: &Slice, two: &Slice, depth: usize, left: &mut usize) -> Option<bool> {
    if one.element != two.element || one.is_nil() != two.is_nil() || one.items().len() != two.items().len() {
        return Some(false);
    }
    if one.is_same(two) {
        return Some(true);
    }
    all(one.items().iter().zip(two.items()).map(|(one, two)| deep_equals(one, two, depth - 1, left)))
}

fn deep_equal_maps(one: &Map, two: &Map, depth: usize, left: &mut usize) -> Option<bool> {
    if one.element != two.element || one.is_nil() != two.is_nil() || one.len() != two.len() {
        return Some(false);
    }
    if one.is_same(two) {
        return Some(true);
    }
    let pairs = one.sorted().into_iter().zip(two.sorted());
    all(pairs.map(
        |((key, one), (other, two))| if key == other { deep_equals(&one, &two, depth - 1, left) } else { Some(false) },
    ))
}

/// Whether all are true, as far as that is known.
fn all(mut answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    loop {
        match answers.next() {
            None => return Some(true),
            Some(Some(true)) => {}
            Some(other) => return other,
        }
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
