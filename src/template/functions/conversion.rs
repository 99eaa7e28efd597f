//! Numbers from anything: what cannot be one is 0, as sprig has it.

use super::arguments::{any, bytes};
use super::builtin::printed;
use crate::golang::number::{InvalidNumber, parse_float, parse_signed};
use crate::golang::value::Value;
use crate::template::function::{Function, Param};

const ANY: &[Param] = &[Param::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("int", ANY, |a, _| Ok(Value::Int(to_int(any(a, 0)))), &[("{{ int \"0x10\" }}", "16")]),
    Function::new("int64", ANY, |a, _| Ok(Value::Int64(to_int(any(a, 0)))), &[("{{ int64 3.9 }}", "3")]),
    Function::new("float64", ANY, |a, _| Ok(Value::Float(to_float(any(a, 0)))), &[("{{ float64 \"1e3\" }}", "1000")]),
    Function::new("atoi", &[Param::String], |a, _| Ok(Value::Int(atoi(bytes(a, 0)))), &[("{{ atoi \"12\" }}", "12")]),
    Function::new(
        "toDecimal",
        ANY,
        |a, _| Ok(Value::Int64(from_octal(&printed(any(a, 0))?))),
        &[("{{ toDecimal \"0777\" }}", "511")],
    ),
];

/// An integer; a text is read with Go's prefixes, so that `010` is 8 and `08` is 0.
pub(super) fn to_int(value: &Value) -> i64 {
    match value.plain() {
        Value::Named(named, _) if named.name == "time.Duration" => 0,
        Value::Bool(bool) => i64::from(*bool),
        Value::Float(number) => cut(*number),
        Value::String(text) => {
            let text = String::from_utf8_lossy(text);
            parse_signed(without_zero_decimals(&text), 0).unwrap_or(0)
        }
        other => other.signed().or_else(|| other.unsigned().map(u64::cast_signed)).unwrap_or(0),
    }
}

/// `1.00` as `1`.
fn without_zero_decimals(text: &str) -> &str {
    match text.trim_end_matches('0').strip_suffix('.') {
        Some(whole) if text.ends_with('0') => whole,
        _ => text,
    }
}

/// A number without what follows its point; what doesn't fit becomes the smallest integer, as on amd64.
#[expect(clippy::cast_possible_truncation, reason = "checked before")]
pub(super) fn cut(number: f64) -> i64 {
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) { number as i64 } else { i64::MIN }
}

/// A floating-point number.
#[expect(clippy::cast_precision_loss, reason = "Go rounds too")]
pub(super) fn to_float(value: &Value) -> f64 {
    match value.plain() {
        Value::Named(named, _) if named.name == "time.Duration" => 0.0,
        Value::Bool(bool) => f64::from(u8::from(*bool)),
        Value::Float(number) => *number,
        Value::String(text) => std::str::from_utf8(text).ok().and_then(|text| parse_float(text).ok()).unwrap_or(0.0),
        other => match (other.signed(), other.unsigned()) {
            (Some(number), _) => number as f64,
            (None, Some(number)) => number as f64,
            (None, None) => 0.0,
        },
    }
}

/// `strconv.Atoi` without its error: the nearest number where it doesn't fit.
fn atoi(text: &[u8]) -> i64 {
    match parse_signed(&String::from_utf8_lossy(text), 10) {
        Ok(number) | Err(InvalidNumber::Range(number)) => number,
        Err(InvalidNumber::Syntax) => 0,
    }
}

fn from_octal(text: &[u8]) -> i64 {
    parse_signed(&String::from_utf8_lossy(text), 8).unwrap_or(0)
}
