//! Whether two values are deeply equal, as Go's reflection has it.

use super::{DEEPEST, Map, Slice, Value};

/// How many values are compared for one answer: two lists that hold one another again and again never end.
const COMPARISONS: usize = 1_000_000;

/// `reflect.DeepEqual`; nothing where the values nest deeper than [`DEEPEST`], or take too long to compare.
pub(super) fn deep_equals(one: &Value, two: &Value) -> Option<bool> {
    equals(one.plain(), two.plain(), DEEPEST, &mut { COMPARISONS })
}

fn equals(one: &Value, two: &Value, depth: usize, left: &mut usize) -> Option<bool> {
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
        (Value::Slice(one), Value::Slice(two)) => return equal_slices(one, two, depth, left),
        (Value::Map(one), Value::Map(two)) => return equal_maps(one, two, depth, left),
        (Value::Struct(one), Value::Struct(two)) => {
            if one.type_name != two.type_name {
                return Some(false);
            }
            let pairs = one.fields.iter().zip(&two.fields);
            return all(pairs.map(|((_, one), (_, two))| equals(one.plain(), two.plain(), depth - 1, left)));
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

fn equal_slices(one: &Slice, two: &Slice, depth: usize, left: &mut usize) -> Option<bool> {
    if one.element != two.element || one.is_nil() != two.is_nil() || one.items().len() != two.items().len() {
        return Some(false);
    }
    if one.is_same(two) {
        return Some(true);
    }
    all(one.items().iter().zip(two.items()).map(|(one, two)| equals(one, two, depth - 1, left)))
}

fn equal_maps(one: &Map, two: &Map, depth: usize, left: &mut usize) -> Option<bool> {
    if one.element != two.element || one.is_nil() != two.is_nil() || one.len() != two.len() {
        return Some(false);
    }
    if one.is_same(two) {
        return Some(true);
    }
    let pairs = one.sorted().into_iter().zip(two.sorted());
    all(pairs
        .map(|((key, one), (other, two))| if key == other { equals(&one, &two, depth - 1, left) } else { Some(false) }))
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
