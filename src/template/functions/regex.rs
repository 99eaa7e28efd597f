//! Regular expressions in Go's syntax.

use std::rc::Rc;

use super::arguments::{bytes, integer};
use super::fails;
use crate::golang::quote::{can_backquote, quote};
use crate::golang::regexp::{Regexp, quote_meta};
use crate::golang::value::{Bytes, Element, Slice, Value};
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
        |a, r| Ok(Value::Bool(compiled(a, r)?.is_ok_and(|regexp| regexp.is_match(bytes(a, 1))))),
        &[("{{ regexMatch \"^a\" \"abc\" }}", "true")],
    ),
    Function::new(
        "mustRegexMatch",
        TEXTS,
        |a, r| must(a, r, |regexp| Value::Bool(regexp.is_match(bytes(a, 1)))),
        &[("{{ mustRegexMatch \"b$\" \"ab\" }}", "true")],
    ),
    Function::new(
        "regexFind",
        TEXTS,
        |a, r| or_panic(a, r, |regexp| find(regexp, a)),
        &[("{{ regexFind \"[0-9]+\" \"a12b\" }}", "12")],
    ),
    Function::new(
        "mustRegexFind",
        TEXTS,
        |a, r| must(a, r, |regexp| find(regexp, a)),
        &[("{{ mustRegexFind \"b.\" \"abc\" }}", "bc")],
    ),
    Function::new(
        "regexFindAll",
        COUNTED,
        |a, r| or_panic(a, r, |regexp| find_all(regexp, a)),
        &[("{{ regexFindAll \"[0-9]\" \"a1b2\" -1 }}", "[1 2]")],
    ),
    Function::new(
        "mustRegexFindAll",
        COUNTED,
        |a, r| must(a, r, |regexp| find_all(regexp, a)),
        &[("{{ mustRegexFindAll \"[0-9]\" \"a1b2\" 1 }}", "[1]")],
    ),
    Function::new(
        "regexReplaceAll",
        THREE_TEXTS,
        |a, r| or_panic(a, r, |regexp| Value::bytes(regexp.replace_all(bytes(a, 1), bytes(a, 2)))),
        &[("{{ regexReplaceAll \"a(x*)b\" \"-axxb-\" \"${1}\" }}", "-xx-")],
    ),
    Function::new(
        "mustRegexReplaceAll",
        THREE_TEXTS,
        |a, r| must(a, r, |regexp| Value::bytes(regexp.replace_all(bytes(a, 1), bytes(a, 2)))),
        &[("{{ mustRegexReplaceAll \"a\" \"banana\" \"o\" }}", "bonono")],
    ),
    Function::new(
        "regexReplaceAllLiteral",
        THREE_TEXTS,
        |a, r| or_panic(a, r, |regexp| Value::bytes(regexp.replace_all_literal(bytes(a, 1), bytes(a, 2)))),
        &[("{{ regexReplaceAllLiteral \"b\" \"abc\" \"$0\" }}", "a$0c")],
    ),
    Function::new(
        "mustRegexReplaceAllLiteral",
        THREE_TEXTS,
        |a, r| must(a, r, |regexp| Value::bytes(regexp.replace_all_literal(bytes(a, 1), bytes(a, 2)))),
        &[("{{ mustRegexReplaceAllLiteral \"b\" \"abc\" \"$0\" }}", "a$0c")],
    ),
    Function::new(
        "regexSplit",
        COUNTED,
        |a, r| or_panic(a, r, |regexp| split(regexp, a)),
        &[("{{ regexSplit \"[,;]\" \"a,b;c\" -1 }}", "[a b c]")],
    ),
    Function::new(
        "mustRegexSplit",
        COUNTED,
        |a, r| must(a, r, |regexp| split(regexp, a)),
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
        Err(error) => Ok(Err(fails(error))),
    }
}

fn must(arguments: &[Value], run: &mut Run<'_>, apply: impl Fn(&Regexp) -> Value) -> Outcome {
    compiled(arguments, run)?.map(|regexp| apply(&regexp))
}

/// As `regexp.MustCompile` panics.
fn or_panic(arguments: &[Value], run: &mut Run<'_>, apply: impl Fn(&Regexp) -> Value) -> Outcome {
    let source = bytes(arguments, 0);
    compiled(arguments, run)?.map(|regexp| apply(&regexp)).map_err(|error| {
        let shown =
            if can_backquote(source) { format!("`{}`", String::from_utf8_lossy(source)) } else { quote(source) };
        format!("regexp: Compile({shown}): {error}")
    })
}

fn find(regexp: &Regexp, arguments: &[Value]) -> Value {
    let text = bytes(arguments, 1);
    regexp.find(text).map_or_else(|| Value::text(""), |range| Value::text(&text[range]))
}

/// A limit, none where the number is negative.
fn limit(arguments: &[Value]) -> Option<usize> {
    usize::try_from(integer(arguments, 2)).ok()
}

fn find_all(regexp: &Regexp, arguments: &[Value]) -> Value {
    let text = bytes(arguments, 1);
    let found = regexp.find_all(text, limit(arguments).unwrap_or(usize::MAX));
    strings(found.into_iter().map(|range| &text[range]).collect())
}

fn split(regexp: &Regexp, arguments: &[Value]) -> Value {
    match limit(arguments) {
        Some(0) => strings(Vec::new()),
        limit => Value::strings(regexp.split(bytes(arguments, 1), limit)),
    }
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
