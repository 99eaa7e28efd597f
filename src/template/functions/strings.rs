//! Strings: trimmed, cut, searched, joined, padded, quoted.
//!
//! They are bytes where Go's are: `trunc` and `substr` cut anywhere, and may leave what is no UTF-8.

use super::arguments::{any, bytes, count, integer, shared};
use super::builtin::printed;
use super::fails;
use crate::golang::format::print_formatted;
use crate::golang::quote::quote;
use crate::golang::unicode::{is_letter, is_number, runes, trim, trim_space};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const TEXT: &[Param] = &[Param::String];
const TEXTS: &[Param] = &[Param::String, Param::String];
const THREE_TEXTS: &[Param] = &[Param::String, Param::String, Param::String];
const NUMBER_TEXT: &[Param] = &[Param::Int, Param::String];
const ANYS: &[Param] = &[Param::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "normalize",
        TEXT,
        |a, _| Ok(Value::bytes(normalize(bytes(a, 0)))),
        &[("{{ normalize \"a.b_c\" }}", "a-b-c")],
    ),
    Function::new("hello", &[], |_, _| Ok(Value::text("Hello!")), &[("{{ hello }}", "Hello!")]),
    Function::new("trim", TEXT, |a, _| Ok(Value::text(trim_space(bytes(a, 0)))), &[("{{ trim \" a \" }}", "a")]),
    Function::new("trimAll", TEXTS, |a, _| Ok(trim_all(a)), &[("{{ trimAll \"-\" \"--a-\" }}", "a")]),
    Function::new("trimall", TEXTS, |a, _| Ok(trim_all(a)), &[("{{ trimall \"/\" \"/a/\" }}", "a")]),
    Function::new(
        "trimPrefix",
        TEXTS,
        |a, _| Ok(without(bytes(a, 1).strip_prefix(bytes(a, 0)), a)),
        &[("{{ trimPrefix \"a-\" \"a-b\" }}", "b")],
    ),
    Function::new(
        "trimSuffix",
        TEXTS,
        |a, _| Ok(without(bytes(a, 1).strip_suffix(bytes(a, 0)), a)),
        &[("{{ trimSuffix \"-b\" \"a-b\" }}", "a")],
    ),
    Function::new(
        "trunc",
        NUMBER_TEXT,
        |a, _| Ok(Value::text(trunc(integer(a, 0), bytes(a, 1)))),
        &[("{{ trunc -3 \"abcdef\" }}", "def")],
    ),
    Function::new(
        "substr",
        &[Param::Int, Param::Int, Param::String],
        |a, _| substr(a),
        &[("{{ substr 1 3 \"abcdef\" }}", "bc")],
    ),
    Function::new("repeat", NUMBER_TEXT, repeat, &[("{{ repeat 3 \"ab\" }}", "ababab")]),
    Function::new("replace", THREE_TEXTS, replace, &[("{{ replace \"-\" \".\" \"a-b\" }}", "a.b")]),
    Function::new(
        "contains",
        TEXTS,
        |a, _| Ok(Value::Bool(find(bytes(a, 1), bytes(a, 0)).is_some())),
        &[("{{ contains \"b\" \"abc\" }}", "true")],
    ),
    Function::new(
        "hasPrefix",
        TEXTS,
        |a, _| Ok(Value::Bool(bytes(a, 1).starts_with(bytes(a, 0)))),
        &[("{{ hasPrefix \"a\" \"abc\" }}", "true")],
    ),
    Function::new(
        "hasSuffix",
        TEXTS,
        |a, _| Ok(Value::Bool(bytes(a, 1).ends_with(bytes(a, 0)))),
        &[("{{ hasSuffix \"c\" \"abc\" }}", "true")],
    ),
    Function::variadic(
        "quote",
        ANYS,
        |a, _| each(a, |text| Ok(quote(&text).into_bytes())),
        &[("{{ quote \"a\" 1 nil }}", "\"a\" \"1\"")],
    ),
    Function::variadic(
        "squote",
        ANYS,
        |a, _| each(a, |text| Ok([b"'", &text[..], b"'"].concat())),
        &[("{{ squote \"a\" 1 }}", "'a' '1'")],
    ),
    Function::variadic("cat", ANYS, cat, &[("{{ cat \"a\" 1 nil }}", "a 1")]),
    Function::new("indent", NUMBER_TEXT, |a, r| indent(a, b"", r), &[("{{ indent 2 \"a\\nb\" }}", "  a\n  b")]),
    Function::new("nindent", NUMBER_TEXT, |a, r| indent(a, b"\n", r), &[("{{ nindent 1 \"a\" }}", "\n a")]),
    Function::new(
        "plural",
        &[Param::String, Param::String, Param::Int],
        |a, _| Ok(Value::String(shared(a, usize::from(integer(a, 2) != 1)))),
        &[("{{ plural \"one\" \"many\" 2 }}", "many")],
    ),
    Function::new("toString", ANYS, |a, _| printed(any(a, 0)).map(Value::bytes), &[("{{ toString 1.5 }}", "1.5")]),
];

/// What Traefik makes of a service's name: whatever is no letter or number separates, and a dash joins.
pub fn normalize(text: &[u8]) -> Vec<u8> {
    let mut normal = Vec::with_capacity(text.len());
    let mut between = false;
    for (_, character) in runes(text) {
        if !is_letter(character) && !is_number(character) {
            between = !normal.is_empty();
            continue;
        }
        if std::mem::take(&mut between) {
            normal.push(b'-');
        }
        normal.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    normal
}

fn trim_all(arguments: &[Value]) -> Value {
    let set: Vec<char> = runes(bytes(arguments, 0)).map(|(_, character)| character).collect();
    Value::text(trim(bytes(arguments, 1), |character| set.contains(&character)))
}

/// The text without something at an end, or as it is.
fn without(rest: Option<&[u8]>, arguments: &[Value]) -> Value {
    rest.map_or_else(|| arguments[1].clone(), Value::text)
}

/// So many bytes from the start, or from the end.
fn trunc(count: i64, text: &[u8]) -> &[u8] {
    let wanted = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if wanted >= text.len() {
        text
    } else if count < 0 {
        &text[text.len() - wanted..]
    } else {
        &text[..wanted]
    }
}

fn substr(arguments: &[Value]) -> Outcome {
    let (start, end, text) = (integer(arguments, 0), integer(arguments, 1), bytes(arguments, 2));
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if start < 0 {
        return usize::try_from(end).ok().and_then(|end| text.get(..end)).map(Value::text).ok_or_else(|| {
            let beyond = if end < 0 { String::new() } else { format!(" with length {length}") };
            format!("runtime error: slice bounds out of range [:{end}]{beyond}")
        });
    }
    let end = if end < 0 || end > length { length } else { end };
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let part = range.and_then(|(start, end)| text.get(start..end)).map(Value::text);
    part.ok_or_else(|| format!("runtime error: slice bounds out of range [{start}:{end}]"))
}

fn repeat(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let text = bytes(arguments, 1);
    let Ok(times) = usize::try_from(integer(arguments, 0)) else {
        return Err("strings: negative Repeat count".to_owned());
    };
    let Some(length) = text.len().checked_mul(times).filter(|length| i64::try_from(*length).is_ok()) else {
        return Err("strings: Repeat output length overflow".to_owned());
    };
    run.budget.reserve(length)?;
    Ok(Value::bytes(text.repeat(times)))
}

fn replace(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let (old, new, text) = (bytes(arguments, 0), bytes(arguments, 1), bytes(arguments, 2));
    let places: Vec<usize> = if old.is_empty() {
        runes(text).map(|(at, _)| at).chain([text.len()]).collect()
    } else {
        occurrences(text, old)
    };
    run.budget.reserve(places.len() * new.len() + text.len())?;
    let mut replaced = Vec::with_capacity(text.len());
    let mut from = 0;
    for at in places {
        replaced.extend_from_slice(&text[from..at]);
        replaced.extend_from_slice(new);
        from = at + old.len();
    }
    replaced.extend_from_slice(&text[from..]);
    Ok(Value::bytes(replaced))
}

/// Where a text first occurs in another.
pub(super) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Where a text that isn't empty occurs in another, without overlaps.
pub(super) fn occurrences(text: &[u8], wanted: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&text[from..], wanted) {
        places.push(from + at);
        from += at + wanted.len();
    }
    places
}

/// What is not nil, each in a form, with spaces between.
fn each(arguments: &[Value], form: impl Fn(Vec<u8>) -> Result<Vec<u8>, String>) -> Outcome {
    let given = arguments.iter().filter(|argument| !matches!(argument.plain(), Value::Invalid));
    let forms: Result<Vec<_>, _> = given.map(|argument| printed(argument).and_then(&form)).collect();
    Ok(Value::bytes(forms?.join(&b' ')))
}

fn cat(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let given: Vec<Value> =
        arguments.iter().filter(|argument| !matches!(argument.plain(), Value::Invalid)).cloned().collect();
    let format = vec!["%v"; given.len()].join(" ");
    print_formatted(format.as_bytes(), &given).map(Value::bytes).map_err(fails)
}

fn indent(arguments: &[Value], before: &[u8], run: &mut Run<'_>) -> Outcome {
    if integer(arguments, 0) < 0 {
        return Err("strings: negative Repeat count".to_owned());
    }
    let text = bytes(arguments, 1);
    let lines = text.split(|byte| *byte == b'\n').count();
    run.budget.reserve(count(arguments, 0).saturating_mul(lines))?;
    let pad = vec![b' '; count(arguments, 0)];
    let mut indented = [before, &pad].concat();
    for byte in text {
        indented.push(*byte);
        if *byte == b'\n' {
            indented.extend_from_slice(&pad);
        }
    }
    Ok(Value::bytes(indented))
}
