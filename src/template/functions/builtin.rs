//! The functions that Go's templates have by themselves.

use super::arguments::{any, bytes};
use super::{fails, in_text};
use crate::golang::format::{print, print_formatted, print_line, text};
use crate::golang::unicode::{decode, is_print};
use crate::golang::value::{Kind, Value};
use crate::template::function::{Calling, Function, Outcome, Param, Run};

/// What Go panics with where a type is asked of no value.
const NO_TYPE: &str = "reflect: call of reflect.Value.Type on zero Value";

const ONE: &[Param] = &[Param::Reflected];
const TWO: &[Param] = &[Param::Reflected, Param::Reflected];
const ANYS: &[Param] = &[Param::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("and", TWO, never, &[("{{ and 1 0 2 }}", "0"), ("{{ and 1 2 }}", "2")]).called(Calling::And),
    Function::variadic("or", TWO, never, &[("{{ or 0 \"\" \"x\" }}", "x")]).called(Calling::Or),
    Function::variadic("call", TWO, call, &[]).called(Calling::Named),
    Function::new("not", ONE, |a, _| Ok(Value::Bool(!a[0].is_true())), &[("{{ not \"\" }}", "true")]),
    Function::new("len", ONE, len, &[("{{ len \"caf\u{e9}\" }}", "5")]),
    Function::variadic("index", TWO, index, &[("{{ index (list 5 6) 1 }}", "6")]),
    Function::variadic("eq", TWO, equal, &[("{{ eq 1 2 1 }}", "true")]),
    Function::new("ne", TWO, |a, r| negated(equal(a, r)), &[("{{ ne 1 2 }}", "true")]),
    Function::new("lt", TWO, |a, _| less(&a[0], &a[1]).map(Value::Bool), &[("{{ lt 1 2 }}", "true")]),
    Function::new("le", TWO, less_or_equal, &[("{{ le 2 2 }}", "true")]),
    Function::new("gt", TWO, |a, r| negated(less_or_equal(a, r)), &[("{{ gt 1 2 }}", "false")]),
    Function::new("ge", TWO, |a, _| negated(less(&a[0], &a[1]).map(Value::Bool)), &[("{{ ge 2 2 }}", "true")]),
    Function::variadic(
        "print",
        ANYS,
        |a, _| print(a).map(Value::bytes).map_err(fails),
        &[("{{ print 1 2 \"a\" }}", "1 2a")],
    ),
    Function::variadic(
        "println",
        ANYS,
        |a, _| print_line(a).map(Value::bytes).map_err(fails),
        &[("{{ println 1 \"a\" }}", "1 a\n")],
    ),
    Function::variadic(
        "printf",
        &[Param::String, Param::Any],
        printf,
        &[("{{ printf \"%03d-%s\" 7 \"x\" }}", "007-x")],
    ),
    Function::variadic(
        "html",
        ANYS,
        |a, _| joined(a).map(|text| Value::bytes(escape_html(&text))),
        &[("{{ html \"<a>\" }}", "&lt;a&gt;")],
    ),
    Function::variadic(
        "js",
        ANYS,
        |a, _| joined(a).map(|text| Value::bytes(escape_js(&text))),
        &[("{{ js \"it's\" }}", "it\\'s")],
    ),
    Function::variadic(
        "urlquery",
        ANYS,
        |a, _| joined(a).map(|text| Value::bytes(escape_query(&text))),
        &[("{{ urlquery \"a b&c\" }}", "a+b%26c")],
    ),
];

/// `and` and `or` are decided while their arguments are evaluated.
#[expect(clippy::unnecessary_wraps, reason = "it stands in a table of functions that can fail")]
fn never(_: &[Value], _: &mut Run<'_>) -> Outcome {
    Ok(Value::Invalid)
}

/// No data holds a function, so there is nothing that could be called.
fn call(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    match any(arguments, 1) {
        Value::Invalid => Err("call of nil".to_owned()),
        other => Err(format!("non-function {} of type {}", in_text(&arguments[0]), other.type_name())),
    }
}

fn len(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let length = match &arguments[0] {
        Value::Invalid => return Err(NO_TYPE.to_owned()),
        Value::Interface(None) => return Err("len of nil pointer".to_owned()),
        other => match other.plain() {
            Value::String(bytes) => bytes.len(),
            Value::Slice(slice) => slice.items().len(),
            Value::Map(map) => map.len(),
            other => return Err(format!("len of type {}", pointed_at(other))),
        },
    };
    Ok(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
}

/// The type behind a pointer.
fn pointed_at(value: &Value) -> String {
    value.type_name().trim_start_matches('*').to_owned()
}

fn index(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let mut item = arguments[0].plain().clone();
    if matches!(item, Value::Invalid) {
        return Err("index of untyped nil".to_owned());
    }
    for index in &arguments[1..] {
        let index = index.plain();
        item = match item {
            Value::Interface(None) => return Err("index of nil pointer".to_owned()),
            ref other => match other.plain() {
                Value::String(bytes) => {
                    let at = position(index, bytes.len())?;
                    let byte = bytes.get(at).ok_or("reflect: string index out of range")?;
                    Value::Uint8(*byte)
                }
                Value::Slice(slice) => {
                    let at = position(index, slice.items().len())?;
                    slice.get(at).ok_or("reflect: slice index out of range")?
                }
                Value::Map(map) => {
                    let key = key(index)?;
                    map.get(key).unwrap_or_else(|| map.element.zero())
                }
                other => return Err(format!("can't index item of type {}", pointed_at(other))),
            },
        };
    }
    Ok(item)
}

fn key(index: &Value) -> Result<&[u8], String> {
    match index {
        Value::String(bytes) => Ok(bytes),
        Value::Invalid => Err("value is nil; should be of type string".to_owned()),
        other => Err(format!("value has type {}; should be string", other.type_name())),
    }
}

/// An index that is not beyond the end; the end itself is for the caller to refuse.
fn position(index: &Value, length: usize) -> Result<usize, String> {
    let number = match index {
        Value::Invalid => return Err("cannot index slice/array with nil".to_owned()),
        other => other.signed().or_else(|| other.unsigned().map(u64::cast_signed)),
    };
    let Some(number) = number else {
        return Err(format!("cannot index slice/array with type {}", index.type_name()));
    };
    let at = usize::try_from(number).ok().filter(|at| *at <= length);
    at.ok_or_else(|| format!("index out of range: {number}"))
}

/// The kinds that comparisons tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basic {
    Bool,
    Complex,
    Float,
    Signed,
    String,
    Unsigned,
    Other,
}

fn basic(value: &Value) -> Basic {
    match value.kind() {
        Kind::Bool => Basic::Bool,
        Kind::Complex128 => Basic::Complex,
        Kind::Float64 => Basic::Float,
        Kind::Int | Kind::Int64 => Basic::Signed,
        Kind::String => Basic::String,
        Kind::Uint8 | Kind::Uint32 | Kind::Uint64 => Basic::Unsigned,
        _ => Basic::Other,
    }
}

/// Compares two integers of whatever signedness.
fn integers(one: &Value, two: &Value) -> Option<std::cmp::Ordering> {
    let number = |value: &Value| value.signed().map(i128::from).or_else(|| value.unsigned().map(i128::from));
    Some(number(one)?.cmp(&number(two)?))
}

fn equal(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let first = arguments[0].plain();
    if arguments.len() == 1 {
        return Err("missing argument for comparison".to_owned());
    }
    for other in &arguments[1..] {
        if equals(first, other.plain())? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

#[expect(clippy::float_cmp, reason = "Go compares exactly")]
fn equals(one: &Value, two: &Value) -> Result<bool, String> {
    if let Some(order) = integers(one, two) {
        return Ok(order.is_eq());
    }
    if basic(one) != basic(two) {
        let has_nil = matches!(one, Value::Invalid) || matches!(two, Value::Invalid);
        return if has_nil { Ok(false) } else { Err(incompatible(one, two)) };
    }
    match (one, two) {
        (Value::Bool(one), Value::Bool(two)) => Ok(one == two),
        (Value::Float(one), Value::Float(two)) => Ok(one == two),
        (Value::Complex(one, a), Value::Complex(two, b)) => Ok(one == two && a == b),
        (Value::String(one), Value::String(two)) => Ok(one == two),
        _ => equal_others(one, two),
    }
}

/// Compares what has no order: nil, maps, slices, structures, pointers.
fn equal_others(one: &Value, two: &Value) -> Result<bool, String> {
    let invalid = |value: &Value| matches!(value, Value::Invalid);
    if one.kind() != two.kind() && !invalid(one) && !invalid(two) {
        let (one_text, two_text) = (as_string(one)?, super::shown(two)?);
        return Err(format!("non-comparable types {one_text}: {}, {}: {two_text}", one.type_name(), two.type_name()));
    }
    if is_nil(one) || is_nil(two) {
        return Ok(is_nil(one) == is_nil(two));
    }
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => Ok(one.type_name() == two.type_name() && one.equals(two.as_ref())),
        (Value::Struct(one), Value::Struct(second)) if second.comparable => {
            let same = one.type_name == second.type_name;
            let pairs = one.fields.iter().zip(&second.fields);
            Ok(same && pairs.map(|((_, a), (_, b))| equals(a, b)).all(|equal| equal == Ok(true)))
        }
        _ => Err(format!("non-comparable type {}: {}", as_string(two)?, two.type_name())),
    }
}

/// A value under `%s`.
fn as_string(value: &Value) -> Result<String, String> {
    let text = print_formatted(b"%s", std::slice::from_ref(value)).map_err(fails)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn is_nil(value: &Value) -> bool {
    match value {
        Value::Invalid | Value::Interface(None) => true,
        Value::Map(map) => map.is_nil(),
        Value::Slice(slice) => slice.is_nil(),
        _ => false,
    }
}

fn incompatible(one: &Value, two: &Value) -> String {
    format!("incompatible types for comparison: {} and {}", one.type_name(), two.type_name())
}

fn less(one: &Value, two: &Value) -> Result<bool, String> {
    let (one, two) = (one.plain(), two.plain());
    if basic(one) == Basic::Other || basic(two) == Basic::Other {
        return Err("invalid type for comparison".to_owned());
    }
    if let Some(order) = integers(one, two) {
        return Ok(order.is_lt());
    }
    match (one, two) {
        (Value::Float(one), Value::Float(two)) => Ok(one < two),
        (Value::String(one), Value::String(two)) => Ok(one < two),
        _ if basic(one) == basic(two) => Err("invalid type for comparison".to_owned()),
        _ => Err(incompatible(one, two)),
    }
}

fn less_or_equal(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    if less(&arguments[0], &arguments[1])? {
        return Ok(Value::Bool(true));
    }
    equal(arguments, run)
}

fn negated(outcome: Outcome) -> Outcome {
    outcome.map(|value| Value::Bool(!value.is_true()))
}

fn printf(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let format = bytes(arguments, 0);
    let verbs = format.split(|byte| *byte == b'%').count() - 1;
    if verbs > 16 {
        run.budget.step(verbs as u64)?;
    }
    // Of every byte a verb may make six.
    for _ in 0..3 {
        run.budget.read_all(&arguments[1..])?;
    }
    print_formatted(format, &arguments[1..]).map(Value::bytes).map_err(fails)
}

/// Arguments as one text: a string as it is, anything else printed.
fn joined(arguments: &[Value]) -> Result<Vec<u8>, String> {
    if let [Value::String(only)] = arguments {
        return Ok(only.to_vec());
    }
    let shown: Vec<Value> = arguments
        .iter()
        .map(|argument| match argument.plain() {
            Value::Invalid => Value::text("<no value>"),
            other => other.clone(),
        })
        .collect();
    print(&shown).map_err(fails)
}

fn escape_html(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for byte in text {
        let replacement: &[u8] = match byte {
            0 => "\u{fffd}".as_bytes(),
            b'"' => b"&#34;",
            b'\'' => b"&#39;",
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            _ => std::slice::from_ref(byte),
        };
        escaped.extend_from_slice(replacement);
    }
    escaped
}

fn escape_js(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (character, length) = decode(&text[at..]);
        match character {
            '\\' | '\'' | '"' => escaped.extend([b'\\', text[at]]),
            '<' | '>' | '&' | '=' | '\0'..=' ' if character != ' ' => {
                escaped.extend_from_slice(format!("\\u{:04X}", u32::from(character)).as_bytes());
            }
            // Go looks at bytes below the space and from 0x80 on only, so that DEL passes.
            _ if character.is_ascii() || is_print(character) => escaped.extend_from_slice(&text[at..at + length]),
            _ => escaped.extend_from_slice(format!("\\u{:04X}", u32::from(character)).as_bytes()),
        }
        at += length;
    }
    escaped
}

/// `url.QueryEscape`.
pub(super) fn escape_query(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(*byte),
            b' ' => escaped.push(b'+'),
            _ => escaped.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
    escaped
}

/// The text of a value in its default form.
pub(super) fn printed(value: &Value) -> Result<Vec<u8>, String> {
    text(value).map_err(fails)
}
