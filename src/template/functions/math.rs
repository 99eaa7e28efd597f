//! Arithmetic: on int64 that wraps around, and on decimal numbers.

use super::arguments::{any, integer};
use super::conversion::{to_float, to_int};
use super::decimal::Decimal;
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const ANY: &[Param] = &[Param::Any];
const TWO: &[Param] = &[Param::Any, Param::Any];

/// What Go panics with.
const BY_ZERO: &str = "runtime error: integer divide by zero";

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("add", ANY, |a, _| Ok(folded(0, a, i64::wrapping_add)), &[("{{ add 1 2 3 }}", "6")]),
    Function::new("add1", ANY, |a, _| Ok(Value::Int64(to_int(any(a, 0)).wrapping_add(1))), &[("{{ add1 5 }}", "6")]),
    Function::new(
        "sub",
        TWO,
        |a, _| Ok(Value::Int64(to_int(any(a, 0)).wrapping_sub(to_int(any(a, 1))))),
        &[("{{ sub 5 3 }}", "2")],
    ),
    Function::new("div", TWO, |a, _| divided(a, i64::wrapping_div), &[("{{ div 7 2 }}", "3")]),
    Function::new("mod", TWO, |a, _| divided(a, i64::wrapping_rem), &[("{{ mod 7 3 }}", "1")]),
    Function::variadic("mul", TWO, |a, _| Ok(folded(1, a, i64::wrapping_mul)), &[("{{ mul 2 3 4 }}", "24")]),
    Function::variadic("max", TWO, |a, _| Ok(folded(i64::MIN, a, i64::max)), &[("{{ max 1 5 3 }}", "5")]),
    Function::variadic("biggest", TWO, |a, _| Ok(folded(i64::MIN, a, i64::max)), &[("{{ biggest 1 5 3 }}", "5")]),
    Function::variadic("min", TWO, |a, _| Ok(folded(i64::MAX, a, i64::min)), &[("{{ min 3 1 2 }}", "1")]),
    Function::variadic("maxf", TWO, |a, _| Ok(compared(a, larger)), &[("{{ maxf 1.5 2.5 }}", "2.5")]),
    Function::variadic("minf", TWO, |a, _| Ok(compared(a, smaller)), &[("{{ minf 1.5 2.5 }}", "1.5")]),
    Function::new("floor", ANY, |a, _| Ok(Value::Float(to_float(any(a, 0)).floor())), &[("{{ floor 1.9 }}", "1")]),
    Function::new("ceil", ANY, |a, _| Ok(Value::Float(to_float(any(a, 0)).ceil())), &[("{{ ceil 1.1 }}", "2")]),
    Function::variadic(
        "round",
        &[Param::Any, Param::Int, Param::Float],
        |a, _| Ok(round(a)),
        &[("{{ round 1.2345 2 }}", "1.23")],
    ),
    Function::variadic(
        "addf",
        ANY,
        |a, r| calculated(&Value::Float(0.0), a, |one, two| Ok(one.plus(two)), r),
        &[("{{ addf 0.1 0.2 }}", "0.3")],
    ),
    Function::new(
        "add1f",
        ANY,
        |a, r| calculated(&a[0], &[Value::Int(1)], |one, two| Ok(one.plus(two)), r),
        &[("{{ add1f 1.5 }}", "2.5")],
    ),
    Function::variadic(
        "subf",
        TWO,
        |a, r| calculated(&a[0], &a[1..], |one, two| Ok(one.minus(two)), r),
        &[("{{ subf 0.5 0.4 }}", "0.1")],
    ),
    Function::variadic(
        "mulf",
        TWO,
        |a, r| calculated(&a[0], &a[1..], |one, two| Ok(one.times(two)), r),
        &[("{{ mulf 1.1 1.1 }}", "1.21")],
    ),
    Function::variadic(
        "divf",
        TWO,
        |a, r| calculated(&a[0], &a[1..], Decimal::over, r),
        &[("{{ divf 1 8 }}", "0.125")],
    ),
];

fn folded(start: i64, arguments: &[Value], operation: fn(i64, i64) -> i64) -> Value {
    Value::Int64(arguments.iter().map(to_int).fold(start, operation))
}

fn divided(arguments: &[Value], operation: fn(i64, i64) -> i64) -> Outcome {
    match to_int(any(arguments, 1)) {
        0 => Err(BY_ZERO.to_owned()),
        divisor => Ok(Value::Int64(operation(to_int(any(arguments, 0)), divisor))),
    }
}

fn compared(arguments: &[Value], operation: fn(f64, f64) -> f64) -> Value {
    let mut numbers = arguments.iter().map(to_float);
    let first = numbers.next().unwrap_or(0.0);
    Value::Float(numbers.fold(first, operation))
}

/// `math.Max`: what is not a number wins, unless the other is infinite.
fn larger(one: f64, two: f64) -> f64 {
    if one == f64::INFINITY || two == f64::INFINITY {
        f64::INFINITY
    } else if one.is_nan() || two.is_nan() {
        f64::NAN
    } else if one == 0.0 && two == 0.0 {
        if one.is_sign_negative() { two } else { one }
    } else {
        one.max(two)
    }
}

/// `math.Min`.
fn smaller(one: f64, two: f64) -> f64 {
    -larger(-one, -two)
}

/// To so many places; from where on it is upwards may be given.
fn round(arguments: &[Value]) -> Value {
    let limit = match arguments.get(2) {
        Some(Value::Float(limit)) => *limit,
        _ => 0.5,
    };
    #[expect(clippy::cast_precision_loss, reason = "Go rounds too")]
    let power = 10_f64.powf(integer(arguments, 1) as f64);
    let digit = power * to_float(any(arguments, 0));
    // Infinity has no fraction in Go, and what isn't a number has none that compares.
    let fraction = if digit.is_infinite() { f64::NAN } else { digit - digit.trunc() };
    let rounded = if fraction >= limit { digit.ceil() } else { digit.floor() };
    Value::Float(rounded / power)
}

fn calculated(
    first: &Value,
    others: &[Value],
    operation: fn(&Decimal, &Decimal) -> Result<Decimal, String>,
    run: &mut Run<'_>,
) -> Outcome {
    let mut result = Decimal::of(to_float(first))?;
    for other in others {
        run.budget.read(result.size())?;
        result = operation(&result, &Decimal::of(to_float(other))?)?;
        run.budget.reserve(result.size())?;
    }
    Ok(Value::Float(result.nearest()))
}
