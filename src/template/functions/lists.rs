//! Lists: sprig's functions on any slice, whatever its elements.

use super::arguments::{any, bytes, integer, slice};
use super::builtin::printed;
use super::conversion::to_int;
use super::fails;
use crate::golang::value::{Element, Slice, Value};
use crate::template::function::{Function, Outcome, Param, Run};

const ANY: &[Param] = &[Param::Any];
const TWO: &[Param] = &[Param::Any, Param::Any];
const COUNTED: &[Param] = &[Param::Int, Param::Any];
const TEXTS: &[Param] = &[Param::String, Param::String];

/// What Go panics with where it looks behind nil.
pub(super) const NIL: &str = "runtime error: invalid memory address or nil pointer dereference";

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("list", ANY, |a, _| Ok(Value::list(a.to_vec())), &[("{{ list 1 \"a\" }}", "[1 a]")]),
    Function::variadic("tuple", ANY, |a, _| Ok(Value::list(a.to_vec())), &[("{{ tuple 1 2 }}", "[1 2]")]),
    Function::new("first", ANY, first, &[("{{ first (list 1 2) }}", "1")]),
    Function::new("mustFirst", ANY, first, &[("{{ mustFirst (list 1 2) }}", "1")]),
    Function::new("last", ANY, last, &[("{{ last (list 1 2) }}", "2")]),
    Function::new("mustLast", ANY, last, &[("{{ mustLast (list 1 2) }}", "2")]),
    Function::new("rest", ANY, rest, &[("{{ rest (list 1 2 3) }}", "[2 3]")]),
    Function::new("mustRest", ANY, rest, &[("{{ mustRest (list 1 2 3) }}", "[2 3]")]),
    Function::new("initial", ANY, initial, &[("{{ initial (list 1 2 3) }}", "[1 2]")]),
    Function::new("mustInitial", ANY, initial, &[("{{ mustInitial (list 1 2 3) }}", "[1 2]")]),
    Function::new("reverse", ANY, reverse, &[("{{ reverse (list 1 2) }}", "[2 1]")]),
    Function::new("mustReverse", ANY, reverse, &[("{{ mustReverse (list 1 2) }}", "[2 1]")]),
    Function::new("append", TWO, push, &[("{{ append (list 1) 2 }}", "[1 2]")]),
    Function::new("mustAppend", TWO, push, &[("{{ mustAppend (list 1) 2 }}", "[1 2]")]),
    Function::new("push", TWO, push, &[("{{ push (list 1) 2 }}", "[1 2]")]),
    Function::new("mustPush", TWO, push, &[("{{ mustPush (list 1) 2 }}", "[1 2]")]),
    Function::new("prepend", TWO, prepend, &[("{{ prepend (list 1) 0 }}", "[0 1]")]),
    Function::new("mustPrepend", TWO, prepend, &[("{{ mustPrepend (list 1) 0 }}", "[0 1]")]),
    Function::variadic("concat", ANY, concat, &[("{{ concat (list 1) (list 2) }}", "[1 2]")]),
    Function::new("uniq", ANY, uniq, &[("{{ uniq (list 1 1 2) }}", "[1 2]")]),
    Function::new("mustUniq", ANY, uniq, &[("{{ mustUniq (list 1 1 2) }}", "[1 2]")]),
    Function::variadic("without", TWO, without, &[("{{ without (list 1 2 3) 2 }}", "[1 3]")]),
    Function::variadic("mustWithout", TWO, without, &[("{{ mustWithout (list 1 2 3) 2 }}", "[1 3]")]),
    Function::new("has", TWO, has, &[("{{ has 1 (list 1 2) }}", "true")]),
    Function::new("mustHas", TWO, has, &[("{{ mustHas 1 (list 1 2) }}", "true")]),
    Function::new("compact", ANY, compact, &[("{{ compact (list 1 \"\" nil 2) }}", "[1 2]")]),
    Function::new("mustCompact", ANY, compact, &[("{{ mustCompact (list 1 0) }}", "[1]")]),
    Function::variadic("slice", TWO, part, &[("{{ slice (list 1 2 3) 1 }}", "[2 3]")]),
    Function::variadic("mustSlice", TWO, part, &[("{{ mustSlice (list 1 2 3) 1 2 }}", "[2]")]),
    Function::new("chunk", COUNTED, chunk, &[("{{ chunk 2 (list 1 2 3) }}", "[[1 2] [3]]")]),
    Function::new("mustChunk", COUNTED, chunk, &[("{{ mustChunk 2 (list 1 2 3) }}", "[[1 2] [3]]")]),
    Function::new("sortAlpha", ANY, |a, _| sorted(any(a, 0)), &[("{{ sortAlpha (list \"b\" \"a\") }}", "[a b]")]),
    Function::new(
        "toStrings",
        ANY,
        |a, _| match any(a, 0) {
            // As it is, so that nil stays nil.
            Value::Slice(slice) if slice.element == Element::String => Ok(a[0].clone()),
            other => texts(other).map(Value::strings),
        },
        &[("{{ toStrings (list 1 2) }}", "[1 2]")],
    ),
    Function::new("join", &[Param::String, Param::Any], join, &[("{{ join \"-\" (list 1 \"a\") }}", "1-a")]),
    Function::new("splitList", TEXTS, split_list, &[("{{ splitList \",\" \"a,b\" }}", "[a b]")]),
    Function::new("until", &[Param::Int], |a, r| until(integer(a, 0), r), &[("{{ until 3 }}", "[0 1 2]")]),
    Function::new(
        "untilStep",
        &[Param::Int, Param::Int, Param::Int],
        |a, r| Ok(ints(steps(integer(a, 0), integer(a, 1), integer(a, 2), r)?)),
        &[("{{ untilStep 0 6 2 }}", "[0 2 4]")],
    ),
    Function::variadic("seq", &[Param::Int], seq, &[("{{ seq 3 }}", "1 2 3"), ("{{ seq 0 2 4 }}", "0 2 4")]),
];

/// The slice that an argument must be; the message names what was to be done with it.
fn list<'a>(arguments: &'a [Value], index: usize, wanted: &str) -> Result<&'a Slice, String> {
    let value = any(arguments, index);
    match slice(value) {
        Some(slice) => Ok(slice),
        None if matches!(value, Value::Invalid) => Err(NIL.to_owned()),
        None => Err(format!("{wanted} type {}", value.kind())),
    }
}

fn first(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot find first on")?;
    Ok(list.items().first().cloned().unwrap_or_default().into_interface())
}

fn last(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot find last on")?;
    Ok(list.items().last().cloned().unwrap_or_default().into_interface())
}

fn rest(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot find rest on")?;
    Ok(nil_or_list(list.items().get(1..)))
}

fn initial(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot find initial on")?;
    Ok(nil_or_list(list.items().split_last().map(|(_, initial)| initial)))
}

/// The rest of a list; of an empty one it is nil.
fn nil_or_list(items: Option<&[Value]>) -> Value {
    items.map_or_else(|| Value::Slice(Slice::nil(Element::Any)), |items| Value::list(items.to_vec()))
}

fn reverse(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot find reverse on")?;
    Ok(Value::list(list.items().iter().rev().cloned().collect()))
}

fn push(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let mut items = list(arguments, 0, "Cannot push on")?.items().to_vec();
    items.push(any(arguments, 1).clone());
    Ok(Value::list(items))
}

fn prepend(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot prepend on")?;
    let first = std::iter::once(any(arguments, 1).clone());
    Ok(Value::list(first.chain(list.items().iter().cloned()).collect()))
}

fn concat(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let mut items = Vec::new();
    for argument in arguments {
        match argument.plain() {
            Value::Invalid => return Err(NIL.to_owned()),
            Value::Slice(slice) => items.extend_from_slice(slice.items()),
            other => return Err(format!("Cannot concat type {} as list", other.kind())),
        }
    }
    let all = if items.is_empty() { Value::Slice(Slice::nil(Element::Any)) } else { Value::list(items) };
    Ok(all.into_interface())
}

/// Whether a list holds a value, by `reflect.DeepEqual`.
fn holds(items: &[Value], wanted: &Value, run: &mut Run<'_>) -> Result<bool, String> {
    for item in items {
        run.budget.step(1)?;
        if item.deep_equals(wanted).ok_or(crate::golang::format::TooLarge).map_err(fails)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn uniq(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let mut kept: Vec<Value> = Vec::new();
    for item in list(arguments, 0, "Cannot find uniq on")?.items() {
        if !holds(&kept, item, run)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn without(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let mut kept = Vec::new();
    for item in list(arguments, 0, "Cannot find without on")?.items() {
        if !holds(&arguments[1..], item, run)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn has(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    if matches!(any(arguments, 1), Value::Invalid) {
        return Ok(Value::Bool(false));
    }
    let list = list(arguments, 1, "Cannot find has on")?;
    holds(list.items(), any(arguments, 0), run).map(Value::Bool)
}

fn compact(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "Cannot compact on")?;
    Ok(Value::list(list.items().iter().filter(|item| item.is_true()).cloned().collect()))
}

fn part(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let list = list(arguments, 0, "list should be type of slice or array but").map_err(|message| {
        // This one message leaves out the word.
        message.replacen("but type ", "but ", 1)
    })?;
    if list.items().is_empty() {
        return Ok(Value::Interface(None));
    }
    let length = i64::try_from(list.items().len()).unwrap_or(i64::MAX);
    let start = arguments.get(1).map_or(0, |index| to_int(index.plain()));
    let end = arguments.get(2).map_or(length, |index| to_int(index.plain()));
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let items = range.and_then(|(start, end)| list.items().get(start..end));
    let items = items.ok_or("reflect.Value.Slice: slice index out of bounds")?;
    Ok(Value::Slice(Slice::new(list.element, items.to_vec())).into_interface())
}

fn chunk(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let size = integer(arguments, 0);
    let list = list(arguments, 1, "Cannot chunk")?;
    let Ok(size) = usize::try_from(size) else { return negative_chunk(size, list.items().len()) };
    if size == 0 {
        return Err("runtime error: makeslice: len out of range".to_owned());
    }
    run.budget.reserve(size_of_val(list.items()))?;
    let chunks = list.items().chunks(size).map(|chunk| Value::list(chunk.to_vec())).collect();
    Ok(Value::Slice(Slice::new(Element::Anys, chunks)))
}

/// Go computes how many chunks there are before it looks at their size: none of them may be all there is.
fn negative_chunk(size: i64, length: usize) -> Outcome {
    let last = i64::try_from(length).unwrap_or(i64::MAX) - 1;
    let is_none = last > 0 && last <= size.saturating_neg();
    if !is_none {
        return Err("runtime error: makeslice: len out of range".to_owned());
    }
    Ok(Value::Slice(Slice::new(Element::Anys, Vec::new())))
}

/// The texts of a list's elements that are not nil, or of a value that is no list.
fn texts(value: &Value) -> Result<Vec<Vec<u8>>, String> {
    match value.plain() {
        Value::Invalid => Ok(Vec::new()),
        Value::Slice(slice) if slice.element == Element::Byte => {
            // Bytes are a text too, but only as a whole.
            slice.items().iter().map(printed).collect()
        }
        Value::Slice(slice) => {
            let given = slice.items().iter().filter(|item| !matches!(item.plain(), Value::Invalid));
            given.map(printed).collect()
        }
        other => Ok(vec![printed(other)?]),
    }
}

fn sorted(value: &Value) -> Outcome {
    let mut texts = match value.plain() {
        Value::Slice(_) => texts(value)?,
        other => vec![printed(other)?],
    };
    texts.sort_unstable();
    Ok(Value::strings(texts))
}

fn join(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let separator = bytes(arguments, 0);
    let texts = texts(any(arguments, 1))?;
    run.budget.reserve(separator.len().saturating_mul(texts.len()))?;
    Ok(Value::bytes(texts.join(separator)))
}

/// `strings.Split`, or with a limit `strings.SplitN`: an empty separator splits characters.
pub(super) fn split<'a>(text: &'a [u8], separator: &[u8], limit: Option<usize>) -> Vec<&'a [u8]> {
    let most = limit.unwrap_or(usize::MAX);
    if most == 0 {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut from = 0;
    if separator.is_empty() {
        let starts = crate::golang::unicode::runes(text).map(|(at, _)| at).skip(1);
        for at in starts {
            if parts.len() + 1 >= most {
                break;
            }
            parts.push(&text[from..at]);
            from = at;
        }
        if !text.is_empty() {
            parts.push(&text[from..]);
        }
        return parts;
    }
    while parts.len() + 1 < most {
        let Some(at) = super::strings::find(&text[from..], separator) else { break };
        parts.push(&text[from..from + at]);
        from += at + separator.len();
    }
    parts.push(&text[from..]);
    parts
}

fn split_list(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let parts = split(bytes(arguments, 1), bytes(arguments, 0), None);
    run.budget.reserve(parts.len() * size_of::<Value>())?;
    Ok(Value::strings(parts))
}

fn ints(numbers: Vec<i64>) -> Value {
    Value::Slice(Slice::new(Element::Int, numbers.into_iter().map(Value::Int).collect()))
}

fn until(count: i64, run: &mut Run<'_>) -> Outcome {
    steps(0, count, if count < 0 { -1 } else { 1 }, run).map(ints)
}

/// The numbers from one up or down to before another.
fn steps(start: i64, stop: i64, step: i64, run: &mut Run<'_>) -> Result<Vec<i64>, String> {
    let (distance, right) =
        if stop < start { (start.abs_diff(stop), step < 0) } else { (stop.abs_diff(start), step > 0) };
    if !right {
        return Ok(Vec::new());
    }
    let count = distance.div_ceil(step.unsigned_abs());
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    run.budget.reserve(count.saturating_mul(size_of::<Value>()))?;
    Ok(std::iter::successors(Some(start), |number| number.checked_add(step)).take(count).collect())
}

fn seq(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let number = |index| integer(arguments, index);
    let (start, step, end) = match arguments.len() {
        1 => (1, if number(0) < 1 { -1 } else { 1 }, number(0)),
        2 => (number(0), if number(1) < number(0) { -1 } else { 1 }, number(1)),
        3 if number(2) < number(0) && number(1) > 0 => return Ok(Value::text("")),
        3 => (number(0), number(1), number(2)),
        _ => return Ok(Value::text("")),
    };
    let beyond = if end < start { -1 } else { 1 };
    let numbers = steps(start, end.wrapping_add(beyond), step, run)?;
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Ok(Value::text(texts.join(" ")))
}
