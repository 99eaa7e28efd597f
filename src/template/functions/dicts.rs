//! Maps: made, read, changed, merged.

use std::collections::BTreeMap;

use super::arguments::{any, bytes, integer, map, shared};
use super::builtin::printed;
use super::fails;
use super::lists::split;
use crate::golang::format::TooLarge;
use crate::golang::value::{Bytes, DEEPEST, Element, Map, Slice, Value};
use crate::template::function::{Function, Outcome, Param, Run};

const DICT: &[Param] = &[Param::Dict];
const DICT_KEY: &[Param] = &[Param::Dict, Param::String];
const DICTS: &[Param] = &[Param::Dict, Param::Dict];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("dict", &[Param::Any], dict, &[("{{ dict \"a\" 1 }}", "map[a:1]")]),
    Function::new(
        "get",
        DICT_KEY,
        |a, _| Ok(map(a, 0).get(bytes(a, 1)).unwrap_or_else(|| Value::text("").into_interface())),
        &[("{{ get (dict \"a\" 1) \"a\" }}", "1")],
    ),
    Function::new("set", &[Param::Dict, Param::String, Param::Any], set, &[("{{ set (dict) \"a\" 1 }}", "map[a:1]")]),
    Function::new("unset", DICT_KEY, |a, _| Ok(unset(a)), &[("{{ unset (dict \"a\" 1) \"a\" }}", "map[]")]),
    Function::new(
        "hasKey",
        DICT_KEY,
        |a, _| Ok(Value::Bool(map(a, 0).get_plain(bytes(a, 1)).is_some())),
        &[("{{ hasKey (dict \"a\" 1) \"a\" }}", "true")],
    ),
    Function::variadic(
        "keys",
        DICT,
        |a, _| Ok(Value::strings(a.iter().flat_map(keys))),
        &[("{{ keys (dict \"b\" 1 \"a\" 2) }}", "[a b]")],
    ),
    Function::new(
        "values",
        DICT,
        |a, _| Ok(Value::list(map(a, 0).sorted().into_iter().map(|(_, value)| value).collect())),
        &[("{{ values (dict \"a\" 1) }}", "[1]")],
    ),
    Function::variadic(
        "pluck",
        &[Param::String, Param::Dict],
        |a, _| Ok(pluck(a)),
        &[("{{ pluck \"a\" (dict \"a\" 1) (dict \"a\" 2) }}", "[1 2]")],
    ),
    Function::variadic(
        "pick",
        DICT_KEY,
        |a, _| Ok(filtered(a, true)),
        &[("{{ pick (dict \"a\" 1 \"b\" 2) \"a\" }}", "map[a:1]")],
    ),
    Function::variadic(
        "omit",
        DICT_KEY,
        |a, _| Ok(filtered(a, false)),
        &[("{{ omit (dict \"a\" 1 \"b\" 2) \"a\" }}", "map[b:2]")],
    ),
    Function::variadic(
        "merge",
        DICTS,
        |a, r| merge(a, Existing::Kept, r),
        &[("{{ merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3) }}", "map[a:1 b:3]")],
    ),
    Function::variadic(
        "mustMerge",
        DICTS,
        |a, r| merge(a, Existing::Kept, r),
        &[("{{ mustMerge (dict \"a\" 1) (dict \"b\" 2) }}", "map[a:1 b:2]")],
    ),
    Function::variadic(
        "mergeOverwrite",
        DICTS,
        |a, r| merge(a, Existing::Replaced, r),
        &[("{{ mergeOverwrite (dict \"a\" 1) (dict \"a\" 2) }}", "map[a:2]")],
    ),
    Function::variadic(
        "mustMergeOverwrite",
        DICTS,
        |a, r| merge(a, Existing::Replaced, r),
        &[("{{ mustMergeOverwrite (dict \"a\" 1) (dict \"a\" 2) }}", "map[a:2]")],
    ),
    Function::variadic("dig", &[Param::Any], dig, &[("{{ dig \"a\" \"b\" 0 (dict \"a\" (dict \"b\" 5)) }}", "5")]),
    Function::new("deepCopy", &[Param::Any], deep_copy, &[("{{ deepCopy (dict \"a\" (list 1)) }}", "map[a:[1]]")]),
    Function::new("mustDeepCopy", &[Param::Any], deep_copy, &[("{{ mustDeepCopy (list 1) }}", "[1]")]),
    Function::new(
        "split",
        &[Param::String, Param::String],
        |a, r| numbered(a, 1, None, r),
        &[("{{ (split \"-\" \"a-b\")._1 }}", "b")],
    ),
    Function::new(
        "splitn",
        &[Param::String, Param::Int, Param::String],
        |a, r| numbered(a, 2, usize::try_from(integer(a, 1)).ok(), r),
        &[("{{ (splitn \"-\" 2 \"a-b-c\")._1 }}", "b-c")],
    ),
];

fn dict(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let mut entries = BTreeMap::new();
    for pair in arguments.chunks(2) {
        let value = pair.get(1).map_or_else(|| Value::text(""), |value| value.clone().out_of_interface());
        entries.insert(Bytes::from(printed(&pair[0])?), value);
    }
    Ok(Value::dict(entries))
}

fn set(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    if !map(arguments, 0).set(shared(arguments, 1), any(arguments, 2).clone()) {
        return Err("assignment to entry in nil map".to_owned());
    }
    Ok(arguments[0].clone())
}

fn unset(arguments: &[Value]) -> Value {
    map(arguments, 0).remove(bytes(arguments, 1));
    arguments[0].clone()
}

/// In Go they come in no order; here sorted.
fn keys(dict: &Value) -> Vec<Bytes> {
    match dict.plain() {
        Value::Map(map) => map.sorted().into_iter().map(|(key, _)| key).collect(),
        _ => Vec::new(),
    }
}

fn pluck(arguments: &[Value]) -> Value {
    let key = bytes(arguments, 0);
    let found = (1..arguments.len()).filter_map(|index| map(arguments, index).get_plain(key));
    Value::list(found.collect())
}

/// The entries that are named, or those that aren't.
fn filtered(arguments: &[Value], named: bool) -> Value {
    let is_named = |key: &Bytes| arguments[1..].iter().any(|name| name.as_bytes() == Some(key.as_ref()));
    let entries = map(arguments, 0).sorted().into_iter().filter(|(key, _)| is_named(key) == named);
    Value::dict(entries.collect())
}

/// What becomes of an entry that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    /// It stays, unless it is empty.
    Kept,
    /// The new one takes its place.
    Replaced,
}

fn merge(arguments: &[Value], existing: Existing, run: &mut Run<'_>) -> Outcome {
    let target = map(arguments, 0);
    for index in 1..arguments.len() {
        let source = map(arguments, index);
        if target.is_nil() && !source.is_nil() {
            // The nil map is replaced by a new one in Go; an argument can only be nil here if it was written so.
            return merge_into_new(arguments, existing, run);
        }
        merge_into(&target, &source, existing, DEEPEST, run)?;
    }
    Ok(arguments[0].clone().into_interface())
}

fn merge_into_new(arguments: &[Value], existing: Existing, run: &mut Run<'_>) -> Outcome {
    let target = Map::new(Element::Any, BTreeMap::new());
    for index in 1..arguments.len() {
        merge_into(&target, &map(arguments, index), existing, DEEPEST, run)?;
    }
    Ok(Value::Map(target).into_interface())
}

fn merge_into(target: &Map, source: &Map, existing: Existing, depth: usize, run: &mut Run<'_>) -> Result<(), String> {
    if depth == 0 {
        return Err(fails(TooLarge));
    }
    for (key, value) in source.sorted() {
        run.budget.reserve(size_of::<Value>())?;
        let replaces = existing == Existing::Replaced;
        if matches!(value, Value::Invalid) {
            if replaces {
                target.set(key, value);
            }
            continue;
        }
        let before = target.get_plain(&key);
        if let (Value::Map(new), Some(Value::Map(old))) = (&value, &before) {
            merge_into(old, new, existing, depth - 1, run)?;
        }
        if let (Value::Slice(_), true) = (&value, replaces || target.is_empty()) {
            target.set(key, value);
            continue;
        }
        let kept = before.as_ref().is_some_and(|before| !is_empty(before));
        let stays = kept && (is_slice(&value) || (is_map(&value) && before.as_ref().is_some_and(is_map)));
        if !stays && (replaces || !kept) {
            target.set(key, value);
        }
    }
    Ok(())
}

fn is_slice(value: &Value) -> bool {
    matches!(value, Value::Slice(_))
}

fn is_map(value: &Value) -> bool {
    matches!(value, Value::Map(_))
}

/// What merging takes for empty: complex numbers never.
fn is_empty(value: &Value) -> bool {
    !matches!(value, Value::Complex(..)) && !value.is_true()
}

fn dig(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let [keys @ .., default, dict] = arguments else {
        return Err("dig needs at least three arguments".to_owned());
    };
    if keys.is_empty() {
        return Err("dig needs at least three arguments".to_owned());
    }
    let mut step = as_dict(dict)?;
    let keys: Result<Vec<&[u8]>, String> =
        keys.iter().map(|key| key.plain().as_bytes().ok_or_else(|| wrong_type(key, "string"))).collect();
    let keys = keys?;
    for (index, key) in keys.iter().enumerate() {
        let Some(value) = step.get_plain(key) else { return Ok(default.clone().into_interface()) };
        if index + 1 == keys.len() {
            return Ok(value.into_interface());
        }
        step = as_dict(&value)?;
    }
    Ok(default.clone().into_interface())
}

fn as_dict(value: &Value) -> Result<Map, String> {
    match value.plain() {
        Value::Map(map) if map.element == Element::Any => Ok(map.clone()),
        _ => Err(wrong_type(value, "map[string]interface {}")),
    }
}

fn wrong_type(value: &Value, wanted: &str) -> String {
    let found = match value.plain() {
        Value::Invalid => "nil".to_owned(),
        other => other.type_name(),
    };
    format!("interface conversion: interface {{}} is {found}, not {wanted}")
}

fn deep_copy(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    match any(arguments, 0) {
        Value::Invalid => Err("reflect: call of reflect.Value.Type on zero Value".to_owned()),
        value => Ok(copied(value, DEEPEST, run)?.into_interface()),
    }
}

/// Steps that copying one value takes, whatever is in it.
const COPYING: u64 = 4;

fn copied(value: &Value, depth: usize, run: &mut Run<'_>) -> Outcome {
    if depth == 0 {
        return Err(fails(TooLarge));
    }
    run.budget.step(COPYING)?;
    run.budget.reserve(value.weight())?;
    match value {
        Value::Slice(slice) if !slice.is_nil() => {
            let items: Result<Vec<_>, _> =
                slice.items().iter().map(|item| copied(item.plain(), depth - 1, run)).collect();
            Ok(Value::Slice(Slice::new(slice.element, items?)))
        }
        Value::Map(map) if !map.is_nil() => {
            let mut entries = BTreeMap::new();
            for (key, value) in map.sorted() {
                entries.insert(key, copied(value.plain(), depth - 1, run)?);
            }
            Ok(Value::Map(Map::new(map.element, entries)))
        }
        Value::Object(object) => Ok(object.reflected_copy().unwrap_or_else(|| value.clone())),
        other => Ok(other.clone()),
    }
}

/// The parts of a text as entries `_0`, `_1` and so on.
fn numbered(arguments: &[Value], text: usize, limit: Option<usize>, run: &mut Run<'_>) -> Outcome {
    let parts = split(bytes(arguments, text), bytes(arguments, 0), limit);
    run.budget.reserve(parts.len() * 4 * size_of::<Value>())?;
    let entries = parts.into_iter().enumerate();
    let entries = entries.map(|(index, part)| (Bytes::from(format!("_{index}").into_bytes()), Value::text(part)));
    Ok(Value::Map(Map::new(Element::String, entries.collect())))
}
