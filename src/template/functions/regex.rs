//! Regular expressions in Go's syntax.

use std::rc::Rc;

use super::arguments::{bytes, integer};
use super::fails;
use crate::golang::quote::{can_backquote, quote};
use crate::golang::regexp::{Meter, Regexp, quote_meta};
use crate::golang::value::{Bytes, Element, Slice, Value};
use crate::template::budget::{Budget, Exhausted};
use crate::template::function::{Function, Outcome, Param, Run};

const TEXTS: &[Param] = &[Param::String, Param::String];
const THREE_TEXTS: &[Param] = &[Param::String, Param::String, Param::String];
const COUNTED: &[Param] = &[Param::String, Param::String, Param::Int];

/// Steps that compiling an expression takes.
const COMPILING: u64 = 500;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "regexMatch",
        TEXTS,
        |a, r| match compiled(a, r)? {
            Ok(regexp) => Ok(is_match(&regexp, a, &mut r.budget)?),
            Err(_) => Ok(Value::Bool(false)),
        },
        &[("{{ regexMatch \"^a\" \"abc\" }}", "true")],
    ),
    Function::new(
        "mustRegexMatch",
        TEXTS,
        |a, r| must(a, r, is_match),
        &[("{{ mustRegexMatch \"b$\" \"ab\" }}", "true")],
    ),
    Function::new("regexFind", TEXTS, |a, r| or_panic(a, r, find), &[("{{ regexFind \"[0-9]+\" \"a12b\" }}", "12")]),
    Function::new("mustRegexFind", TEXTS, |a, r| must(a, r, find), &[("{{ mustRegexFind \"b.\" \"abc\" }}", "bc")]),
    Function::new(
        "regexFindAll",
        COUNTED,
        |a, r| or_panic(a, r, find_all),
        &[("{{ regexFindAll \"[0-9]\" \"a1b2\" -1 }}", "[1 2]")],
    ),
    Function::new(
        "mustRegexFindAll",
        COUNTED,
        |a, r| must(a, r, find_all),
        &[("{{ mustRegexFindAll \"[0-9]\" \"a1b2\" 1 }}", "[1]")],
    ),
    Function::new(
        "regexReplaceAll",
        THREE_TEXTS,
        |a, r| or_panic(a, r, replace_all),
        &[("{{ regexReplaceAll \"a(x*)b\" \"-axxb-\" \"${1}\" }}", "-xx-")],
    ),
    Function::new(
        "mustRegexReplaceAll",
        THREE_TEXTS,
        |a, r| must(a, r, replace_all),
        &[("{{ mustRegexReplaceAll \"a\" \"banana\" \"o\" }}", "bonono")],
    ),
    Function::new(
        "regexReplaceAllLiteral",
        THREE_TEXTS,
        |a, r| or_panic(a, r, replace_all_literal),
        &[("{{ regexReplaceAllLiteral \"b\" \"abc\" \"$0\" }}", "a$0c")],
    ),
    Function::new(
        "mustRegexReplaceAllLiteral",
        THREE_TEXTS,
        |a, r| must(a, r, replace_all_literal),
        &[("{{ mustRegexReplaceAllLiteral \"b\" \"abc\" \"$0\" }}", "a$0c")],
    ),
    Function::new(
        "regexSplit",
        COUNTED,
        |a, r| or_panic(a, r, split),
        &[("{{ regexSplit \"[,;]\" \"a,b;c\" -1 }}", "[a b c]")],
    ),
    Function::new(
        "mustRegexSplit",
        COUNTED,
        |a, r| must(a, r, split),
        &[("{{ mustRegexSplit \"-\" \"a-b\" -1 }}", "[a b]")],
    ),
    Function::new(
        "regexQuoteMeta",
        &[Param::String],
        |a, _| Ok(quoted(bytes(a, 0))),
        &[("{{ regexQuoteMeta \"a.b\" }}", "a\\.b")],
    ),
];

/// The expression that the first argument is, or why it is none; compiled once in a rendering.
fn compiled(arguments: &[Value], run: &mut Run<'_>) -> Result<Result<Rc<Regexp>, String>, String> {
    let source = bytes(arguments, 0);
    if let Some(known) = run.regexps.get(source) {
        return Ok(Ok(known.clone()));
    }
    run.budget.step(COMPILING + source.len() as u64)?;
    match Regexp::compile_bytes(source) {
        Ok(regexp) => {
            let regexp = Rc::new(regexp);
            run.regexps.insert(Bytes::from(source), regexp.clone());
            Ok(Ok(regexp))
        }
        // What it matches isn't known, so neither is what the template makes.
        Err(error) if error.is_unknown() => Err(error.problem.to_string()),
        Err(error) => Ok(Err(fails(error))),
    }
}

/// What a function does with an expression that compiles.
type Apply = fn(&Regexp, &[Value], &mut Budget) -> Result<Value, Exhausted>;

fn must(arguments: &[Value], run: &mut Run<'_>, apply: Apply) -> Outcome {
    Ok(apply(&*compiled(arguments, run)??, arguments, &mut run.budget)?)
}

/// As `regexp.MustCompile` panics.
fn or_panic(arguments: &[Value], run: &mut Run<'_>, apply: Apply) -> Outcome {
    let source = bytes(arguments, 0);
    let regexp = compiled(arguments, run)?.map_err(|error| {
        let shown =
            if can_backquote(source) { format!("`{}`", String::from_utf8_lossy(source)) } else { quote(source) };
        format!("regexp: Compile({shown}): {error}")
    })?;
    Ok(apply(&regexp, arguments, &mut run.budget)?)
}

fn is_match(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    let text = bytes(arguments, 1);
    budget.spend(regexp.effort(text.len()))?;
    Ok(Value::Bool(regexp.is_match(text)))
}

fn find(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    let text = bytes(arguments, 1);
    budget.spend(regexp.effort(text.len()))?;
    Ok(regexp.find(text).map_or_else(|| Value::text(""), |range| Value::text(&text[range])))
}

/// A limit, none where the number is negative.
fn limit(arguments: &[Value]) -> Option<usize> {
    usize::try_from(integer(arguments, 2)).ok()
}

fn find_all(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    let text = bytes(arguments, 1);
    let found = regexp.find_all(text, limit(arguments).unwrap_or(usize::MAX), budget)?;
    budget.reserve(found.len() * size_of::<Value>())?;
    Ok(strings(found.into_iter().map(|range| &text[range]).collect()))
}

fn split(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    match limit(arguments) {
        Some(0) => Ok(strings(Vec::new())),
        limit => {
            let parts = regexp.split(bytes(arguments, 1), limit, budget)?;
            budget.reserve(parts.len() * size_of::<Value>())?;
            Ok(Value::strings(parts))
        }
    }
}

fn replace_all(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    regexp.replace_all_within(bytes(arguments, 1), bytes(arguments, 2), budget).map(Value::bytes)
}

fn replace_all_literal(regexp: &Regexp, arguments: &[Value], budget: &mut Budget) -> Result<Value, Exhausted> {
    regexp.replace_all_literal(bytes(arguments, 1), bytes(arguments, 2), budget).map(Value::bytes)
}

/// A `[]string`, nil where there is nothing.
fn strings(texts: Vec<&[u8]>) -> Value {
    if texts.is_empty() { Value::Slice(Slice::nil(Element::String)) } else { Value::strings(texts) }
}

/// Bytes that are no UTF-8 stay as they are.
fn quoted(text: &[u8]) -> Value {
    let mut out = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        out.extend_from_slice(quote_meta(chunk.valid()).as_bytes());
        out.extend_from_slice(chunk.invalid());
    }
    Value::bytes(out)
}
