//! Arguments as Rust's types: the executor has checked them against the parameters.

use std::borrow::Cow;

use crate::golang::value::{Bytes, Map, Slice, Value};

/// A string's bytes.
pub(super) fn bytes(arguments: &[Value], index: usize) -> &[u8] {
    arguments.get(index).and_then(Value::as_bytes).unwrap_or(&[])
}

/// A string that is shared.
pub(super) fn shared(arguments: &[Value], index: usize) -> Bytes {
    match arguments.get(index) {
        Some(Value::String(bytes)) => bytes.clone(),
        _ => Bytes::from(&b""[..]),
    }
}

/// A string as text; what is no UTF-8 becomes U+FFFD.
pub(super) fn text(arguments: &[Value], index: usize) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes(arguments, index))
}

/// An integer.
pub(super) fn integer(arguments: &[Value], index: usize) -> i64 {
    arguments.get(index).and_then(Value::signed).unwrap_or(0)
}

/// A number of things, none where it is negative.
pub(super) fn count(arguments: &[Value], index: usize) -> usize {
    usize::try_from(integer(arguments, index)).unwrap_or(0)
}

/// Anything.
pub(super) fn any(arguments: &[Value], index: usize) -> &Value {
    arguments.get(index).map_or(&Value::Invalid, Value::plain)
}

/// A map, nil where it is none.
pub(super) fn map(arguments: &[Value], index: usize) -> Map {
    match any(arguments, index) {
        Value::Map(map) => map.clone(),
        _ => Map::nil(crate::golang::value::Element::Any),
    }
}

/// A slice, where it is one.
pub(super) fn slice(value: &Value) -> Option<&Slice> {
    match value.plain() {
        Value::Slice(slice) => Some(slice),
        _ => None,
    }
}
